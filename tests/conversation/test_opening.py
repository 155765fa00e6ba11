"""Opening in words: now, next, and by the week, as the clock on the wall in London has it."""

from datetime import UTC, datetime

import pytest

from bot.conversation.opening import open_line, week
from bot.directory.schedules import LONDON, Openness

MONDAY = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Openness(True), "Open day and night"),
        (Openness(True, until=MONDAY.replace(hour=17, minute=0)), "Open now, until 17:00"),
        (Openness(False), "Closed now"),
        (
            Openness(False, next_open=MONDAY.replace(hour=18, minute=0)),
            "Closed now. Opens today at 18:00",
        ),
        (
            Openness(False, next_open=datetime(2026, 11, 24, 9, tzinfo=LONDON)),
            "Closed now. Opens tomorrow at 09:00",
        ),
        (
            Openness(False, next_open=datetime(2026, 11, 27, 9, tzinfo=LONDON)),
            "Closed now. Opens Friday at 09:00",
        ),
        (
            Openness(False, next_open=datetime(2026, 12, 2, 9, tzinfo=LONDON)),
            "Closed now. Opens on 2 December at 09:00",
        ),
    ],
)
def test_open_now_or_next_open(english, found, said):
    assert open_line(found, english, MONDAY) == said


def test_tomorrow_is_tomorrow_in_london_also_late_on_a_summer_evening(english):
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight on 2 July in London
    opens = datetime(2026, 7, 2, 9, tzinfo=LONDON)
    assert open_line(Openness(False, next_open=opens), english, late).startswith(
        "Closed now. Opens today"
    )


def test_the_week_is_told_in_days_and_times(english):
    told = week(
        ("Mo-Fr 09:00-17:00", "Tu 17:00-20:00", "Sa,Su 21:00-05:00", "Mo-Su 10:00-12:00"), english
    )
    assert told == (
        "Monday to Friday, from 09:00 to 17:00",
        "Tuesday, from 17:00 to 20:00",
        "Saturday and Sunday, from 21:00 to 05:00",
        "Every day, from 10:00 to 12:00",
    )


def test_day_and_night_needs_no_week(english):
    assert week(("24/7",), english) == ()


def test_a_line_that_is_no_hours_is_not_shown(english):
    assert week(("now and then",), english) == ()

"""Never empty: at every minute somebody answers, asked in two ways that must agree."""

from datetime import date

import pytest

from bot.directory.always import (
    day_and_night,
    lines_for_all,
    minutes,
    silent_minutes,
    silent_stretches,
)
from bot.directory.index import build
from bot.directory.model import Status
from tests.directory.searching import PLACES, TODAY, VOCABULARY, answers, line, service

WEEKS = {
    "ordinary": date(2026, 11, 23),
    "Christmas": date(2026, 12, 21),
    "Easter": date(2027, 3, 22),
    "clocks go back": date(2026, 10, 19),
}


def built(*services):
    return build(services, VOCABULARY, PLACES, TODAY)


DAY = line("day", contacts=answers("Mo-Su 06:00-22:00"))
NIGHT = line("night", contacts=answers("Mo-Sa 22:00-06:00"))


@pytest.mark.parametrize("week", WEEKS)
def test_at_every_minute_of_the_week_a_shown_national_line_answers(world, week):
    assert silent_minutes(world.index, WEEKS[week]) == ()


def test_the_hours_as_written_say_the_same(world):
    assert silent_stretches(world.index) == ()


def test_one_silent_night_is_found_in_both_ways():
    index = built(DAY, NIGHT)
    assert silent_stretches(index) == ((0, 360), (6 * 1440 + 1320, 7 * 1440))
    found = silent_minutes(index, WEEKS["ordinary"])
    # Of Monday's early hours and of Sunday night.
    assert len(found) == 360 + 120


def test_a_line_for_some_and_a_local_one_do_not_count():
    index = built(
        DAY,
        NIGHT,
        line("young", contacts=answers("24/7"), age_to=17),
        line("some", {"who": "lgbt"}, contacts=answers("24/7")),
        service("local", kinds=("helpline",), contacts=answers("24/7")),
    )
    assert [row.service.id for row in lines_for_all(index)] == ["day", "night"]
    assert silent_stretches(index) != ()


def test_a_week_has_10_080_minutes_from_midnight_in_london():
    week = list(minutes(date(2026, 7, 6)))
    assert len(week) == 10_080
    assert (week[0].hour, week[0].day) == (23, 5)  # summer time


def test_what_answers_at_any_hour_is_told_by_its_id():
    found = day_and_night(
        [
            line("always", contacts=answers("24/7")),
            line("day", contacts=answers("Mo-Su 06:00-22:00")),
            line("closed", status=Status.CLOSED, contacts=answers("24/7")),
            line("unknown", contacts=answers()),
        ]
    )
    assert found == {"always"}

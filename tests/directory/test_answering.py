from datetime import UTC, date, datetime, timedelta

import pytest

from bot.directory.answering import Timetable, timetables
from bot.directory.model import Contact, Hours
from bot.directory.schedules import LONDON, SchoolYear, openness
from tests.directory.searching import MARK, MONDAY, answers, opens, service

EVENING = MONDAY.replace(hour=19)
HALF_TERM = SchoolYear(date(2026, 9, 1), date(2027, 7, 20), ((date(2026, 11, 23), MONDAY.date()),))


def table(schools=None, **more):
    return timetables(schools or {})(service("s", **more))


def test_a_service_is_reachable_while_it_is_open():
    hours = opens("Mo-Fr 09:00-17:00")
    assert table(hours=hours).at(MONDAY).open
    assert table(hours=hours).at(EVENING).open is False


def test_a_service_is_reachable_while_any_contact_answers():
    found = table(hours=opens("Tu 09:00-10:00"), contacts=answers("Mo 18:00-20:00"))
    assert found.at(EVENING).open


def test_closed_says_when_the_first_door_opens():
    found = table(hours=opens("We 09:00-10:00"), contacts=answers("Tu 18:00-20:00")).at(MONDAY)
    assert found.next_open == datetime(2026, 11, 24, 18, tzinfo=LONDON)


def test_stated_hours_count_more_than_none():
    silent = (Contact("phone", "0", MARK),)
    assert table(hours=opens("Tu 09:00-10:00"), contacts=silent).at(MONDAY).open is False


def test_nothing_stated_is_not_known():
    assert table().at(MONDAY).open is None


def test_a_line_that_always_answers_is_always_open():
    found = table(hours=opens("Tu 09:00-10:00"), contacts=answers("24/7"))
    assert found.at(MONDAY) == openness(("24/7",), MONDAY)


def test_equal_hours_share_a_timetable():
    timetable = timetables({})
    one, other = (service(id, hours=opens("Mo 09:00-10:00")) for id in ("one", "other"))
    assert timetable(one) is timetable(other)


def test_school_holidays_are_those_of_the_first_council_that_has_a_calendar():
    hours = Hours(open=("Mo 09:00-17:00",), school_holidays="closed")
    found = table({"b": HALF_TERM}, hours=hours, councils=("a", "b"))
    assert found.at(MONDAY).open is False
    assert table(hours=hours).at(MONDAY).open


def test_calendars_do_not_matter_where_hours_do_not_change_in_holidays():
    hours = Hours(open=("Mo 09:00-17:00",), school_holidays="as_usual")
    assert table({"a": HALF_TERM}, hours=hours).school is None


@pytest.mark.parametrize("lines", [("Mo-Fr 09:00-17:00",), ("Fr-Sa 21:00-05:00",), ("24/7",), ()])
@pytest.mark.parametrize("bank_holidays", ["closed", None])
def test_what_is_kept_is_what_the_calendar_says(lines, bank_holidays):
    hours = Hours(open=lines, bank_holidays=bank_holidays)
    kept = Timetable((hours,))
    start = datetime(2026, 12, 23, 12, tzinfo=UTC)  # into Christmas and the new year
    for moment in (start + timedelta(minutes=97 * step) for step in range(150)):
        assert kept.at(moment) == Timetable((hours,)).at(moment)


def test_an_earlier_moment_is_worked_out_anew():
    found = table(hours=opens("Mo-Fr 09:00-17:00"))
    assert found.at(EVENING).open is False
    assert found.at(MONDAY).open

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.model import Contact, Hours
from bot.directory.schedules import (
    LONDON,
    NOT_KNOWN,
    Openness,
    SchoolYear,
    covers,
    openness,
    uncovered,
)
from bot.problems import Mark

OFFICE = ("Mo-Fr 09:00-17:00",)
NIGHTS = ("Fr-Sa 21:00-05:00",)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_it_is_open_within_its_hours_and_says_until_when():
    assert openness(OFFICE, at("2026-11-23T09:00")) == Openness(True, until=at("2026-11-23T17:00"))


def test_it_is_closed_at_its_closing_time_and_says_when_it_opens_again():
    found = openness(OFFICE, at("2026-11-27T17:00"))
    assert found == Openness(False, next_open=at("2026-11-30T09:00"))


def test_answers_are_given_in_london_time_whatever_zone_was_asked_in():
    found = openness(OFFICE, utc("2026-07-01T08:30"))
    assert found.until == at("2026-07-01T17:00")
    assert found.until.tzinfo is LONDON


def test_a_time_without_a_zone_is_london_time():
    assert openness(OFFICE, datetime.fromisoformat("2026-07-01T09:30")).open


def test_ranges_that_touch_are_one_stay():
    lines = ("Mo 10:00-12:00,12:00-15:00", "Mo 15:00-24:00", "Tu 00:00-02:00")
    assert openness(lines, at("2026-11-23T10:30")).until == at("2026-11-24T02:00")


def test_a_shorter_range_inside_a_longer_one_changes_nothing():
    lines = ("Mo 10:00-15:00", "Mo 11:00-12:00")
    assert openness(lines, at("2026-11-23T11:30")).until == at("2026-11-23T15:00")


def test_all_day_every_day_never_closes_not_even_at_christmas():
    assert openness(("24/7",), at("2026-12-25T03:00")) == Openness(True)


def test_hours_that_run_on_for_longer_than_we_look_have_no_end():
    found = openness(("Mo-Su 00:00-24:00",), at("2026-11-23T10:00"))
    assert found == Openness(True)


def test_unknown_hours_are_not_known_and_not_closed():
    assert openness(Hours(), at("2026-11-23T10:00")) == NOT_KNOWN


def test_no_hours_at_all_means_never_open():
    assert openness(Hours(open=()), at("2026-11-23T10:00")) == Openness(False)


def test_a_contact_is_open_while_it_answers():
    contact = Contact("phone", "0121 303 0000", Mark(), answers=OFFICE)
    silent = Contact("phone", "0121 303 0000", Mark())
    assert openness(contact, at("2026-11-23T10:00")).open
    assert openness(silent, at("2026-11-23T10:00")) == NOT_KNOWN


def test_a_line_that_cannot_be_read_opens_nothing():
    assert openness(("whenever",), at("2026-11-23T10:00")) == Openness(False)


def test_an_opening_more_than_two_weeks_away_is_not_named():
    found = openness(("Mo[1] 11:00-13:00",), at("2026-11-03T10:00"))
    assert found == Openness(False)


def test_the_third_monday_is_found():
    found = openness(("Mo[1,3] 11:00-13:00",), at("2026-11-10T10:00"))
    assert found.next_open == at("2026-11-16T11:00")


def test_a_night_belongs_to_the_day_it_starts_on():
    found = openness(NIGHTS, at("2026-11-28T03:00"))
    assert found == Openness(True, until=at("2026-11-28T05:00"))
    assert openness(NIGHTS, at("2026-11-27T03:00")).open is False


def test_the_night_before_a_closed_day_still_ends_in_the_morning():
    hours = Hours(open=NIGHTS, closed_on=(("2026-11-28", "2026-11-28"),))
    assert openness(hours, at("2026-11-28T03:00")).until == at("2026-11-28T05:00")
    assert openness(hours, at("2026-11-28T22:00")).open is False


# In the night to 29 March 2026 the clock jumps from 01:00 to 02:00, on 25 October back from 02:00.


def test_a_night_is_an_hour_shorter_when_the_clock_goes_forward():
    found = openness(NIGHTS, utc("2026-03-29T03:59"))
    assert found.until == utc("2026-03-29T04:00")
    assert openness(NIGHTS, utc("2026-03-29T04:00")).open is False


def test_a_night_is_an_hour_longer_when_the_clock_goes_back():
    found = openness(NIGHTS, utc("2026-10-25T04:59"))
    assert found.until == utc("2026-10-25T05:00")
    assert openness(NIGHTS, utc("2026-10-25T05:00")).open is False


@pytest.mark.parametrize(
    ("night", "minutes"), [("2026-03-28", 300), ("2026-06-27", 360), ("2026-10-24", 420)]
)
def test_fault_27_a_night_lasts_as_long_as_it_really_does(night, minutes):
    found = openness(("Sa 22:00-04:00",), at(f"{night}T22:00"))
    assert (found.until - at(f"{night}T22:00").astimezone(UTC)) / timedelta(minutes=1) == minutes
    moments = (at(f"{night}T21:00").astimezone(UTC) + timedelta(minutes=n) for n in range(600))
    assert sum(openness(("Sa 22:00-04:00",), moment).open for moment in moments) == minutes


@pytest.mark.parametrize(("moment", "open_now"), [("00:59", True), ("01:00", False)])
def test_an_end_in_the_hour_that_does_not_exist_is_the_moment_of_the_jump(moment, open_now):
    found = openness(("Sa 21:00-01:30",), utc(f"2026-03-29T{moment}"))
    assert found.open is open_now


@pytest.mark.parametrize(
    ("moment", "open_now"), [("00:15", True), ("00:30", False), ("01:15", False)]
)
def test_an_end_in_the_hour_that_comes_twice_is_the_first_of_the_two(moment, open_now):
    found = openness(("Sa 21:00-01:30",), utc(f"2026-10-25T{moment}"))
    assert found.open is open_now


def test_opening_times_are_right_across_the_clock_change():
    found = openness(OFFICE, at("2026-03-27T18:00"))
    assert found.next_open == utc("2026-03-30T08:00")


# Three bank holidays that the calendar of opening-hours-py does not know.
@pytest.mark.parametrize("day", ["2026-04-06", "2026-08-31", "2027-01-01"])
def test_fault_28_englands_bank_holidays_are_kept(day):
    hours = Hours(open=OFFICE, bank_holidays="closed")
    found = openness(hours, at(f"{day}T10:00"))
    assert (found.open, found.certain) == (False, True)


def test_a_bank_holiday_that_the_entry_is_silent_on_is_not_known():
    found = openness(OFFICE, at("2026-08-31T10:00"))
    assert (found.open, found.certain) == (None, False)
    before = openness(OFFICE, at("2026-08-30T10:00"))
    assert before.next_open == at("2026-09-01T09:00")  # the 31st may well be closed
    assert openness(OFFICE, at("2026-09-01T10:00")).certain is True


def test_a_bank_holiday_as_usual_is_certain():
    hours = Hours(open=OFFICE, bank_holidays="as_usual")
    assert openness(hours, at("2026-08-31T10:00")) == Openness(True, until=at("2026-08-31T17:00"))


def test_a_bank_holiday_may_have_hours_of_its_own():
    hours = Hours(open=OFFICE, bank_holidays=("Mo-Su 10:00-12:00",))
    assert openness(hours, at("2026-12-25T11:00")).until == at("2026-12-25T12:00")


def test_a_24_hour_line_that_closes_on_bank_holidays_says_when():
    hours = Hours(open=("24/7",), bank_holidays="closed")
    assert openness(hours, at("2026-12-24T10:00")).until == at("2026-12-25T00:00")


def test_a_24_hour_line_with_closed_days_is_certain_on_a_bank_holiday():
    hours = Hours(open=("24/7",), closed_on=(("2026-12-31", "2026-12-31"),))
    found = openness(hours, at("2026-12-25T10:00"))
    assert found == Openness(True, until=at("2026-12-31T00:00"))


def test_fault_28_closed_days_stand_above_everything():
    hours = Hours(open=OFFICE, bank_holidays="as_usual", closed_on=(("2026-12-24", "2027-01-02"),))
    assert openness(hours, at("2026-12-23T18:00")).next_open == at("2027-01-04T09:00")


def test_fault_28_a_leap_day_is_a_day_like_any_other():
    assert openness(("Tu 09:00-17:00",), at("2028-02-29T10:00")).open
    assert openness(("Tu 09:00-17:00",), at("2028-02-28T10:00")).next_open == at(
        "2028-02-29T09:00"
    )
    hours = Hours(open=OFFICE, closed_on=(("2028-02-29", "2028-02-29"),))
    assert openness(hours, at("2028-02-29T10:00")).next_open == at("2028-03-01T09:00")


HALF_TERM = SchoolYear(
    date(2026, 9, 1), date(2027, 7, 31), ((date(2026, 10, 26), date(2026, 10, 30)),)
)


@pytest.mark.parametrize(
    ("rule", "day", "open_now"),
    [
        ("closed", "2026-10-26", False),
        ("closed", "2026-11-02", True),
        (("Mo-Fr 10:00-12:00",), "2026-10-26", True),
        (("Mo-Fr 14:00-16:00",), "2026-10-26", False),
    ],
)
def test_fault_28_school_holidays_are_kept_where_the_calendar_is_known(rule, day, open_now):
    hours = Hours(open=OFFICE, school_holidays=rule)
    found = openness(hours, at(f"{day}T10:00"), HALF_TERM)
    assert (found.open, found.certain) == (open_now, True)


@pytest.mark.parametrize("school", [None, HALF_TERM])
def test_a_day_that_may_be_a_school_holiday_is_not_certain_where_those_differ(school):
    hours = Hours(open=OFFICE, school_holidays="closed")
    found = openness(hours, at("2026-08-12T10:00"), school)
    assert (found.open, found.certain) == (True, False)


@pytest.mark.parametrize("rule", [None, "as_usual"])
def test_a_school_holiday_matters_only_where_it_differs(rule):
    hours = Hours(open=OFFICE, school_holidays=rule)
    assert openness(hours, at("2026-08-12T10:00")).certain is True


LINES = st.lists(
    st.sampled_from(["24/7", "Mo-Fr 09:00-17:00", "Fr-Sa 21:00-05:00", "Mo[1,3] 11:00-13:00"]),
    max_size=3,
).map(tuple)
RULE = st.one_of(st.none(), st.just("closed"), st.just("as_usual"), LINES)
MOMENT = st.datetimes(
    datetime.fromisoformat("2025-01-01"),
    datetime.fromisoformat("2031-01-01"),
    timezones=st.just(UTC),
)


@given(st.one_of(st.none(), LINES), RULE, RULE, MOMENT)
def test_every_answer_holds_until_the_moment_it_names(lines, bank, school, moment):
    hours = Hours(lines, bank, school)
    found = openness(hours, moment, HALF_TERM)
    change = found.until or found.next_open
    if change:
        assert change > moment
        assert openness(hours, change, HALF_TERM).open is not found.open
        before = change.astimezone(UTC) - timedelta(minutes=1)
        assert openness(hours, max(before, moment), HALF_TERM).open is found.open


@pytest.mark.parametrize(
    ("line", "window", "whole", "fits"),
    [
        ("Mo-Fr 09:00-18:00", "evening", False, True),
        ("Mo-Fr 09:00-17:30", "evening", False, False),
        ("Sa-Su 17:00-20:00", "evening", False, False),
        ("Mo 21:00-23:00", "evening", False, False),
        ("We 16:00-18:00", "evening", True, False),
        ("We 17:30-19:00", "evening", True, True),
        ("Mo-Fr 21:00-05:00", "night", False, True),
        ("Mo-Fr 09:00-21:30", "night", False, False),
        ("Su 03:00-04:00", "night", False, True),
        ("Mo 12:00-11:00", "night", False, True),
        ("Fr 21:00-05:00", "weekend", False, False),
        ("Fr-Sa 21:00-05:00", "weekend", False, True),
        ("Mo-Fr 13:00-17:00", "school_hours", False, True),
        ("Mo-Fr 14:00-17:00", "school_hours", False, False),
        ("Sa 10:00-12:00", "school_hours", False, False),
        ("We 10:00-12:00", "school_hours", True, True),
        ("We 09:00-11:00", "school_hours", True, False),
        ("We 13:00-15:00", "school_hours", True, False),
        ("24/7", "night", False, True),
    ],
)
def test_a_line_covers_the_times_she_can_make(line, window, whole, fits):
    assert covers((line,), window, whole) is fits


def test_the_stretches_that_nobody_covers_are_found():
    lines = ("Mo-Sa 00:00-24:00", "Su 00:00-03:00", "Su 06:00-23:00", "Su[1] 03:00-06:00")
    sunday = 6 * 1440
    assert uncovered(lines) == ((sunday + 180, sunday + 360), (sunday + 1380, sunday + 1440))


def test_a_night_at_the_end_of_the_week_covers_its_beginning():
    assert uncovered(("Mo-Su 05:00-04:00", "Mo-Su 04:00-05:00")) == ()


def test_without_lines_the_whole_week_is_uncovered():
    assert uncovered(()) == ((0, 7 * 1440),)

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from bot.directory.hours import DAYS, Range, Refused, overlap, parse, suggest

DAY = st.sampled_from(DAYS)
NTH = st.lists(st.integers(1, 5), min_size=1, max_size=3, unique=True).map(
    lambda found: f"[{','.join(map(str, found))}]"
)
ITEM = st.one_of(DAY, st.tuples(DAY, NTH).map("".join), st.tuples(DAY, DAY).map("-".join))
CLOCK = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda at: f"{at[0]:02}:{at[1]:02}")
TIMES = st.tuples(CLOCK, st.one_of(CLOCK, st.just("24:00"))).filter(lambda at: at[0] != at[1])
MOMENT = st.datetimes(datetime.fromisoformat("2025-01-01"), datetime.fromisoformat("2030-01-01"))
LINE = st.builds(
    lambda items, times: f"{','.join(items)} {','.join(map('-'.join, times))}",
    st.lists(ITEM, min_size=1, max_size=3),
    st.lists(TIMES, min_size=1, max_size=3),
)


def ranges(line: str) -> tuple[Range, ...]:
    found = parse(line)
    assert isinstance(found, tuple)
    return found


def refused(line: str) -> Refused:
    found = parse(line)
    assert isinstance(found, Refused)
    return found


def holds(found: tuple[Range, ...], at: datetime) -> bool:
    """Whether a range holds at a wall-clock time, worked out by hand."""
    for back in (0, 1):
        day = at.date() - timedelta(days=back)
        minute = back * 1440 + at.hour * 60 + at.minute
        for part in found:
            nth = (day.day - 1) // 7 + 1
            on = any(one == day.weekday() and nth in nths for one, nths in part.weekdays)
            if on and part.start <= minute < part.end:
                return True
    return False


@given(LINE, MOMENT)
def test_every_line_that_is_accepted_means_the_same_to_the_library(line, at):
    at = at.replace(second=0, microsecond=0)
    assert holds(ranges(line), at) == OpeningHours(line).is_open(at)


@given(LINE, MOMENT)
def test_the_ranges_of_a_line_mean_together_what_the_line_means(line, at):
    parts = [OpeningHours(part.expression) for part in ranges(line)]
    assert any(part.is_open(at) for part in parts) == OpeningHours(line).is_open(at)


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_fail_and_what_it_accepts_the_library_reads(text):
    if isinstance(parse(text), tuple):
        OpeningHours(text)  # raises when it does not


@given(st.text(alphabet="MoTuWeThFrSaSu-,[]:0129 amphd/7", max_size=30))
def test_near_misses_are_never_accepted_without_days_and_times(text):
    found = parse(text)
    if isinstance(found, tuple):
        assert all(part.weekdays and part.start < part.end for part in found)


def test_all_day_every_day_is_a_range_from_midnight_to_midnight():
    (part,) = ranges("24/7")
    assert (part.expression, part.start, part.end) == ("Mo-Su 00:00-24:00", 0, 1440)


def test_a_night_ends_on_the_next_morning():
    (part,) = ranges("Fr-Sa 21:00-05:00")
    assert (part.start, part.end) == (21 * 60, 29 * 60)
    assert part.expression == "Fr-Sa 21:00-05:00"


def test_days_may_run_over_the_end_of_the_week():
    (part,) = ranges("Sa-Mo 10:00-12:00")
    assert [day for day, _ in part.weekdays] == [5, 6, 0]


def test_a_weekday_may_be_counted_in_the_month():
    (part,) = ranges("Mo[3,1] 11:00-13:00")
    assert part.weekdays == ((0, (1, 3)),)
    assert holds((part,), datetime.fromisoformat("2026-11-02T12:00"))
    assert not holds((part,), datetime.fromisoformat("2026-11-09T12:00"))


@pytest.mark.parametrize(
    ("line", "at", "why", "fix"),
    [
        ("Mon to Fri 9:30am - 5pm", 0, "'Mon' is not a day", "Mo-Fr 09:30-17:00"),
        ("Mo-Fr, 09:00-17:00", 5, "no comma between days and times", "Mo-Fr 09:00-17:00"),
        ("Mo-Fr 9am-5pm", 7, "24-hour clock", "Mo-Fr 09:00-17:00"),
        ("Mo-Fr 9-17", 0, "write days and times", "Mo-Fr 09:00-17:00"),
        ("Mo-Fr 09:00 - 17:00", 0, "write days and times", "Mo-Fr 09:00-17:00"),
        ("mo-fr 09:00-17:00", 0, "'mo' is not a day", "Mo-Fr 09:00-17:00"),
        ("daily 10am – midnight", 0, "'daily' is not a day", "Mo-Su 10:00-24:00"),
        ("Mon & Wed 12pm-2pm", 0, "'Mon' is not a day", "Mo,We 12:00-14:00"),
        ("24 hours", 2, "24-hour clock", "Mo-Su 00:00-24:00"),
        ("Monday-Friday 9-5", 0, "'Monday' is not a day", None),
        ("9am-5pm", 1, "24-hour clock", None),
        ("Mo-Fr 8pm-2am", 7, "24-hour clock", None),
        ("PH 09:00-10:00", 0, "hours.bank_holidays", None),
        ("SH Mo-Fr 10:00-12:00", 0, "hours.school_holidays", None),
        ('Mo-Fr 09:00-17:00 || "ring first"', 18, "put words in a note", None),
        ('"by appointment"', 0, "put words in a note", None),
        ("We off", 3, "leave out the days that are closed", None),
        ("Mo 09:00-17:00; Tu 09:00-12:00", 14, "a line of its own", None),
        ("Jan Mo 10:00-12:00", 0, "hours.closed_on", None),
        ("Mo-Fr 10:00+", 11, "write when it ends", None),
        ("Mo-Fr 25:00-26:00", 6, "'25:00' is not a time", None),
        ("Mo 09:00-09:61", 9, "'09:61' is not a time", None),
        ("Mo 24:00-25:00", 3, "'24:00' is not a time", None),
        ("Fr 21:00-29:00", 9, "'29:00' is not a time", "21:00-05:00"),
        ("Mo 10:00-12:00,13:00-13:00", 15, "start and end are the same", None),
        ("Mo[6] 10:00-11:00", 0, "write days and times", None),
        ("Mo-Fr", 0, "write days and times", None),
        ("", 0, "write days and times", None),
    ],
)
def test_everything_else_is_refused_with_its_place_a_reason_and_a_line_to_write(
    line, at, why, fix
):
    found = refused(line)
    assert found.at == at
    assert why in found.why
    assert found.fix == fix


def test_the_sentence_names_the_line_to_write():
    assert refused("Mo-Fr 9-17").sentence.endswith("; did you mean 'Mo-Fr 09:00-17:00'?")
    assert refused("Mo-Fr").sentence == refused("Mo-Fr").why


@given(st.text(alphabet="MoTuWeFrd aymon-9:305pmt,&", max_size=30))
def test_a_suggested_line_is_always_one_that_can_be_written(text):
    fix = suggest(text)
    assert fix is None or isinstance(parse(fix), tuple)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("Mo-Fr 09:00-17:00", "Tu 16:00-20:00"), (1, 960)),
        (("Mo-Fr 09:00-17:00", "Tu 17:00-20:00"), None),
        (("Mo 09:00-17:00", "Tu 16:00-20:00"), None),
        (("Mo[1] 09:00-12:00", "Mo[2,3] 09:00-12:00"), None),
        (("Mo[1] 09:00-12:00", "Mo 11:00-13:00"), (0, 660)),
    ],
)
def test_ranges_that_cover_the_same_time_are_found(lines, found):
    assert overlap(tuple(part for line in lines for part in ranges(line))) == found

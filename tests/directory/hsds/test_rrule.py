"""Weekly hours as schedules and back: the same minutes of the week, or a reason why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.hours import DAY_MINUTES, parse
from bot.directory.hsds.rrule import (
    NotALineError,
    has_zone,
    lines_of,
    minutes_of,
    schedules_of,
    slot_of,
)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Mo-We 09:00-17:00", [("WEEKLY", "MO,TU,WE", "09:00", "17:00")]),
        ("Mo 09:00-12:00,13:00-15:00",
         [("WEEKLY", "MO", "09:00", "12:00"), ("WEEKLY", "MO", "13:00", "15:00")]),
        ("Fr-Sa 21:00-05:00",
         [("WEEKLY", "FR,SA", "21:00", "23:59"), ("WEEKLY", "SA,SU", "00:00", "05:00")]),
        ("Mo[1,3] 11:00-13:00", [("MONTHLY", "1MO,3MO", "11:00", "13:00")]),
        ("24/7", [("WEEKLY", "MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59")]),
        ("Tu,We[2] 10:00-11:00",
         [("WEEKLY", "TU", "10:00", "11:00"), ("MONTHLY", "2WE", "10:00", "11:00")]),
        ("nine", []),
    ],
)  # fmt: skip
def test_a_line_becomes_schedules(line, told):
    keys = ("freq", "byday", "opens_at", "closes_at")
    assert [tuple(each[key] for key in keys) for each in schedules_of([line])] == told


def test_the_morning_after_the_first_monday_is_said_in_words():
    (found,) = schedules_of(["Mo[1] 21:00-02:00"])
    assert found["description"] == "Ends at 02:00 on the next morning."


TIME = st.integers(0, 287).map(lambda part: f"{part // 12:02}:{part % 12 * 5:02}")
LINE = st.tuples(
    st.sampled_from(["Mo", "Mo-Fr", "Fr-Mo", "Tu,Th", "Mo-Su"]), TIME, TIME
).filter(lambda it: it[1] != it[2]).map(lambda it: f"{it[0]} {it[1]}-{it[2]}")  # fmt: skip


def covered(lines):
    """Every minute of the week that the lines cover."""
    found = set()
    for line in lines:
        for part in parse(line):
            for day, _ in part.weekdays:
                start = day * DAY_MINUTES
                found |= {
                    (start + minute) % (7 * DAY_MINUTES) for minute in range(part.start, part.end)
                }
    return found


@given(st.lists(LINE, min_size=1, max_size=3))
def test_weekly_lines_come_back_as_the_same_minutes(lines):
    back = lines_of(slot_of(each) for each in schedules_of(lines))
    assert covered(back) == covered(lines)


@pytest.mark.parametrize(
    "line", ["Mo[1,3] 11:00-13:00", "24/7", "Fr-Sa 21:00-05:00", "Mo,We-Fr 09:00-24:00"]
)
def test_these_lines_come_back_letter_by_letter(line):
    assert lines_of(slot_of(each) for each in schedules_of([line])) == (line,)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"byday": ""}, "on which days"), ({"byday": "1MO"}, "on which days"),
        ({"freq": "MONTHLY"}, "on which days"), ({"freq": "MONTHLY", "byday": "-1FR"}, "from the end"),
        ({"interval": 2}, "every week"), ({"bymonthday": "3"}, "days of the week"),
        ({"opens_at": ""}, "no time"), ({"closes_at": "08:00"}, "before it opens"),
    ],
)  # fmt: skip
def test_what_lines_cannot_say_has_a_reason(change, why):
    schedule = {
        "freq": "WEEKLY",
        "byday": "MO",
        "opens_at": "09:00",
        "closes_at": "17:00",
        **change,
    }
    with pytest.raises(NotALineError, match=why):
        slot_of(schedule)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("09:00", 540), ("09:00:00", 540), ("09:00Z", 540), ("09:00+01:00", 540), ("24:00", 1440),
     ("24:30", None), ("9", None), ("nine", None), ("25:00", None), ("", None)],
)  # fmt: skip
def test_a_time_is_hours_and_minutes(text, minutes):
    assert minutes_of(text) == minutes


def test_a_time_with_an_offset_is_told_apart():
    assert [has_zone(text) for text in ("09:00Z", "09:00+01:00", "09:00", "nine")] == [
        True,
        True,
        False,
        False,
    ]


def test_midnight_closes_the_day():
    found = slot_of({"freq": "WEEKLY", "byday": "MO", "opens_at": "18:00", "closes_at": "00:00"})
    assert lines_of([found]) == ("Mo 18:00-24:00",)

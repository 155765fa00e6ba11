"""Periods: which quarter and month a day is in, and when they may be shown."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counting.periods import (
    closed,
    first_day,
    last_day,
    period_of,
    running,
    shown_from,
    span_of,
)
from bot.counting.tables import Span

DAYS = st.dates(date(2000, 1, 1), date(2999, 12, 31))
SPANS = st.sampled_from(Span)


@pytest.mark.parametrize(
    ("day", "quarter", "month"),
    [
        ("2026-01-01", "2026-Q1", "2026-01"),
        ("2026-03-31", "2026-Q1", "2026-03"),
        ("2026-04-01", "2026-Q2", "2026-04"),
        ("2026-09-30", "2026-Q3", "2026-09"),
        ("2026-11-26", "2026-Q4", "2026-11"),
        ("2026-12-31", "2026-Q4", "2026-12"),
        ("2024-02-29", "2024-Q1", "2024-02"),
    ],
)
def test_a_day_is_in_its_quarter_and_its_month(day, quarter, month):
    assert running(date.fromisoformat(day)) == (quarter, month)


@pytest.mark.parametrize(
    ("period", "first", "last", "shown"),
    [
        ("2026-Q3", "2026-07-01", "2026-09-30", "2026-10-14"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "2027-01-14"),
        ("2026-11", "2026-11-01", "2026-11-30", "2026-12-01"),
        ("2026-12", "2026-12-01", "2026-12-31", "2027-01-01"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-03-01"),
    ],
)
def test_a_period_has_its_days(period, first, last, shown):
    assert first_day(period).isoformat() == first
    assert last_day(period).isoformat() == last
    assert shown_from(period).isoformat() == shown


@given(DAYS, SPANS)
def test_every_day_is_in_one_period_that_is_not_shown_on_it(day, span):
    period = period_of(day, span)
    assert span_of(period) is span
    assert first_day(period) <= day <= last_day(period) < shown_from(period)
    assert period_of(first_day(period), span) == period == period_of(last_day(period), span)
    assert not closed(period, day)


@given(DAYS, SPANS)
def test_periods_follow_each_other_without_a_gap(day, span):
    last = last_day(period_of(day, span))
    if last < date(2999, 12, 31):
        assert first_day(period_of(last + timedelta(days=1), span)) == last + timedelta(days=1)


@pytest.mark.parametrize("period", ["2026-Q3", "2026-09"])
def test_a_period_is_closed_fourteen_days_after_its_last_day(period):
    assert not closed(period, date(2026, 10, 13))
    assert closed(period, date(2026, 10, 14))


def test_no_quarter_is_shown_while_something_is_still_taken_for_it():
    assert closed("2026-Q3", shown_from("2026-Q3"))


@pytest.mark.parametrize(
    "word",
    ["", "2026", "2026-Q0", "2026-Q5", "2026-13", "2026-00", "2026-1", "1999-Q4", "2026-q4",
     "2026-Q4 ", "2026-Q4\n", "../2026-Q4", "٢٠٢٦-Q4", "3000-01"],
)  # fmt: skip
def test_what_is_no_period_is_said_to_be_none(word):
    for ask in (span_of, first_day, last_day, shown_from):
        with pytest.raises(ValueError, match="written like 2026-Q4"):
            ask(word)

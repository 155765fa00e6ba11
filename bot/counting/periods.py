"""Periods: the quarter and the month of a day, and when what was counted in them may be shown.

A period is named by a word: "2026-Q4" is a quarter, "2026-11" a month. Days are days in London;
the caller knows which day it is.
"""

import calendar
import re
from datetime import date, timedelta

from bot.counting.tables import Span

# Fourteen days from the study (part 6): late workers have kept theirs, and nobody sees whether
# the last talk of a quarter moved its figures.
WAIT = timedelta(days=14)
DAY = timedelta(days=1)
_QUARTER = re.compile(r"(2[0-9]{3})-Q([1-4])")
_MONTH = re.compile(r"(2[0-9]{3})-(0[1-9]|1[0-2])")


def period_of(day: date, span: Span) -> str:
    """The name of the quarter or month that `day` is in; a day of the years 2000 to 2999."""
    if span is Span.QUARTER:
        return f"{day.year}-Q{(day.month + 2) // 3}"
    return f"{day.year}-{day.month:02}"


def running(day: date) -> tuple[str, ...]:
    """The periods that `day` is in, one for each span."""
    return tuple(period_of(day, span) for span in Span)


def span_of(period: str) -> Span:
    """Whether it is a quarter or a month. Raises ValueError: it is neither."""
    return _parts(period)[0]


def first_day(period: str) -> date:
    """The first day of the period. Raises ValueError: this is no period."""
    span, year, month = _parts(period)
    return date(year, month - 2 if span is Span.QUARTER else month, 1)


def last_day(period: str) -> date:
    """The last day of the period. Raises ValueError: this is no period."""
    _, year, month = _parts(period)
    return date(year, month, calendar.monthrange(year, month)[1])


def shown_from(period: str) -> date:
    """The first day on which the counts may be shown. Raises ValueError: this is no period.

    A quarter's are shown 14 days after its last day, a month's on the next day.
    """
    return last_day(period) + (WAIT if span_of(period) is Span.QUARTER else DAY)


def closed(period: str, day: date) -> bool:
    """Whether nothing more is taken for the period on `day`: 14 days after its last day."""
    return day >= last_day(period) + WAIT


def _parts(period: str) -> tuple[Span, int, int]:
    """Its span, its year, and its last month."""
    if found := _QUARTER.fullmatch(period):
        return Span.QUARTER, int(found[1]), 3 * int(found[2])
    if found := _MONTH.fullmatch(period):
        return Span.MONTH, int(found[1]), int(found[2])
    raise ValueError("a period is written like 2026-Q4 or 2026-11")

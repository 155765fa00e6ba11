"""Whether a service is open at a moment, until when, or when next; in Europe/London.

Which lines hold on a day, first match: closed_on, bank holiday, school holiday, an ordinary day.
A night belongs to the day it starts on. opening-hours-py says whether a range starts on a day;
`hours.parse` has refused before everything that it would misread.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from bot.directory.hours import ALL_NTH, ALWAYS, DAY_MINUTES, Range, parse
from bot.directory.model import Contact, Hours

if TYPE_CHECKING:
    from opening_hours import OpeningHours

LONDON = ZoneInfo("Europe/London")
LOOK_AHEAD_DAYS = 14
WEEK_MINUTES = 7 * DAY_MINUTES

Window = Literal["evening", "night", "weekend", "school_hours"]


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """School holidays of one council: the days that are known, and the holidays among them."""

    first: date
    last: date
    holidays: tuple[tuple[date, date], ...]  # first and last day of each

    def is_holiday(self, day: date) -> bool | None:
        """None when the day is outside what is known."""
        if not self.first <= day <= self.last:
            return None
        return any(first <= day <= last for first, last in self.holidays)


@dataclass(frozen=True, slots=True)
class Openness:
    """What can be said about a moment; times are aware, in Europe/London.

    `open` None: not known. `until` is when it closes, `next_open` when it opens again; None when
    that is not known or more than 14 days away. `certain` is False when today, or the day of
    `until` or `next_open`, may have other hours: a bank holiday that the entry is silent on, or
    a day that may be a school holiday where those differ.
    """

    open: bool | None
    until: datetime | None = None
    next_open: datetime | None = None
    certain: bool = True


NOT_KNOWN = Openness(None, certain=False)


@dataclass(frozen=True, slots=True)
class _Span:
    start: datetime  # UTC
    end: datetime
    certain: bool


@dataclass(frozen=True, slots=True)
class _Day:
    lines: tuple[str, ...] | None
    certain: bool


def openness(
    what: Hours | Contact | Iterable[str], at: datetime, school: SchoolYear | None = None
) -> Openness:
    """Whether it is open at `at` (aware; a naive time counts as London time). Never raises.

    A contact is open while it answers. `school` is the calendar of her council, where one is
    known. A `24/7` line holds on bank holidays too.
    """
    hours = _hours_of(what)
    if _never_closes(hours):
        return Openness(True)
    now = (at if at.tzinfo else at.replace(tzinfo=LONDON)).astimezone(UTC)
    today = now.astimezone(LONDON).date()
    current = [
        span
        for back in (1, 0)
        for span in _spans(hours, today - timedelta(days=back), school)
        if span.start <= now < span.end
    ]
    if current:
        return _open_now(hours, current, today, school)
    if _plan(hours, today, school).lines is None:
        return NOT_KNOWN
    return _closed_now(hours, now, today, school)


def _never_closes(hours: Hours) -> bool:
    rules = (hours.bank_holidays, hours.school_holidays)
    usual = all(rule in {None, "as_usual"} for rule in rules) and not hours.closed_on
    return usual and hours.open is not None and ALWAYS in hours.open


def _hours_of(what: Hours | Contact | Iterable[str]) -> Hours:
    if isinstance(what, Hours):
        return what
    return Hours(open=what.answers if isinstance(what, Contact) else tuple(what))


def _open_now(
    hours: Hours, current: list[_Span], today: date, school: SchoolYear | None
) -> Openness:
    end = max(span.end for span in current)
    certain = all(span.certain for span in current)
    # 10:00-12:00 and 12:00-15:00 are one stay, and so are an evening and the morning after it.
    for span in _ahead(hours, today, school):
        if span.start > end:
            return Openness(True, until=end.astimezone(LONDON), certain=certain)
        certain = certain and (span.certain or span.end <= end)
        end = max(end, span.end)
    last = _instant(today + timedelta(days=LOOK_AHEAD_DAYS), DAY_MINUTES)
    return Openness(True, until=end.astimezone(LONDON) if end < last else None, certain=certain)


def _closed_now(hours: Hours, now: datetime, today: date, school: SchoolYear | None) -> Openness:
    certain = _plan(hours, today, school).certain
    for span in _ahead(hours, today, school):
        if span.start > now:
            opens = span.start.astimezone(LONDON)
            return Openness(False, next_open=opens, certain=certain and span.certain)
    return Openness(False, certain=certain)


def _ahead(hours: Hours, today: date, school: SchoolYear | None) -> Iterator[_Span]:
    """The spans that start from today on, earliest first."""
    for ahead in range(LOOK_AHEAD_DAYS + 1):
        yield from _spans(hours, today + timedelta(days=ahead), school)


def _spans(hours: Hours, day: date, school: SchoolYear | None) -> list[_Span]:
    """The spans that start on `day`, earliest first."""
    plan = _plan(hours, day, school)
    return sorted(
        (
            _Span(_instant(day, part.start), _instant(day, part.end), plan.certain)
            for line in plan.lines or ()
            for part in _parts(line)
            if _starts(part, day)
        ),
        key=lambda span: span.start,
    )


def _parts(line: str) -> tuple[Range, ...]:
    """A line that is not one of ours opens nothing: better closed than wrongly open."""
    found = parse(line)
    return found if isinstance(found, tuple) else ()


def _plan(hours: Hours, day: date, school: SchoolYear | None) -> _Day:
    if any(first <= day.isoformat() <= last for first, last in hours.closed_on):
        return _Day((), certain=True)
    if day in _bank_holidays(day.year):
        if hours.bank_holidays is None and not (hours.open and ALWAYS in hours.open):
            return _Day(None, certain=False)  # a closed door may cost her the one safe journey
        return _Day(_ruled(hours, hours.bank_holidays), certain=True)
    if hours.school_holidays in {None, "as_usual"}:
        return _Day(hours.open, certain=True)
    is_holiday = school.is_holiday(day) if school else None
    rule = hours.school_holidays if is_holiday else "as_usual"
    return _Day(_ruled(hours, rule), certain=is_holiday is not None)


def _ruled(hours: Hours, rule: str | tuple[str, ...] | None) -> tuple[str, ...] | None:
    """The lines under a holiday rule; without a rule the usual ones are the best guess."""
    if isinstance(rule, tuple):
        return rule
    return () if rule == "closed" else hours.open


def _instant(day: date, minutes: int) -> datetime:
    """A London wall-clock time as UTC.

    A time in the hour that the clock jumps over in March is taken as the moment of the jump; of
    the two equal times in October it is the first.
    """
    wall = _wall(day, minutes)
    instant = wall.replace(tzinfo=LONDON).astimezone(UTC)
    if instant.astimezone(LONDON).replace(tzinfo=None) != wall:
        return wall.replace(minute=0, tzinfo=LONDON).astimezone(UTC)
    return instant


def _starts(part: Range, day: date) -> bool:
    """Whether the range starts on `day`.

    It does when it holds at its own first minute: no range is longer than a day, so the one of
    the day before is over by then.
    """
    return _evaluator(part.expression).is_open(_wall(day, part.start))


def _wall(day: date, minutes: int) -> datetime:
    """What a clock on the wall shows; without a zone, because that is how hours are written."""
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


@lru_cache(maxsize=4096)
def _evaluator(expression: str) -> "OpeningHours":
    # Imported at the first question, so that starting the program does not wait for it.
    from opening_hours import OpeningHours  # noqa: PLC0415

    return OpeningHours(expression)


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    """England's bank holidays; the calendar of opening-hours-py misses three of them."""
    from holidays import country_holidays  # noqa: PLC0415  # a tenth of a second

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def covers(lines: Iterable[str], window: Window, whole: bool = False) -> bool:
    """Whether any of the lines gives her time in `window`.

    evening: Monday to Friday, starting before 21:00 and reaching 18:00 or later.
    night: an hour or more between 21:00 and 05:00, any day.
    weekend: starting on a Saturday or Sunday.
    school_hours: Monday to Friday, an hour or more between 09:30 and 14:30.
    With `whole` she has to be there from start to end, as in a group: the evening then starts at
    17:00, and school hours must hold all of it.
    """
    return any(_covers(part, window, whole) for line in lines for part in _parts(line))


def _covers(part: Range, window: Window, whole: bool) -> bool:
    days = {day for day, _ in part.weekdays}
    if window == "weekend":
        return not days.isdisjoint({5, 6})
    if window == "night":
        nights = ((0, 5 * 60), (21 * 60, 29 * 60), (45 * 60, 48 * 60))
        return any(_shared(part, *night) >= 60 for night in nights)
    if days <= {5, 6}:
        return False
    if window == "evening":
        earliest = 17 * 60 if whole else 0
        return earliest <= part.start < 21 * 60 and part.end >= 18 * 60
    first, last = 9 * 60 + 30, 14 * 60 + 30
    if whole:
        return first <= part.start and part.end <= last
    return _shared(part, first, last) >= 60


def _shared(part: Range, start: int, end: int) -> int:
    return min(part.end, end) - max(part.start, start)


def uncovered(lines: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """The stretches of an ordinary week that no line covers, in minutes from Monday 00:00.

    Ranges that hold only some weeks of a month cover nothing here.
    """
    covered = bytearray(WEEK_MINUTES)
    for line in lines:
        for part in _parts(line):
            for day, nths in part.weekdays:
                if nths == ALL_NTH:
                    _fill(covered, day * DAY_MINUTES + part.start, part.end - part.start)
    edges = [minute for minute in range(WEEK_MINUTES) if not covered[minute]]
    starts = [minute for minute in edges if minute == 0 or covered[minute - 1]]
    ends = [minute + 1 for minute in edges if minute + 1 == WEEK_MINUTES or covered[minute + 1]]
    return tuple(zip(starts, ends, strict=True))


def _fill(covered: bytearray, start: int, length: int) -> None:
    for minute in range(start, start + length):
        covered[minute % WEEK_MINUTES] = 1

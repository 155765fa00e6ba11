"""Weekly hours: our hours lines as HSDS schedules, and schedules as lines.

HSDS has days and times in the terms of iCalendar (RFC 5545), and no night: a range that ends on
the next morning is split at midnight. The last minute of a day is written 23:59, which stands for
24:00 both ways. Times are local times in Europe/London; a fixed offset could not say that.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.directory.hours import ALL_NTH, ALWAYS, DAY_MINUTES, DAYS, Range, Refused, clock, parse
from bot.directory.hsds.records import Record, text_of
from bot.exceptions import LinnetError

LOCAL_TIME = "Local time in Europe/London."
_LAST = "23:59"
_TIME = re.compile(
    r"([01]\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_DAY = re.compile(r"([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)

Nths = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One time range of a day on some days. Minutes from midnight, 0 ≤ start < end ≤ 1440."""

    days: tuple[tuple[int, Nths], ...]  # Monday is 0; which ones of a month
    start: int
    end: int


class NotALineError(LinnetError):
    """A schedule that our lines cannot say; its text says why."""


def schedules_of(lines: Iterable[str]) -> list[Record]:
    """The schedules of hours lines, in order, without ids. Lines that are none are left out."""
    found: list[Record] = []
    for line in lines:
        parts = parse(line)
        for part in () if isinstance(parts, Refused) else parts:
            found += _schedules(part)
    return found


def _schedules(part: Range) -> Iterator[Record]:
    weekly = [day for day, nths in part.weekdays if nths == ALL_NTH]
    monthly = [(day, nths) for day, nths in part.weekdays if nths != ALL_NTH]
    night = part.end > DAY_MINUTES
    if weekly:
        yield _weekly(weekly, part.start, min(part.end, DAY_MINUTES))
    if weekly and night:
        yield _weekly([(day + 1) % 7 for day in weekly], 0, part.end - DAY_MINUTES)
    if monthly:
        byday = ",".join(f"{nth}{DAYS[day].upper()}" for day, nths in monthly for nth in nths)
        times = _times(part.start, min(part.end, DAY_MINUTES))
        found: Record = {"freq": "MONTHLY", "interval": 1, "byday": byday, **times}
        if night:
            # The day after a first Monday is not always a first Tuesday: only words can say it.
            found["description"] = f"Ends at {clock(part.end - DAY_MINUTES)} on the next morning."
        yield found


def _weekly(days: Sequence[int], start: int, end: int) -> Record:
    byday = ",".join(DAYS[day].upper() for day in days)
    return {"freq": "WEEKLY", "interval": 1, "byday": byday, **_times(start, end)}


def _times(start: int, end: int) -> dict[str, str]:
    return {
        "opens_at": clock(start),
        "closes_at": _LAST if end == DAY_MINUTES else clock(end),
    }


# ---- and back


def minutes_of(text: str) -> int | None:
    """Minutes from midnight of `09:00`, `09:00:00` or `09:00Z`; None when it is no time."""
    match = _TIME.fullmatch(text)
    total = int(match[1]) * 60 + int(match[2]) if match else DAY_MINUTES + 1
    return total if total <= DAY_MINUTES else None


def has_zone(text: str) -> bool:
    """Whether a time has an offset, which cannot be right in winter and in summer."""
    match = _TIME.fullmatch(text)
    return bool(match and match[3])


def slot_of(schedule: Record) -> Slot:
    """The slot of one schedule. Raises NotALineError, with a sentence, when lines cannot say it."""
    days = _days(schedule)
    start = minutes_of(text_of(schedule, "opens_at"))
    end = minutes_of(text_of(schedule, "closes_at"))
    if start is None or end is None:
        raise NotALineError("it has no time at which it opens and closes")
    if end in {0, DAY_MINUTES - 1}:
        end = DAY_MINUTES
    if end <= start:
        raise NotALineError("it closes before it opens; split a night at midnight")
    return Slot(days, start, end)


_ELSE = ("bymonthday", "byweekno", "byyearday", "count", "until")


def _days(schedule: Record) -> tuple[tuple[int, Nths], ...]:
    if any(schedule.get(key) not in (None, "", []) for key in _ELSE):
        raise NotALineError("it does not repeat by days of the week")
    if schedule.get("interval") not in (None, "", 1, "1"):
        raise NotALineError("it does not take place every week or month")
    monthly = text_of(schedule, "freq") == "MONTHLY"
    found: dict[int, set[int]] = {}
    for item in text_of(schedule, "byday").upper().split(","):
        match = _DAY.fullmatch(item.strip())
        if match is None or (monthly and not match[1]) or (match[1] and not monthly):
            raise NotALineError("it does not say on which days, like MO,TU or 1MO")
        nth = int(match[1] or 0)
        if monthly and nth not in ALL_NTH:
            raise NotALineError("it counts days from the end of the month")
        day = [name.upper() for name in DAYS].index(match[2])
        found.setdefault(day, set()).update((nth,) if monthly else ALL_NTH)
    return tuple((day, tuple(sorted(nths))) for day, nths in sorted(found.items()))


def lines_of(slots: Iterable[Slot]) -> tuple[str, ...]:
    """The slots as hours lines, in order; two halves of a night become one line again."""
    return tuple(_line(slot.days, slot.start, slot.end) for slot in _nights(list(slots)))


def _nights(slots: list[Slot]) -> list[Slot]:
    joined: list[Slot] = []
    while slots:
        slot = slots.pop(0)
        rest = next((other for other in slots if _follows(slot, other)), None)
        if rest:
            slots.remove(rest)
            slot = Slot(slot.days, slot.start, DAY_MINUTES + rest.end)
        joined.append(slot)
    return joined


def _follows(slot: Slot, other: Slot) -> bool:
    every = all(nths == ALL_NTH for _, nths in (*slot.days, *other.days))
    mornings = {(day + 1) % 7 for day, _ in slot.days} == {day for day, _ in other.days}
    whole = slot.end == DAY_MINUTES and other.start == 0 and other.end < slot.start
    return every and mornings and whole


def _line(days: Sequence[tuple[int, Nths]], start: int, end: int) -> str:
    if end - start == DAY_MINUTES and dict(days) == dict.fromkeys(range(7), ALL_NTH):
        return ALWAYS
    close = end if end <= DAY_MINUTES else end - DAY_MINUTES
    return f"{_named(dict(days))} {clock(start)}-{clock(close)}"


def _named(days: Mapping[int, Nths]) -> str:
    """`Mo-We,Fr`, `Mo[1,3]`."""
    items: list[str] = []
    left = sorted(days)
    while left:
        run = [left.pop(0)]
        while left and left[0] == run[-1] + 1 and days[run[0]] == days[left[0]] == ALL_NTH:
            run.append(left.pop(0))
        if days[run[0]] != ALL_NTH:
            items.append(f"{DAYS[run[0]]}[{','.join(str(nth) for nth in days[run[0]])}]")
        elif len(run) == 1:
            items.append(DAYS[run[0]])
        else:
            items.append(f"{DAYS[run[0]]}-{DAYS[run[-1]]}")
    return ",".join(items)

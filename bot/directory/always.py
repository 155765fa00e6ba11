"""Always: the minutes of a week in which no national line answers. There must be none.

Only lines that a search shows, and that turn no woman away, count here.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from bot.directory.blocks import Row
from bot.directory.index import Index
from bot.directory.model import Service, Status
from bot.directory.schedules import LONDON, WEEK_MINUTES, uncovered
from bot.directory.traits import Trait


def lines_for_all(index: Index) -> tuple[Row, ...]:
    """The national lines that are open to every woman, in the order of the index."""
    line = 1 << index.legend.trait(Trait.LINE)
    wanted = line | index.legend.barred
    return tuple(row for row in index.national.rows if row.mask & wanted == line)


def minutes(first: date) -> Iterator[datetime]:
    """Every minute of seven days from midnight in London; aware, in UTC.

    In a week when the clocks change the last of them is an hour off midnight.
    """
    start = datetime.combine(first, time(), LONDON).astimezone(UTC)
    return (start + timedelta(minutes=number) for number in range(WEEK_MINUTES))


def silent_minutes(index: Index, first: date) -> tuple[datetime, ...]:
    """The minutes of the week from `first` when no such line is known to answer; empty is good.

    Each is asked as a search asks it: by the calendar, with bank holidays and days off.
    """
    lines = lines_for_all(index)
    return tuple(
        minute
        for minute in minutes(first)
        if not any(row.timetable.at(minute).open for row in lines)
    )


def silent_stretches(index: Index) -> tuple[tuple[int, int], ...]:
    """The same of an ordinary week, worked out from the hours as they are written.

    In minutes from Monday 00:00; empty is good.
    """
    return uncovered(
        line
        for row in lines_for_all(index)
        for contact in row.service.contacts
        for line in contact.answers or ()
    )


def day_and_night(services: Iterable[Service]) -> frozenset[str]:
    """The ids of entries that can be shown and have a contact that answers at any hour."""
    return frozenset(
        service.id
        for service in services
        if service.status is Status.ACTIVE
        and any("24/7" in (contact.answers or ()) for contact in service.contacts)
    )

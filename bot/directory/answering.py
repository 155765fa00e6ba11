"""When a service can be reached: open to visitors, or answering on any contact."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache

from bot.directory.hours import ALWAYS
from bot.directory.model import Hours, Service
from bot.directory.schedules import LONDON, NOT_KNOWN, Openness, SchoolYear, openness


class Timetable:
    """The stated hours of a service, and what was last found out about them.

    The calendar is dear to ask, and its answer stands until a door opens or closes. So it is kept
    for as long as it stands; it depends on nothing but the hours and the moment.
    """

    __slots__ = ("_kept", "hours", "school")

    def __init__(self, hours: tuple[Hours, ...], school: SchoolYear | None = None) -> None:
        self.hours = hours
        self.school = school
        self._kept: tuple[datetime, datetime, Openness] | None = None

    def at(self, moment: datetime) -> Openness:
        """The best that can be said of a moment (aware): reachable now, else when it next is.

        Not known when no hours are stated.
        """
        kept = self._kept
        if kept is None or not kept[0] <= moment < kept[1]:
            found = [openness(hours, moment, self.school) for hours in self.hours]
            best = min(found, key=_rank, default=NOT_KNOWN)
            kept = self._kept = (moment, _stands_until(moment, found), best)
        return kept[2]


def _rank(found: Openness) -> tuple[bool, bool, float]:
    opens = found.next_open.timestamp() if found.next_open else float("inf")
    return not found.open, found.open is None, opens


def _stands_until(moment: datetime, found: list[Openness]) -> datetime:
    """The next change, or midnight: another day may be a holiday."""
    changes = [change for each in found if (change := each.until or each.next_open)]
    return min([_midnight(moment.astimezone(LONDON).date()), *changes]).astimezone(UTC)


def _midnight(today: date) -> datetime:
    tomorrow = today + timedelta(days=1)
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=LONDON)


def timetables(schools: Mapping[str, SchoolYear]) -> Callable[[Service], Timetable]:
    """A function that gives each service its timetable, and the same one to equal hours.

    `schools` are the school years by council; that of a service's first council that has one
    counts, where its hours differ in school holidays.
    """

    @cache
    def shared(hours: Hours, answers: tuple[Hours, ...], council: str | None) -> Timetable:
        visits = () if hours.open is None else (hours,)
        return Timetable((*visits, *answers), schools.get(council or ""))

    def timetable(service: Service) -> Timetable:
        contacts = [each for each in service.contacts if each.answers is not None]
        if any(ALWAYS in (each.answers or ()) for each in contacts):
            return shared(_NO_VISITS, (_ALWAYS,), None)  # nothing beside it changes the answer
        answers = tuple([service.answering(each) for each in contacts])
        return shared(service.hours, answers, _council(service, schools))

    return timetable


_NO_VISITS = Hours()
_ALWAYS = Hours(open=(ALWAYS,))


def _council(service: Service, schools: Mapping[str, SchoolYear]) -> str | None:
    """The council whose school year the hours depend on."""
    if service.hours.school_holidays in {None, "as_usual"}:
        return None
    return next((council for council in service.councils if council in schools), None)

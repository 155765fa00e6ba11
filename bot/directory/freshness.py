"""Freshness: when each group of an entry's facts was last checked, and what is due.

Facts grow old at different speeds: who answers the telephone changes sooner than a ramp. The days
are those of the directory study, part 8; they are an opinion and wait to be tried with services.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.directory.model import Service
from bot.directory.stated import pattern


class Group(StrEnum):
    """Facts that are checked together."""

    CONTACT = "contact"  # numbers, links, when somebody answers
    ACCESS = "access"  # hours, sessions, who is taken, how to start
    WAIT = "wait"
    BUILDING = "building"
    SUMMARY = "summary"  # what it is, and everything else


LIMITS: Mapping[Group, int] = {
    Group.CONTACT: 90, Group.ACCESS: 180, Group.WAIT: 30, Group.BUILDING: 365, Group.SUMMARY: 365,
}  # fmt: skip
HELPLINE_CONTACT = 60

_FIRST_KEYS: Mapping[str, Group] = {
    "contact": Group.CONTACT,
    "wait": Group.WAIT,
    "places": Group.BUILDING,
    **dict.fromkeys(
        (
            *("hours", "sessions", "times", "ways", "accepts", "not_for", "age", "welcomes"),
            *("referral", "missed", "ends", "worker", "groups", "children", "languages"),
        ),
        Group.ACCESS,
    ),
}


class Age(StrEnum):
    """How old a group of facts is. An entry has no age for facts it does not state."""

    FRESH = "fresh"
    DUE = "due"  # over its limit
    OVERDUE = "overdue"  # over twice its limit
    NO_DATE = "no_date"  # nobody wrote down when


@dataclass(frozen=True, slots=True)
class Checked:
    """One group of an entry: when it was checked last, its limit in days and how old it is.

    `on` is a day; a bare year or month counts from its first. None: nobody wrote down when.
    """

    group: Group
    on: date | None
    limit: int
    age: Age


def group_of(key: str) -> Group:
    """The group of a full key: `contact[0].number`, `contact[].number` → contact."""
    return _FIRST_KEYS.get(pattern(key).partition(".")[0].removesuffix("[]"), Group.SUMMARY)


def groups_of(service: Service) -> tuple[Group, ...]:
    """The groups of which the entry states something, in the order of `Group`."""
    stated = {group_of(key) for key, scalars in service.stated.items() if scalars}
    return tuple(group for group in Group if group in stated)


def checked(service: Service, today: date) -> tuple[Checked, ...]:
    """Every group that the entry states, in the order of `Group`; `today` is the day in London."""
    return tuple(_checked(service, group, today) for group in groups_of(service))


def age_of(service: Service, group: Group, today: date) -> Age:
    """How old one group is."""
    return _checked(service, group, today).age


def current(service: Service, today: date) -> Service:
    """The entry without what is too old to be told: a wait changes from month to month."""
    if age_of(service, Group.WAIT, today) is not Age.OVERDUE:
        return service
    return replace(
        service,
        stated={key: said for key, said in service.stated.items() if not _of_wait(key)},
        facts={name: said for name, said in service.facts.items() if not _of_wait(name)},
    )


def _of_wait(key: str) -> bool:
    return key.startswith("wait.") and not key.startswith("wait.support")


def _checked(service: Service, group: Group, today: date) -> Checked:
    limit = LIMITS[group]
    if group is Group.CONTACT and "helpline" in service.kinds:
        limit = HELPLINE_CONTACT
    on = max(_days_of(service, group), default=None)
    return Checked(group, on, limit, _age(on, limit, today))


def _age(on: date | None, limit: int, today: date) -> Age:
    if on is None:
        return Age.NO_DATE
    days = (today - on) // timedelta(days=1)
    return Age.FRESH if days <= limit else Age.DUE if days <= 2 * limit else Age.OVERDUE


def _days_of(service: Service, group: Group) -> Iterator[date]:
    """Every day on which the group was checked. A wait has a date of its own, and no other."""
    if group is Group.WAIT:
        found = service.stated.get("wait.as_of")
        yield from [day_of(found[0].text)] if found else []
        return
    verified = service.verified
    if verified.on and (not verified.fields or group in verified.fields):
        yield day_of(verified.on)
    for check in service.checks:
        # A call that nobody answered confirms nothing.
        if check.how != "test_call" and (not check.groups or group in check.groups):
            yield day_of(check.on)


def day_of(text: str) -> date:
    """The day of a date as entries have it; a bare year or month is its first day."""
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)

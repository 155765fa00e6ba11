"""What matching must know of a service beside the needs it meets."""

from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache

from bot.directory.calls import calls_of, is_silent
from bot.directory.freshness import Age, Group, age_of
from bot.directory.hours import ALWAYS
from bot.directory.model import Service, first_day

ADULT = 18
YEAR = timedelta(days=365)
OPEN_TO_WOMEN = frozenset({"women", "everyone", "parents"})
GROUP_KINDS = frozenset({"by_and_for", "lgbt", "migrants", "prison_leavers", "sex_work"})
DOOR_KINDS = frozenset(
    {"treatment", "support", "detox", "residential", "mutual_aid", "information", "womens_centre"}
)
NARROW_KINDS = frozenset({"refuge", "sexual_violence", "sex_work", "exploitation", "helpline"})
REMOTE_WAYS = frozenset(
    {"ways.phone", "ways.video", "ways.text", "ways.online_group", "ways.remote"}
)


class Trait(IntEnum):
    """The number of a bit."""

    TREATMENT = 0  # drug and alcohol treatment
    LINE = 1  # a line to ring, text or chat
    GROUP = 2  # for a group of women: one who did not name it may be turned away
    CHILDREN_ONLY = 3
    HUB = 4  # several kinds of help under one roof
    REMOTE = 5  # she need not travel
    ALARM = 6  # domestic abuse, answered day and night
    FRESH = 7  # checked within a year
    DOOR = 8  # a good first door for drink and drugs, also where it does not say all it does
    SILENT = 9  # nobody answered our calls on two days, and nobody since
    OVERDUE = 10  # its numbers were not checked for long, see `freshness`


def traits(service: Service, checked_since: str) -> int:
    """The bits of all traits that hold for a service; see `year_before` for the date."""
    return (
        _of_kinds(service.kinds)
        | _for_a_group(service) << Trait.GROUP
        | _children_only(service) << Trait.CHILDREN_ONLY
        | ("on_site.several" in service.facts) << Trait.HUB
        | _remote(service) << Trait.REMOTE
        | _alarm(service) << Trait.ALARM
        | is_fresh(service, checked_since) << Trait.FRESH
        | _door(service) << Trait.DOOR
        | _silent(service) << Trait.SILENT
        | _overdue(service, checked_since) << Trait.OVERDUE
    )


def year_before(today: date) -> str:
    """The ISO date from which on an entry counts as fresh."""
    return (today - YEAR).isoformat()


def is_fresh(service: Service, checked_since: str) -> bool:
    """Whether it was checked on that day or later. A bare year or month counts from its first."""
    on = service.last_checked.on
    return on is not None and first_day(on) >= checked_since


@lru_cache(maxsize=4096)
def _of_kinds(kinds: tuple[str, ...]) -> int:
    """The bits that follow from what a service is."""
    centre = "womens_centre" in kinds
    return (
        ("treatment" in kinds) << Trait.TREATMENT
        | ("helpline" in kinds) << Trait.LINE
        | ("helpline" in kinds) << Trait.REMOTE
        | centre << Trait.HUB
    )


def _door(service: Service) -> bool:
    """A women's service knows the ways on; a refuge or a centre for one harm is no first door."""
    if not DOOR_KINDS.isdisjoint(service.kinds):
        return True
    return service.has("who", "women") and not NARROW_KINDS.issuperset(service.kinds)


def _for_a_group(service: Service) -> bool:
    """Whether it is for some women only. What it says of itself counts before its kind."""
    who = service.facts.get("who")
    if who is not None:
        return not who <= OPEN_TO_WOMEN
    if "womens_centre" in service.kinds:
        return False
    return "by_and_for" in service.facts or not GROUP_KINDS.isdisjoint(service.kinds)


def _children_only(service: Service) -> bool:
    # Up to 25 is often only for those who leave care or need more help.
    young = "young_people" in service.facts.get("who", ())
    return young or (service.age_to is not None and service.age_to <= ADULT)


def _remote(service: Service) -> bool:
    return any("no" not in service.facts[way] for way in service.facts.keys() & REMOTE_WAYS)


def _silent(service: Service) -> bool:
    # Nearly no entry has been called, and an index is made of thousands.
    tried = service.checks or any(one.answered for one in service.contacts)
    return bool(tried) and is_silent(calls_of(service))


def _overdue(service: Service, checked_since: str) -> bool:
    today = date.fromisoformat(checked_since) + YEAR
    return age_of(service, Group.CONTACT, today) in {Age.OVERDUE, Age.NO_DATE}


def _alarm(service: Service) -> bool:
    return "domestic_abuse" in service.kinds and any(
        ALWAYS in (contact.answers or ()) for contact in service.contacts
    )

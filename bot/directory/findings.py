"""What a check of an entry finds, and all it may look at."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.directory.model import Service, Status
from bot.directory.places import Places
from bot.directory.schedules import SchoolYear
from bot.directory.stated import pattern
from bot.documents import Scalar
from bot.problems import Level, Mark


@dataclass(frozen=True, slots=True)
class Gone:
    """A name that must not be shown any more; `spellings` has all of its names."""

    name: str
    spellings: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Around:
    """What a check may look at beside the entry itself; `today` is the day in London.

    `schools` is by council id; a council that is not there has no known school holidays.
    """

    places: Places
    today: date
    gone: tuple[Gone, ...] = ()
    schools: Mapping[str, SchoolYear] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to put right in an entry, and where it is written."""

    mark: Mark
    sentence: str
    level: Level = "error"


Findings = Iterable[Finding]


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: `find` looks at an entry and finds nothing when all is well.

    `shown_only`: drafts may break it, because nobody sees them yet. Checks that keep a harm out
    of the files themselves hold for every entry.
    """

    id: str
    means: str
    find: Callable[[Service, Around], Findings]
    shown_only: bool = False

    def applies(self, service: Service) -> bool:
        """Whether the entry has to keep this rule."""
        return not self.shown_only or service.status is Status.ACTIVE


def where(service: Service, key: str) -> Mark:
    """Where the value of a full key is written, or where the entry starts."""
    found = service.stated.get(key)
    return found[0].mark if found else service.mark


def matching(service: Service, *patterns: str) -> Iterator[tuple[str, Scalar]]:
    """The values whose key has one of the patterns (`contact[].number`), with their full key."""
    for key, scalars in service.stated.items():
        if pattern(key) in patterns:
            yield from ((key, scalar) for scalar in scalars)


# Text that a woman may read. Notes for editors and sources are not among it.
_SHOWN = {
    *("name", "discreet_name", "organisation.name"),
    *("places[].name", "places[].town", "contact[].label", "contact[].say", "contact[].note"),
    *("contact[].say_where", "sessions[].name", "sessions[].where"),
}
_SHOWN_WORDS = ("summary.", "paused.say.", "places[].travel.", "referral.start.", "missed.say.")


def shown_texts(service: Service) -> Iterator[tuple[str, Scalar]]:
    """Every text of the entry that a woman may read, with its full key."""
    for key, scalars in service.stated.items():
        shaped = pattern(key)
        if shaped in _SHOWN or shaped.startswith((*_SHOWN_WORDS, "sharing.say.")):
            yield from ((key, scalar) for scalar in scalars)


def rules_of(*tables: tuple[Rule, ...]) -> Mapping[str, str]:
    """Rule id → what it means, for the tables given."""
    return {rule.id: rule.means for table in tables for rule in table}

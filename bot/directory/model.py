"""The shape of a service and of the directory; names follow Open Referral where it has one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.directory.stated import words_of
from bot.documents import Scalar
from bot.problems import Mark

# Contacts that she can use without being heard.
WITHOUT_VOICE = frozenset({"text", "whatsapp", "webchat", "email"})  # a call back rings her


class Status(StrEnum):
    """Only `ACTIVE` entries are ever shown."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach a service. Unknown facts about it are None or empty, never guessed."""

    type: str  # phone | text | whatsapp | webchat | email | callback | website | walk_in
    value: str  # the number, address or link; for walk_in the place in words
    mark: Mark
    label: str | None = None  # English, short: "office", "Recovery Hub"
    say: str | None = None  # the word to text: "SHOUT"
    cost: str | None = None  # free | standard
    answers: tuple[str, ...] | None = None  # hours lines; None: not known
    languages: tuple[str, ...] = ()
    anonymous: str | None = None  # yes | no
    tested: str | None = None  # date of the last test contact
    answered: str | None = None  # yes | no: whether somebody answered that test
    note: str | None = None  # English, shown marked as English

    @property
    def needs_no_voice(self) -> bool:
        """Whether she can use it without being heard."""
        return self.type in WITHOUT_VOICE


@dataclass(frozen=True, slots=True)
class Place:
    """Where she would go. `address` says how much may be shown: shown | area_only | hidden."""

    id: str
    address: str
    mark: Mark
    name: str | None = None
    street: str | None = None
    town: str | None = None
    postcode: str | None = None

    @property
    def outcode(self) -> str | None:
        """The outward half of the postcode."""
        return self.postcode.split()[0] if self.postcode else None


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours in Europe/London, as lines like `Mo-Fr 09:00-17:00`.

    `open` None means not known; an empty tuple means never open to visitors. `bank_holidays` and
    `school_holidays` are `closed`, `as_usual`, or lines of their own; None means not known.
    """

    open: tuple[str, ...] | None = None
    bank_holidays: str | tuple[str, ...] | None = None
    school_holidays: str | tuple[str, ...] | None = None
    closed_on: tuple[tuple[str, str], ...] = ()  # first and last day, ISO dates


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that happens at fixed times: a women's group, a drop-in."""

    what: str  # women_only_group | group | drop_in | sex_work_group | outreach | clinic | family_group | class
    when: tuple[str, ...]  # hours lines; empty: times not known
    mark: Mark
    name: str | None = None
    where: str | None = None
    term_only: str | None = None  # yes | no: does not run in the school holidays


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact came from. `seen` is the date on the page: YYYY, YYYY-MM or YYYY-MM-DD."""

    where: str  # a link, or words that name a published list
    seen: str | None
    gives: str  # which facts


@dataclass(frozen=True, slots=True)
class Verified:
    """When and how the entry was last checked; `on` None: the source has no date."""

    on: str | None  # YYYY, YYYY-MM or YYYY-MM-DD
    by: str  # editor | service | outreach
    how: str  # web_page | phone | visit | email
    fields: tuple[str, ...] = ()  # groups of facts; empty: all of them


@dataclass(frozen=True, slots=True)
class Check:
    """One later check of some of it, or one call to see whether anybody answers."""

    on: str
    by: str  # editor | service | outreach
    how: str  # web_page | phone | visit | email | test_call
    groups: tuple[str, ...] = ()  # empty: all of them
    answered: str | None = None  # yes | no, of a test call


def first_day(on: str) -> str:
    """The first day that a date of an entry can mean, for comparing: `2026-03` → `2026-03-01`."""
    return on + "-01-01"[len(on) - 4 :] if on else ""


@dataclass(frozen=True, slots=True)
class Service:
    """One entry: what a woman may be told about one service.

    `facts` holds every stated fact, dotted (`worker.female` → {"guaranteed"}), and the ones that
    follow from hours and contacts (`times.evening`, `contact.no_voice`). A fact that is not there
    is not known.
    """

    id: str
    path: str
    name: str
    status: Status
    kinds: tuple[str, ...]
    summary: Mapping[str, str]  # language → words; English always there
    verified: Verified
    councils: tuple[str, ...]
    contacts: tuple[Contact, ...]
    facts: Mapping[str, frozenset[str]]
    mark: Mark
    national: bool = False
    must_live_there: bool = False
    discreet_name: str | None = None
    organisation: str | None = None
    places: tuple[Place, ...] = ()
    hours: Hours = Hours()
    activities: tuple[Activity, ...] = ()
    sources: tuple[Source, ...] = ()
    checks: tuple[Check, ...] = ()  # in file order
    notes: tuple[str, ...] = ()  # English, for editors; never shown to her
    age_from: int | None = None
    age_to: int | None = None
    # Every value as written, by its full key: `worker.female`, `contact[0].number`, `summary.en`.
    stated: Mapping[str, tuple[Scalar, ...]] = field(default_factory=dict, repr=False)

    def __hash__(self) -> int:
        """By id, since what an entry states is in mappings; equal entries have equal ids."""
        return hash(self.id)

    @property
    def last_checked(self) -> Verified:
        """The latest check of the whole entry: `verified`, or one of `checks` without groups.

        A bare year or month counts from its first day; of one day, the later line counts. A test
        call checks nothing.
        """
        whole = [one for one in self.checks if not one.groups and one.how != "test_call"]
        later = [Verified(one.on, one.by, one.how) for one in whole]
        return max((*reversed(later), self.verified), key=lambda one: first_day(one.on or ""))

    def answering(self, contact: Contact) -> Hours:
        """When a contact answers; the days on which the service is closed count for it too.

        A line that answers day and night does so on every day.
        """
        if contact.answers is None or "24/7" in contact.answers:
            return Hours(open=contact.answers)
        rule = self.hours.bank_holidays
        return Hours(
            open=contact.answers,
            bank_holidays=rule if isinstance(rule, str) else None,
            closed_on=self.hours.closed_on,
        )

    def has(self, fact: str, value: str = "yes") -> bool:
        """Whether the entry states `value` for `fact`."""
        return value in self.facts.get(fact, frozenset())

    def words(self, key: str) -> Mapping[str, str]:
        """A text in its languages, as `referral.start` has it; empty when it is not stated."""
        return words_of(self.stated, key)

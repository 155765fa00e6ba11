"""Standards: the four basic standards of the study, worked out from the facts and never typed.

1a: a safe and discreet place that everybody can get into. 1b: groups for women only. 1c: a woman
as key worker. 1d: times and ways beside office hours. (*Exploring women's experience of drug and
alcohol treatment in the West Midlands*, recommendation 1.)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.directory.model import Service


class Standard(StrEnum):
    """The four, by their number in the study."""

    PLACE = "1a"
    GROUPS = "1b"
    WORKER = "1c"
    TIMES = "1d"


class Meets(StrEnum):
    """How far an entry says that it meets a standard."""

    YES = "meets"
    PARTLY = "partly"
    NO = "does not"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a standard asks for. `yes` and `no` are the values of `facts` that say so."""

    words: str  # in plain English, as a commissioner reads it
    facts: tuple[str, ...]
    yes: frozenset[str]
    no: frozenset[str]

    def of(self, service: Service) -> bool | None:
        """Whether the entry has it; None where it does not say. One yes is enough."""
        said = frozenset().union(*(service.facts.get(fact, frozenset()) for fact in self.facts))
        return True if said & self.yes else False if said & self.no else None


def _part(words: str, *facts: str, yes: str = "yes", no: str = "no") -> Part:
    return Part(words, facts, frozenset(yes.split()), frozenset(no.split()))


ALL: Mapping[Standard, tuple[Part, ...]] = {
    Standard.PLACE: (
        _part("nothing outside names drugs or alcohol", "place.sign", yes="discreet",
              no="names_drugs_or_alcohol"),
        _part("step-free", "place.step_free"),
        _part("a lift, or none needed", "place.lift", yes="yes not_needed"),
        _part("room for a pram", "place.pram"),
        _part("a place to change a baby", "place.baby_change"),
    ),
    Standard.GROUPS: (_part("groups for women only", "groups.women_only"),),
    Standard.WORKER: (),
    Standard.TIMES: (),
}  # fmt: skip

# Men: apart from them in time or in space is enough.
_MEN = _part("no men there when she goes, or her own way in", "place.men",
             yes="never other_times", no="same_time")  # fmt: skip
_ENTRANCE = _part(_MEN.words, "place.entrance_for_women", "place.women_only_space")
# Who may choose between a woman and a man has the choice; `needs.yaml` says the same.
_FEMALE = _part("a woman as key worker", "worker.female", yes="guaranteed on_request")
_CHOICE = _part(_FEMALE.words, "worker.gender_choice", no="")
# Any one of these is enough.
_TIMES = (
    _part("in the evening", "times.evening"),
    _part("at night", "times.night"),
    _part("at the weekend", "times.weekend"),
    _part("at times that fit the school run", "times.school_run"),
    _part("a drop-in in the school holidays", "hours.holiday_dropin"),
    _part("by phone or video", "ways.phone", "ways.video", "ways.remote", yes="yes on_request"),
)


def parts_of(service: Service, standard: Standard) -> tuple[tuple[str, bool | None], ...]:
    """What a standard asks for, in words, and whether the entry has it; None: it does not say."""
    if standard is Standard.TIMES:
        return tuple((part.words, part.of(service)) for part in _TIMES)
    if standard is Standard.WORKER:
        return ((_FEMALE.words, _female(service)),)
    found = tuple((part.words, part.of(service)) for part in ALL[standard])
    return (*found, (_MEN.words, _apart(service))) if standard is Standard.PLACE else found


def _female(service: Service) -> bool | None:
    return _CHOICE.of(service) or _FEMALE.of(service)


def _apart(service: Service) -> bool | None:
    men, entrance = _MEN.of(service), _ENTRANCE.of(service)
    return True if men or entrance else men if men is not None else entrance


def meets(service: Service, standard: Standard) -> Meets:
    """How far the entry meets one standard. Partly: some of it is stated, and not all."""
    said = [has for _, has in parts_of(service, standard)]
    if standard is Standard.TIMES:
        return Meets.YES if True in said else Meets.UNKNOWN if None in said else Meets.NO
    if all(said):
        return Meets.YES
    if True in said:
        return Meets.PARTLY
    return Meets.NO if False in said else Meets.UNKNOWN


def standards_of(service: Service) -> Mapping[Standard, Meets]:
    """All four."""
    return {standard: meets(service, standard) for standard in Standard}


# ---- completeness

# What women ask for beyond the standards, and what hardly any web page says.
_BESIDE = (
    _part("takes women who still drink or use", "accepts.using_now", "accepts.drinking_now"),
    _part("someone to mind a child", "children.creche"),
    _part("a child may come along", "children.welcome", yes="any under_5"),
    _part("she can come without a doctor", "referral.self"),
    _part("whether one missed visit is all right", "missed.policy", yes="flexible", no="strict"),
    _part("what they must tell others", "sharing.stated"),
    _part("how long until a first visit", "wait.short"),
    _part("only one to one, if she wants", "worker.one_to_one", yes="always on_request"),
    _part("other languages or an interpreter", "languages.interpreter", "languages.multilingual"),
)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the facts that women ask for an entry says something about.

    `missing` has what it says nothing about, in plain words.
    """

    said: int
    asked: int
    missing: tuple[str, ...]

    @property
    def grade(self) -> str:
        """A: all but one in ten, B: two in three, C: one in three, D: less, E: nothing."""
        for letter, least in (("A", 0.9), ("B", 2 / 3), ("C", 1 / 3), ("D", 0.01)):
            if self.said >= least * self.asked:
                return letter
        return "E"


def completeness(service: Service) -> Completeness:
    """How complete an entry is. What it says no to is said as well."""
    found = [part for standard in Standard for part in parts_of(service, standard)]
    found += [(part.words, _said(part, service)) for part in _BESIDE]
    missing = tuple(words for words, has in found if has is None)
    return Completeness(len(found) - len(missing), len(found), missing)


def unsaid(service: Service) -> Iterator[Part]:
    """What women ask for and the entry says nothing about, in the order of `completeness`."""
    for standard in Standard:
        asked = _TIMES if standard is Standard.TIMES else ALL[standard]
        yield from (part for part in asked if part.of(service) is None)
        if standard is Standard.PLACE and _apart(service) is None:
            yield _MEN
        if standard is Standard.WORKER and _female(service) is None:
            yield _FEMALE
    yield from (part for part in _BESIDE if _said(part, service) is None)


def _said(part: Part, service: Service) -> bool | None:
    stated = any(service.facts.get(fact) for fact in part.facts)
    return part.of(service) if not stated else bool(part.of(service))

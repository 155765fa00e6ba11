"""Audit: each entry against the four basic standards, and what the entries say taken together.

Nothing here knows of any woman: the numbers come from the entries alone. "Does not say" is never
counted as a no.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.directory.freshness import Age, Checked, checked
from bot.directory.model import Service
from bot.directory.standards import (
    Completeness,
    Meets,
    Standard,
    completeness,
    meets,
    parts_of,
)

TITLES: Mapping[Standard, str] = {
    Standard.PLACE: "a safe and discreet place that everybody can get into",
    Standard.GROUPS: "groups for women only",
    Standard.WORKER: "a woman as key worker",
    Standard.TIMES: "times and ways beside office hours (any one is enough)",
}
GRADES: Mapping[str, str] = {
    "A": "nine in ten or more",
    "B": "two in three or more",
    "C": "one in three or more",
    "D": "fewer",
    "E": "none",
}
AGES: Mapping[Age, str] = {
    Age.FRESH: "in date",
    Age.DUE: "due",
    Age.OVERDUE: "overdue",
    Age.NO_DATE: "no date",
}
_OLDEST = (Age.NO_DATE, Age.OVERDUE, Age.DUE, Age.FRESH)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One entry against one standard. What a standard asks for, in words, in its own order."""

    standard: Standard
    meets: Meets
    says: tuple[str, ...]  # stated
    lacks: tuple[str, ...]  # stated as no
    silent: tuple[str, ...]  # the entry does not say

    @property
    def missing(self) -> bool:
        """Whether anything is left to ask. Of times and ways one is enough."""
        return self.meets is not Meets.YES

    @property
    def untold(self) -> bool:
        """Whether the entry says nothing at all about the standard."""
        return not self.says and not self.lacks


@dataclass(frozen=True, slots=True)
class Audited:
    """One entry: a verdict for each standard, how complete it is and when it was checked."""

    service: Service
    verdicts: tuple[Verdict, ...]  # in the order of `Standard`
    complete: Completeness
    checked: tuple[Checked, ...]  # in the order of `Group`, only groups the entry states

    @property
    def age(self) -> Age:
        """The worst age of any group of facts; an entry that states nothing has no date."""
        found = {each.age for each in self.checked}
        return next((age for age in _OLDEST if age in found), Age.NO_DATE)


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries say yes, say no and do not say, to one thing that a standard asks for."""

    standard: Standard
    words: str
    yes: int
    no: int
    silent: int


def audit(services: Iterable[Service], today: date) -> tuple[Audited, ...]:
    """Every entry given, by name; `today` is the day in London."""
    ordered = sorted(services, key=lambda service: (service.name.casefold(), service.id))
    return tuple(_audited(service, today) for service in ordered)


def _audited(service: Service, today: date) -> Audited:
    verdicts = tuple(verdict(service, standard) for standard in Standard)
    return Audited(service, verdicts, completeness(service), checked(service, today))


def verdict(service: Service, standard: Standard) -> Verdict:
    """One entry against one standard, in words."""
    parts = parts_of(service, standard)
    return Verdict(
        standard,
        meets(service, standard),
        says=tuple(words for words, has in parts if has),
        lacks=tuple(words for words, has in parts if has is False),
        silent=tuple(words for words, has in parts if has is None),
    )


def in_words(verdict: Verdict, *, whole: bool = False) -> str:
    """What is missing from a standard, in words; empty where nothing is.

    An entry that says nothing about the standard is told in short, unless `whole` asks for every
    part.
    """
    if not verdict.missing:
        return ""
    if verdict.untold and not whole:
        return "does not say" if len(verdict.silent) == 1 else "does not say any of it"
    parts = [("says no: ", verdict.lacks), ("does not say: ", verdict.silent)]
    return "; ".join(f"{start}{'; '.join(words)}" for start, words in parts if words)


def counts(found: Sequence[Audited]) -> tuple[Count, ...]:
    """Each thing that a standard asks for, once, over all entries; empty without entries."""
    return tuple(
        Count(
            standard,
            words,
            yes=sum(words in each.verdicts[place].says for each in found),
            no=sum(words in each.verdicts[place].lacks for each in found),
            silent=sum(words in each.verdicts[place].silent for each in found),
        )
        for place, standard in enumerate(Standard)
        for words in _asked(found, place)
    )


def _asked(found: Sequence[Audited], place: int) -> Iterator[str]:
    """What the standard at this place asks for, in its own order; the same of every entry."""
    if found:
        yield from (words for words, _ in parts_of(found[0].service, tuple(Standard)[place]))


def asked(found: Sequence[Audited], standard: Standard) -> tuple[str, ...]:
    """What a standard asks for, in words; empty without entries."""
    return tuple(each.words for each in counts(found) if each.standard is standard)


def tally(found: Sequence[Audited], standard: Standard) -> Mapping[Meets, int]:
    """How many entries meet a standard, meet it partly, do not, and do not say."""
    all_found = [_of(each, standard).meets for each in found]
    return {each: all_found.count(each) for each in Meets}


def _of(audited: Audited, standard: Standard) -> Verdict:
    return next(each for each in audited.verdicts if each.standard is standard)


def sentences(found: Sequence[Audited]) -> tuple[str, ...]:
    """What is true of all entries together: a sentence a standard, then what no entry states.

    Empty without entries.
    """
    if not found:
        return ()
    return (*(_standard(found, standard) for standard in Standard), *_silences(found))


def _standard(found: Sequence[Audited], standard: Standard) -> str:
    said, all_entries = tally(found, standard), len(found)
    yes, partly, no, silent = (said[each] for each in Meets)
    start = (
        f"{standard}, {TITLES[standard]}: {yes} of {all_entries} {_services(all_entries)}"
        f" {_state(yes)}"
    )
    if standard is Standard.PLACE:
        # An entry that says no to one part and nothing to the others has not kept silent.
        none = no + silent
        return f"{start} all of it, {partly} part of it, {none} {_state(none)} none of it."
    return f"{start} it, {no} {_say(no)} no, {silent} {_do(silent)} not say."


def _silences(found: Sequence[Audited]) -> Iterator[str]:
    """What no entry states of a place: the plainest thing there is to ask about."""
    for each in counts(found):
        if not each.yes and each.standard is Standard.PLACE:
            yield (
                f"0 of {len(found)} {_services(len(found))} state: {each.words} "
                f"({each.no} {_say(each.no)} no, "
                f"{each.silent} {_do(each.silent)} not say)."
            )


def _services(count: int) -> str:
    return "service" if count == 1 else "services"


def _state(count: int) -> str:
    return "states" if count == 1 else "state"


def _say(count: int) -> str:
    return "says" if count == 1 else "say"


def _do(count: int) -> str:
    return "does" if count == 1 else "do"


def cautions(found: Sequence[Audited]) -> tuple[str, ...]:
    """What these numbers cannot tell, in sentences; to stand beside them wherever they stand."""
    no_place = sum(not each.service.places for each in found)
    online = sum(each.service.verified.how == "web_page" for each in found)
    said = [
        "'Not known' means that an entry does not say. It does not mean that the service lacks"
        " it: ask the service.",
        "'Meets' means that the entry states it. Nobody has visited to see.",
        f"{online} of {len(found)} entries were last checked on a web page only, and {_called(found)}"
        " by telephone or a visit.",
        f"{no_place} of {len(found)} entries name no place to go to, such as telephone lines; what"
        " 1a asks of a place can hardly be said of them.",
        "Nothing here tells how good a service is, or how safe a woman would feel there.",
        "Nothing about any woman is in these numbers. They come from the entries alone.",
    ]
    return tuple(said)


def _called(found: Sequence[Audited]) -> int:
    return sum(each.service.verified.how in {"phone", "visit"} for each in found)

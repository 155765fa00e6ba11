"""Typical women: three who ask for much, to see whether an entry would be found by them.

They are made up from what the study heard again and again, and are nobody. Their needs are ids of
`directory/needs.yaml`, asked for as the questions of the talk do it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.directory.asking import resolve
from bot.directory.explanation import explain, worth_telling
from bot.directory.index import Index
from bot.directory.matching import Found, Match, match
from bot.directory.model import Service
from bot.directory.schedules import LONDON
from bot.directory.traits import Trait, traits, year_before
from bot.needs import Needs

PAGE = 3  # as many as she sees at once
ALL_LINES = 100


@dataclass(frozen=True, slots=True)
class Woman:
    """One of them: who she is in a sentence, and what she asks for."""

    words: str
    must: frozenset[str]
    prefer: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()


TYPICAL = (
    Woman(
        "A mother of a toddler who drinks. She must see a woman, and needs someone to mind her"
        " child.",
        must=frozenset({"alcohol", "woman_worker", "creche"}),
        prefer=frozenset({"using_now", "school_hours", "clear_on_sharing"}),
    ),
    Woman(
        "A woman whose partner looks at her phone. The place must give nothing away, and she"
        " writes and does not ring.",
        must=frozenset({"discreet", "no_voice"}),
        prefer=frozenset({"domestic_abuse", "sees_you_alone", "online_group"}),
        tags=frozenset({"discreet"}),
    ),
    Woman(
        "A woman who uses heroin and has no right to benefits. She can come in the evening.",
        must=frozenset({"drugs"}),
        prefer=frozenset({"no_recourse", "evening", "using_now", "self_referral"}),
    ),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """Whether a woman would be shown an entry.

    `place` counts from 1; None: she would not be. `lines` says that it counts among the lines for
    the whole country. The rest are ids of needs; `turned_away` are those for which the entry says
    that it does not take her.
    """

    woman: Woman
    place: int | None
    lines: bool
    has: tuple[str, ...]
    lacks: tuple[str, ...]
    unknown: tuple[str, ...]
    turned_away: tuple[str, ...]
    old: bool  # not checked within a year: a fresher entry of its kinds takes its place


def sent(service: Service, woman: Woman, index: Index, at: datetime) -> Sent:
    """What becomes of one woman from the first council of the entry at a moment (aware).

    The entry must be in the index as it is, else she is not shown it.
    """
    council = next((each for each in service.councils if each in index.own), None)
    needs = Needs(woman.must, woman.prefer, tags=woman.tags, council=council)
    asked = resolve(needs, index.legend)
    since = year_before(at.astimezone(LONDON).date())
    mask = index.legend.mask(service, traits(service, since))
    has, lacks, unknown = explain(mask, worth_telling(mask, asked))
    closed = [term.id for term in asked.terms if term.no in asked.closed and mask >> term.no & 1]
    listed = _lines(needs, index, at) if service.national else _matches(needs, index, at)
    ids = [each.service.id for each in listed]
    return Sent(
        woman=woman,
        place=ids.index(service.id) + 1 if service.id in ids else None,
        lines=service.national,
        has=has,
        lacks=lacks,
        unknown=unknown,
        turned_away=tuple(closed),
        old=not mask >> index.legend.trait(Trait.FRESH) & 1,
    )


def _matches(needs: Needs, index: Index, at: datetime) -> Iterator[Match]:
    """Her whole list, page by page as she sees it."""
    found, skip = Found((), (), more=True), 0
    while found.more:
        found = match(needs, index, at, PAGE, skip)
        skip += PAGE
        yield from found.matches


def _lines(needs: Needs, index: Index, at: datetime) -> tuple[Match, ...]:
    """The lines for the whole country in the order in which they would be taken for her."""
    nowhere = Needs(needs.must, needs.prefer, tags=needs.tags)
    return match(nowhere, index, at, ALL_LINES).national

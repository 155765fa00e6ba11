"""What a service says yes and no to, as one whole number: a bit for each need and each trait."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import NamedTuple

from bot.directory.columns import union
from bot.directory.model import Service
from bot.directory.traits import ADULT, GROUP_KINDS, OPEN_TO_WOMEN, Trait
from bot.needs import HER_LANGUAGE, Clause, Need, Vocabulary


class Term(NamedTuple):
    """A need in the bits of a mask. Terms sort in the order of the vocabulary."""

    place: int  # in the vocabulary; no two are the same, so nothing below is ever compared
    yes: int  # the number of the bit "states yes"
    no: int
    id: str
    states_yes: int  # the same bits as masks
    states_no: int
    need: Need


@dataclass(frozen=True, slots=True)
class Legend:
    """Which bit of a mask stands for what.

    From the lowest: `size` bits "states yes", `size` bits "states no", one bit a trait. The first
    needs are those of the vocabulary in its order, then one a language for `her_language`.
    """

    size: int
    plain: Mapping[str, Term]  # by need
    spoken: Mapping[str | None, Mapping[str, Term]]  # by the language she chats in
    turning_away: frozenset[str]  # needs of a woman whom a stated no would turn away at the door
    belonging: frozenset[str]  # needs that say she belongs to a group
    said: "Said"
    several: tuple[tuple[int, int], ...]  # bits that together say no, and the bit of that no

    @property
    def width(self) -> int:
        """How many bits a mask has."""
        return 2 * self.size + len(Trait)

    def terms(self, language: str | None) -> Mapping[str, Term]:
        """All needs of a woman who chats in `language`, which no service need speak."""
        return self.spoken.get(language, self.plain)

    def trait(self, trait: Trait) -> int:
        """The bit of a trait."""
        return 2 * self.size + trait

    @property
    def barred(self) -> int:
        """The bits of services that are not open to every woman."""
        refusals = sum(self.plain[need].states_no for need in self.turning_away)
        return refusals | 1 << self.trait(Trait.CHILDREN_ONLY) | 1 << self.trait(Trait.GROUP)

    def mask(self, service: Service, traits: int) -> int:
        """All bits of one service. Where it states yes and no to a need, it is a yes.

        `traits` are the bits of its traits.
        """
        said = reduce(or_, map(self.said.__getitem__, service.facts.items()), 0)
        if (service.age_from or 0) >= ADULT:
            said |= self.said[_NOT_FOR_CHILDREN]
        all_needs = (1 << self.size) - 1
        yes, no = said & all_needs, said >> self.size & all_needs
        if said >> self.width:
            no |= sum(bit for together, bit in self.several if said & together == together)
        return yes | (no & ~yes) << self.size | traits << 2 * self.size


def legend(vocabulary: Vocabulary, services: Iterable[Service]) -> Legend:
    """The layout for a vocabulary and the languages that the services name."""
    needs = tuple(vocabulary.needs.values())
    spoken = tuple(_spoken(needs, services))
    bits = _Bits(len(needs) + len(spoken))
    plain = {need.id: bits.add(need, place) for place, need in enumerate(needs)}
    languages: dict[str | None, dict[str, Term]] = {}
    for need, language in spoken:
        place = plain[need.id].place
        languages.setdefault(language, dict(plain))[need.id] = bits.add(need, place)
    return Legend(
        size=bits.size,
        plain=plain,
        spoken=languages,
        turning_away=frozenset(need.id for need in needs if _turns_away(need)),
        belonging=frozenset(need.id for need in needs if _belongs(need)),
        said=Said(bits.single),
        several=tuple(bits.several),
    )


class Said(dict[tuple[str, frozenset[str]], int]):
    """The bits that a fact sets with all its values; worked out once for each combination."""

    def __init__(self, single: Mapping[tuple[str, str], int]) -> None:
        super().__init__()
        self.single = single

    def __missing__(self, stated: tuple[str, frozenset[str]]) -> int:
        fact, values = stated
        bits = self[stated] = union(self.single.get((fact, value), 0) for value in values)
        return bits


_NOT_FOR_CHILDREN = ("not_for", frozenset({"under_18"}))


class _Bits:
    """Hands out bits, and collects which of them a stated value sets."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.next = 0
        self.spare = 2 * size + len(Trait)  # above a mask: one a clause that cannot say no alone
        self.single: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.several: list[tuple[int, int]] = []

    def add(self, need: Need, place: int) -> Term:
        """Give a need its bits; `place` is its place in the vocabulary."""
        yes, self.next = self.next, self.next + 1
        for clause in need.met_by:
            self._set(clause, 1 << yes)
        if len(need.ruled_out_by) == 1:
            self._set(need.ruled_out_by[0], 1 << self.size + yes)
        elif need.ruled_out_by:
            together = sum(self._spare(clause) for clause in need.ruled_out_by)
            self.several.append((together, 1 << yes))
        no = self.size + yes
        return Term(place, yes, no, need.id, 1 << yes, 1 << no, need)

    def _spare(self, clause: Clause) -> int:
        bit = 1 << self.spare
        self.spare += 1
        self._set(clause, bit)
        return bit

    def _set(self, clause: Clause, bit: int) -> None:
        for value in clause.values:
            self.single[clause.fact, value] |= bit


def _spoken(needs: Iterable[Need], services: Iterable[Service]) -> Iterator[tuple[Need, str]]:
    """Each need about her language, once for every language that a service names."""
    hers = [need for need in needs if any(map(_of_hers, need.met_by))]
    facts = {clause.fact for need in hers for clause in need.met_by if _of_hers(clause)}
    named = {value for each in services for fact in facts for value in each.facts.get(fact, ())}
    for need in hers:
        for language in sorted(named):
            clauses = tuple(_in_language(clause, language) for clause in need.met_by)
            yield replace(need, met_by=clauses), language


def _of_hers(clause: Clause) -> bool:
    return HER_LANGUAGE in clause.values


def _in_language(clause: Clause, language: str) -> Clause:
    return replace(clause, values=clause.values | {language}) if _of_hers(clause) else clause


def _turns_away(need: Need) -> bool:
    """Whether a service that says no would turn her away; such a no is never relaxed."""
    return any(
        clause.fact == "not_for" or clause.fact.startswith("accepts.")
        for clause in need.ruled_out_by
    )


def _belongs(need: Need) -> bool:
    """Whether a woman who asks for it belongs to a group that some services are for."""
    return any(
        (clause.fact == "by_and_for")
        or (clause.fact == "who" and not clause.values <= OPEN_TO_WOMEN)
        or (clause.fact == "kind" and not clause.values.isdisjoint(GROUP_KINDS))
        for clause in need.met_by
    )

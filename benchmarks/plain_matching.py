"""The ranking of `bot.directory.matching` as a plain loop over sets, to compare it with.

Slow and short: every rule is one line of Python, so that a difference between the two is a
mistake in one of them. The reasons, national lines and pages are left out.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.directory.answering import Timetable, timetables
from bot.directory.asking import ALSO_HELP, UNSAFE_PLACE, USUAL, WAYS, WOMEN_ONLY, YOUNG
from bot.directory.companions import companions
from bot.directory.model import Service, Status
from bot.directory.places import Places
from bot.directory.traits import GROUP_KINDS, Trait, traits, year_before
from bot.needs import HER_LANGUAGE, LADDER, Clause, Need, Needs, Standing, Vocabulary

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plain:
    """Everything a loop needs, worked out once."""

    services: Sequence[Service]
    traits: Mapping[str, frozenset[Trait]]
    timetable: Callable[[Service], Timetable]
    companions: Mapping[str, frozenset[str]]
    vocabulary: Vocabulary
    places: Places


def prepare(
    services: Iterable[Service], vocabulary: Vocabulary, places: Places, today: date
) -> Plain:
    every = tuple(services)
    shown = [each for each in every if each.status is Status.ACTIVE and not each.national]
    found = {
        each.id: frozenset(
            trait for trait in Trait if traits(each, year_before(today)) >> trait & 1
        )
        for each in shown
    }
    return Plain(shown, found, timetables({}), companions(every), vocabulary, places)


def holds(clause: Clause, service: Service, language: str | None) -> bool:
    values = clause.values | {language or ""} if HER_LANGUAGE in clause.values else clause.values
    stated = service.facts.get(clause.fact, NOTHING)
    if clause.fact == "not_for" and (service.age_from or 0) >= 18:
        stated |= {"under_18"}
    return not stated.isdisjoint(values)


def says(need: Need, service: Service, language: str | None) -> bool | None:
    if any(holds(clause, service, language) for clause in need.met_by):
        return True
    ruled_out = all(holds(clause, service, None) for clause in need.ruled_out_by)
    return False if need.ruled_out_by and ruled_out else None


def plain_match(needs: Needs, plain: Plain, at: datetime, limit: int = 3) -> list[str]:
    """Ids of the best `limit` services that are no national lines, best first."""
    search = _Loop(needs, plain, at)
    near = set(plain.places.neighbours(needs.council or ""))
    own = [each for each in search.open if needs.council in each.councils]
    others = [
        each
        for each in search.open
        if needs.council not in each.councils and not each.must_live_there
    ]
    beside = [each for each in others if not near.isdisjoint(each.councils)]
    afar = [
        each
        for each in others
        if near.isdisjoint(each.councils) and Trait.REMOTE in plain.traits[each.id]
    ]
    stages = search.stages()
    steps = [([own], stages[0]), *(([own, beside, afar], stage) for stage in stages)]
    fitting: list[list[Service]] = []
    for parts, standing in steps:
        before = {each.id for part in fitting for each in part}
        fitting = [
            [each for each in part if each.id in before or search.fits(each, standing)]
            for part in parts
        ]
        if sum(map(len, fitting)) >= limit:
            break
    ranked = sorted(
        (search.broken(each), tier, search.key(each), each.id)
        for tier, part in enumerate(fitting)
        for each in part
    )
    ids = [id for *_, id in ranked]
    other = search.for_what_else(ids[:limit], own) if len(ids) >= limit > 1 else None
    return [*ids[: limit - 1], other] if other else ids[:limit]


class _Loop:
    def __init__(self, needs: Needs, plain: Plain, at: datetime) -> None:
        self.needs, self.plain, self.at = needs, plain, at
        known = plain.vocabulary.needs
        unsafe = {WOMEN_ONLY} if UNSAFE_PLACE in needs.tags else set()
        self.must = [known[id] for id in known if id in needs.must | unsafe]
        self.prefer = [known[id] for id in known if id in needs.prefer - needs.must - unsafe]
        self.avoid = [known[id] for id in known if id in needs.avoid]
        self.asked = [*self.must, *self.prefer]
        self.subject = [need for need in self.asked if need.rung == "kind"]
        self.open = self._old_left_out([each for each in plain.services if self._is_open(each)])

    def for_what_else(self, first: Sequence[str], own: Sequence[Service]) -> str | None:
        """The best of `own` for a kind of help or a group that none of `first` states."""
        known = self.plain.vocabulary.needs
        subject = self.subject or [known[id] for id in USUAL]
        shown = [each for each in self.open if each.id in first]
        unmet = [
            need
            for need in (*subject, *self._named())
            if not any(self.says(need, each) for each in shown)
        ]
        fitting = [
            (self.key(each), each.id)
            for each in own
            if self.fits(each, self.stages()[0]) and any(self.says(need, each) for need in unmet)
        ]
        return min(fitting)[1] if fitting else None

    def says(self, need: Need, service: Service) -> bool | None:
        return says(need, service, self.needs.language)

    def _is_open(self, service: Service) -> bool:
        hidden = {other for id in self.needs.hidden for other in self.plain.companions.get(id, ())}
        refusing = [
            need
            for need in self.asked
            if any(
                clause.fact.split(".")[0] in {"not_for", "accepts"} for clause in need.ruled_out_by
            )
        ]
        children = Trait.CHILDREN_ONLY in self.plain.traits[service.id]
        young = any(need.id == YOUNG for need in self.asked)
        return (
            service.id not in self.needs.hidden | hidden
            and all(self.says(need, service) is not False for need in refusing)
            and (young or not children)
        )

    def _old_left_out(self, services: list[Service]) -> list[Service]:
        def kinds(service: Service) -> set[str]:
            groups = (service.facts.get(fact, NOTHING) for fact in ("who", "by_and_for"))
            return set(service.kinds).union(*groups)

        own = [each for each in services if self.needs.council in each.councils]
        fresh = {each.id for each in own if Trait.FRESH in self.plain.traits[each.id]}
        covered = {kind for each in own if each.id in fresh for kind in kinds(each)}
        old = {
            each.id
            for each in own
            if each.id not in fresh and each.last_checked.on and kinds(each) <= covered
        }
        return [each for each in services if each.id not in old]

    def _refuses(self, need: Need, avoided: bool, service: Service) -> bool:
        return self.says(need, service) is avoided

    def stages(self) -> list[list[tuple[Need, bool]]]:
        known = self.plain.vocabulary.needs
        standing = [(need, False) for need in self.must] + [(need, True) for need in self.avoid]
        found = [standing]
        for rung in (*LADDER, None):
            leaving = [pair for pair in standing if pair[0].rung == rung and not self._firm(*pair)]
            weaker = [known[n.relaxes_to] for n, no in leaving if n.relaxes_to and not no]
            standing = [pair for pair in standing if pair not in leaving]
            standing += [(need, False) for need in weaker]
            if leaving:
                found.append(standing)
        return found

    def _firm(self, need: Need, avoided: bool) -> bool:
        unsafe = need.id == WOMEN_ONLY and UNSAFE_PLACE in self.needs.tags
        return not avoided and (unsafe or need.standing is Standing.SAFETY)

    def fits(self, service: Service, standing: Iterable[tuple[Need, bool]]) -> bool:
        return not any(self._refuses(*pair, service) for pair in standing)

    def broken(self, service: Service) -> int:
        return sum(self._refuses(*pair, service) for pair in self.stages()[0])

    def key(self, service: Service) -> tuple[object, ...]:
        marks = self.plain.traits[service.id]
        unknown = sum(self.says(need, service) is None for need in self.must)
        hub = any(need.id in ALSO_HELP for need in self.asked) and Trait.HUB in marks
        return (
            self._stranger(service),
            unknown,
            not self._reachable(service),
            not hub,
            not self._is_door(service),
            -self._wishes(service),
            Trait.SILENT in marks,
            Trait.OVERDUE in marks,
            Trait.FRESH not in marks,
            [True, None, False].index(self.plain.timetable(service).at(self.at).open),
            ["near", "close", None, "far", "away"].index(self._band(service)),
            zlib.crc32(service.id.encode()) * (2 * self.at.toordinal() + 1) * 0x9E3779B1 % 2**32,
        )

    def _is_door(self, service: Service) -> bool:
        known = self.plain.vocabulary.needs
        subject = self.subject or [known[id] for id in USUAL]
        meant = [*subject, *self._named()]
        door = Trait.DOOR in self.plain.traits[service.id]
        return door or any(self.says(need, service) for need in meant)

    def _named(self) -> list[Need]:
        """The needs she asked for that say she belongs to a group."""

        def names_group(clause: Clause) -> bool:
            return (
                clause.fact == "by_and_for"
                or (clause.fact == "who" and not clause.values <= {"women", "everyone", "parents"})
                or (clause.fact == "kind" and not GROUP_KINDS.isdisjoint(clause.values))
            )

        return [need for need in self.asked if any(map(names_group, need.met_by))]

    def _stranger(self, service: Service) -> bool:
        group = Trait.GROUP in self.plain.traits[service.id]
        return group and not any(says(need, service, None) for need in self._named())

    def _reachable(self, service: Service) -> bool:
        quiet = {"no_voice"} if "discreet" in self.needs.tags else set()
        asked = {need.id for need in self.asked} | quiet
        ways = [self.plain.vocabulary.needs[id] for id in WAYS & asked]
        if ways:
            return any(says(need, service, None) for need in ways)
        placed = any(place.outcode for place in service.places)
        far = placed and self._band(service) == "away"
        return not far or Trait.REMOTE in self.plain.traits[service.id]

    def _wishes(self, service: Service) -> int:
        known = self.plain.vocabulary.needs
        implied = {"no_voice"} if "discreet" in self.needs.tags else set()
        implied |= set() if self.subject else USUAL
        implied -= {need.id for need in self.prefer}
        weaker = [(n, known[n.relaxes_to]) for n in self.must if n.relaxes_to]
        return (
            sum(need.weight for need in self.prefer if self.says(need, service))
            + sum(bool(says(known[id], service, None)) for id in implied)
            + sum(
                self.says(need, service) is False and bool(self.says(other, service))
                for need, other in weaker
            )
        )

    def _band(self, service: Service) -> str | None:
        order = ["near", "close", None, "far", "away"]
        her = self.needs.outcode
        bands = {
            self.plain.places.distance_band(her, place.outcode)
            for place in service.places
            if her and place.outcode
        }
        return min(bands - {None}, key=order.index, default=None)

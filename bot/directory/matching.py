"""Needs in, services out: ranked, each with its reasons, and never nothing at all."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from bot.directory.asking import DANGER, Asked, resolve, stages
from bot.directory.blocks import Block, Row
from bot.directory.columns import union
from bot.directory.explanation import explain, worth_telling
from bot.directory.index import LEAST_LINES, Index
from bot.directory.model import Service
from bot.directory.places import Band
from bot.directory.ranking import Last, Near, Scope, Tier, best, compare, visible, without_old
from bot.directory.schedules import Openness
from bot.directory.traits import Trait
from bot.needs import LADDER, Needs

AREA = "area"  # the first step: councils beside hers, and help from afar
# What comes first among services that are even; None: not known.
_NEAREST: Mapping[Band | None, int] = {"near": 0, "close": 1, "far": 2, "away": 3, None: 4}
_BANDS: Mapping[Band | None, int] = {"near": 0, "close": 1, None: 2, "far": 3, "away": 4}
_RUNGS = (*LADDER, None)
_LOTS = 2**32
_MIX = 0x9E3779B1
_OPEN: Mapping[bool | None, int] = {True: 0, None: 1, False: 2}


@dataclass(frozen=True, slots=True)
class Match:
    """One service, and why. The ids of needs stand in the order of the vocabulary."""

    service: Service
    has: tuple[str, ...]
    lacks: tuple[str, ...]  # stated as no
    unknown: tuple[str, ...]  # to be asked
    against: tuple[str, ...]  # what she wants to avoid and this service states
    openness: Openness
    band: Band | None  # of its nearest place; None: not known
    tier: Tier
    stale: bool  # not checked within a year, or its source has no date


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that gave way so that something could be shown.

    `rung` is one of the ladder's, `area`, or None for what gives way last; `need` is None for
    `area`. `instead` is the weaker need that took its place.
    """

    rung: str | None
    need: str | None = None
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What to show.

    `matches` are services of her area and, when few fit, from beside it: at most `limit`, best
    first. `national` lines always follow. `crisis` is the line that stands on top, apart, when
    danger was named. `relaxed` says what gave way for the matches shown, in the ladder's order.
    """

    matches: tuple[Match, ...]
    national: tuple[Match, ...]
    crisis: Match | None = None
    relaxed: tuple[Step, ...] = ()
    more: bool = False  # whether there are matches after these
    no_treatment: bool = False  # no drug and alcohol treatment is known for her council
    outside: bool = False  # she lives in none of the councils we know


def match(needs: Needs, index: Index, at: datetime, limit: int = 3, skip: int = 0) -> Found:
    """Find what fits `needs` at a moment (aware): `limit` services after the first `skip`.

    Pages of one search need the same `at` and `limit`. Without a council or an outcode there are
    only national lines. Never raises.
    """
    councils = _councils(needs, index)
    search = _Search(
        index=index,
        asked=resolve(needs, index.legend),
        hidden=_hidden(needs, index),
        councils=councils,
        outcode=needs.outcode,
        at=at.astimezone(UTC),  # times of one zone compare ten times faster
        limit=limit,
    )
    local = list(islice(search.ordered(), skip, skip + limit + 1))
    crisis = search.crisis() if DANGER in needs.tags else None
    return Found(
        matches=tuple(search.match(row, tier) for tier, row in local[:limit]),
        national=search.national(max(LEAST_LINES, limit - len(local)), crisis),
        crisis=search.match(crisis, Tier.CRISIS) if crisis else None,
        relaxed=_steps(local[:limit], search.asked),
        more=len(local) > limit,
        no_treatment=bool(councils) and not search.treatment(),
        outside=not councils and bool(needs.council or needs.outcode),
    )


def _councils(needs: Needs, index: Index) -> tuple[str, ...]:
    """Where she may live; empty when she has not said, or lives outside."""
    if needs.council:
        return (needs.council,) if needs.council in index.own else ()
    return index.councils_of(needs.outcode) if needs.outcode else ()


def _hidden(needs: Needs, index: Index) -> frozenset[str]:
    """What she avoids, with everything at the same places."""
    if not needs.hidden:
        return needs.hidden
    beside = index.companions()
    return needs.hidden.union(*(beside.get(id, ()) for id in needs.hidden))


def _steps(shown: Sequence[tuple[Tier, Row]], asked: Asked) -> tuple[Step, ...]:
    stated = union(row.mask for _, row in shown)
    broken = [
        Step(each.term.need.rung, each.term.id, each.instead.id if each.instead else None)
        for each in asked.demands
        if not each.avoided and stated & each.term.states_no
    ]
    area = [Step(AREA)] if any(tier is not Tier.LOCAL for tier, _ in shown) else []
    return (*area, *sorted(broken, key=lambda step: _RUNGS.index(step.rung)))


@dataclass(frozen=True, slots=True)
class _Search:
    """One question to one index."""

    index: Index
    asked: Asked
    hidden: frozenset[str]
    councils: tuple[str, ...]
    outcode: str | None
    at: datetime
    limit: int

    def ordered(self) -> Iterator[tuple[Tier, Row]]:
        """As `local`, with a service for what else she named in the last of the first places.

        Harm prevented: services for drink alone would fill every place, and a woman who also said
        that she sells sex, or has no recourse, would never see the one that knows about it.
        """
        if not self.councils:
            return
        own = self._own()
        rest = self.local(own)
        first = list(islice(rest, self.limit))
        other = self._for_what_else(first, own)
        yield from first[:-1] if other else first
        if other:
            yield other
            yield first[-1]
        yield from (
            pair for pair in rest if other is None or pair[1].service is not other[1].service
        )

    def _for_what_else(
        self, first: Sequence[tuple[Tier, Row]], own: Scope
    ) -> tuple[Tier, Row] | None:
        """The best service of her area for a kind of help or a group that none of `first` states."""
        stated = union([row.mask for _, row in first])
        named = {*self.asked.subject, *self.asked.belonging}
        unmet = [bit for bit in named if not stated >> bit & 1]
        if not unmet or len(first) < max(self.limit, 2):
            return None
        rows = own.fitting(next(stages(self.asked.demands)))
        rows &= union([own.block.columns[bit] for bit in unmet])
        return next(best([(own, rows)], self._last()), None)

    def _own(self) -> Scope:
        home = self.index.home(self.councils)
        return self._scope(Tier.LOCAL, home, home.counted)

    def local(self, own: Scope) -> Iterator[tuple[Tier, Row]]:
        """Everything but national lines, best first, widening only as far as it is asked for.

        The first step that reaches `limit` comes as a whole, ordered by what is broken; what
        later steps add follows behind it, so that a further page never disturbs an earlier one.
        """
        given: dict[Tier, int] = {}
        so_far: dict[Tier, int] = {}
        fitting: list[tuple[Scope, int]] = []
        for step in self._steps(own):
            # A weaker need that takes a place may rule out what fitted before: that stays.
            fitting = [(scope, rows | so_far.get(scope.tier, 0)) for scope, rows in step]
            so_far = {scope.tier: rows for scope, rows in fitting}
            if given or sum(rows.bit_count() for _, rows in fitting) >= self.limit:
                new = [(scope, rows & ~given.get(scope.tier, 0)) for scope, rows in fitting]
                yield from best(new, self._last())
                given = {scope.tier: rows for scope, rows in fitting}
        if not given:
            yield from best(fitting, self._last())

    def _steps(self, own: Scope) -> Iterator[list[tuple[Scope, int]]]:
        """The rows that fit, scope by scope: her area alone, a wider one, and rung by rung."""
        scopes = [own]
        standing = next(stages(self.asked.demands))
        yield [(scope, scope.fitting(standing)) for scope in scopes]
        beside = self.index.beside(self.councils)
        scopes.append(self._scope(Tier.NEIGHBOUR, beside.around, beside.around.counted))
        scopes.append(self._scope(Tier.REMOTE, self.index.remote, beside.elsewhere))
        for standing in stages(self.asked.demands):
            yield [(scope, scope.fitting(standing)) for scope in scopes]

    def national(self, count: int, crisis: Row | None) -> tuple[Match, ...]:
        """At most `count` national entries besides `crisis`, a line to ring or text among them."""
        scope = self._national()
        rows = scope.rows & ~(1 << scope.block.where[crisis.service.id] if crisis else 0)
        first = [row for _, row in islice(best([(scope, rows)], self._last()), count)]
        lines = rows & scope.block.traits[Trait.LINE]
        if not any(lines >> scope.block.where[row.service.id] & 1 for row in first):
            first[-1:] = [row for _, row in islice(best([(scope, lines)], self._last()), 1)]
        return tuple(self.match(row, Tier.NATIONAL) for row in first)

    def crisis(self) -> Row | None:
        """The national line for abuse that answers day and night and fits her best."""
        scope = self._national()
        rows = scope.rows & scope.block.traits[Trait.ALARM]
        return next((row for _, row in best([(scope, rows)], self._last())), None)

    def treatment(self) -> bool:
        """Whether there is drug and alcohol treatment for her council, fitting or not."""
        home = self.index.home(self.councils)
        rows = home.counted & home.traits[Trait.TREATMENT]
        return bool(visible(home, rows, self.asked, self.hidden))

    def match(self, row: Row, tier: Tier) -> Match:
        """A row with its reasons."""
        has, lacks, unknown = explain(row.mask, worth_telling(row.mask, self.asked))
        return Match(
            service=row.service,
            has=has,
            lacks=lacks,
            unknown=unknown,
            against=explain(row.mask, self.asked.avoided).has if self.asked.avoided else (),
            openness=row.timetable.at(self.at),
            band=self._band(row),
            tier=tier,
            stale=not row.mask >> self.index.legend.trait(Trait.FRESH) & 1,
        )

    def _national(self) -> Scope:
        return self._scope(Tier.NATIONAL, self.index.national, self.index.national.counted)

    def _scope(self, tier: Tier, block: Block, rows: int) -> Scope:
        rows = without_old(block, visible(block, rows, self.asked, self.hidden))
        return compare(tier, block, rows, self.asked, self._near())

    def _last(self) -> Last:
        """Open now, then near, then by turns: no service is first every day."""
        at, band = self.at, self._band
        day = (2 * at.toordinal() + 1) * _MIX % _LOTS  # odd, and another one each day
        return lambda row: (
            _OPEN[row.timetable.at(at).open],
            _BANDS[band(row)],
            zlib.crc32(row.service.id.encode()) * day % _LOTS,
        )

    def _near(self) -> Near | None:
        her = self.outcode
        return (lambda outcode: self.index.band(her, outcode) != "away") if her else None

    def _band(self, row: Row) -> Band | None:
        """The band of the nearest place."""
        if self.outcode is None or not row.outcodes:
            return None
        bands = [self.index.band(self.outcode, outcode) for outcode in row.outcodes]
        return min(bands, key=_NEAREST.__getitem__)

"""The order of services: what may be shown, how much fits, and what comes first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import NamedTuple

from bot.directory.asking import Asked
from bot.directory.blocks import Block, Row
from bot.directory.columns import bits, equal, groups, tally, union
from bot.directory.traits import Trait


class Tier(StrEnum):
    """How a service comes to be shown."""

    LOCAL = "local"  # serves her council
    NEIGHBOUR = "neighbour"  # serves a council beside hers
    REMOTE = "remote"  # serves another, and she need not go there
    NATIONAL = "national"
    CRISIS = "crisis"  # the 24-hour line, apart


# Whether she can travel to an outcode; None in its place: where she is is not known.
Near = Callable[[str], bool]
# What decides between services that are even in all else; the smaller comes first.
Last = Callable[[Row], tuple[int, int, int]]


class Scope(NamedTuple):
    """The services of one tier that she may be shown, and how they compare."""

    tier: Tier
    block: Block
    rows: int
    breaking: Sequence[int]  # for each demand, the rows that break it
    order: Sequence[int]  # planes of everything else that ranks rows, highest first

    def fitting(self, standing: Iterable[int]) -> int:
        """The rows with none of the bits `standing`."""
        return self.rows & ~union([self.block.columns[bit] for bit in standing])


def visible(block: Block, rows: int, asked: Asked, hidden: AbstractSet[str]) -> int:
    """Those of `rows` that are open to her and not `hidden`."""
    # Hidden services leave here, before anything is counted or compared: no number, no empty
    # place and no sentence may tell somebody who reads along that she avoids one.
    away = union([1 << block.where[id] for id in hidden if id in block.where])
    return rows & ~away & ~union([block.columns[bit] for bit in asked.closed])


def without_old(block: Block, rows: int) -> int:
    """`rows` without those checked long ago whose every kind a fresher one of `rows` covers."""
    left = union([old for old, fresher in block.aging if not fresher & rows])
    return rows & ~(block.old & ~left)


def compare(tier: Tier, block: Block, rows: int, asked: Asked, near: Near | None) -> Scope:
    """Compare `rows` of a block."""
    columns = block.columns
    breaking = [columns[demand.breaks] for demand in asked.demands]
    order = _order(block, asked, near, doors=tier is not Tier.NATIONAL)
    if tier is Tier.NATIONAL:
        # A national line is there for one purpose: what it is about counts before how it helps,
        # and no door is nearer than another.
        subject = tally([(columns[bit], 1) for bit in asked.subject])
        broken = tally([(column, 1) for column in breaking])
        fewest = [rows & ~plane for plane in reversed(broken)]
        order = [*reversed(subject), *fewest, *order, block.traits[Trait.LINE]]
        breaking = []
    # Harm prevented: a line that nobody answers may cost her the one call she dares to make.
    heard = rows & ~block.traits[Trait.SILENT]
    return Scope(tier, block, rows, breaking, [*order, heard, block.traits[Trait.FRESH]])


def _order(block: Block, asked: Asked, near: Near | None, *, doors: bool) -> list[int]:
    """From what counts most to what counts least."""
    every = (1 << len(block.rows)) - 1
    return [
        _welcoming(block, asked, every),
        # The fewer are not known, the better.
        *(every ^ plane for plane in reversed(tally(_unknown(block, asked, every)))),
        _reachable(block, asked, near, every),
        *([block.traits[Trait.HUB]] if asked.hub_first else ()),
        *([_close(block, asked)] if doors else ()),
        *reversed(tally(_wishes(block, asked))),
    ]


def _unknown(block: Block, asked: Asked, every: int) -> list[tuple[int, int]]:
    """For each must: the rows that do not state it."""
    columns = block.columns
    return [
        (every ^ (columns[demand.term.yes] | columns[demand.breaks]), 1)
        for demand in asked.demands
        if not demand.avoided
    ]


def _welcoming(block: Block, asked: Asked, every: int) -> int:
    """The rows that are for every woman, or for a group she named."""
    named = union([block.columns[bit] for bit in asked.belonging])
    return every & ~block.traits[Trait.GROUP] | named


def _close(block: Block, asked: Asked) -> int:
    """The rows that say they help with what it is about, or are a good first door.

    A women's centre that does not mention drink is a better door than a centre for medical help
    after rape that does not mention it either.
    """
    meant = (*asked.subject, *asked.belonging)
    return union([block.columns[bit] for bit in meant]) | block.traits[Trait.DOOR]


def _reachable(block: Block, asked: Asked, near: Near | None, every: int) -> int:
    """The rows that can help her in the way she asks for; with no way asked: without a long way."""
    if asked.ways:
        return union(block.columns[bit] for bit in asked.ways)
    if near is None:
        return every
    placed = union(block.outcodes.values())
    close = union(rows for outcode, rows in block.outcodes.items() if near(outcode))
    return every & ~placed | close | block.traits[Trait.REMOTE]


def _wishes(block: Block, asked: Asked) -> list[tuple[int, int]]:
    """What a row has beyond the musts; where one is refused, the weaker need in its place."""
    columns = block.columns
    return [
        *[(columns[bit], weight) for bit, weight in asked.wishes],
        *[
            (columns[demand.breaks] & columns[demand.instead.yes], 1)
            for demand in asked.replaceable
            if demand.instead
        ],
    ]


def best(parts: Sequence[tuple[Scope, int]], last: Last) -> Iterator[tuple[Tier, Row]]:
    """The rows of all parts, best first: by broken demands, then part by part.

    Lazy: a tie is only settled, by `last`, when it is reached.
    """
    for scope, rows in parts:
        yield from _ranked(scope, rows & ~union(scope.breaking), last)
    most = max(len(scope.breaking) for scope, _ in parts)
    counted = [
        (each, rows, tally((column, 1) for column in each.breaking)) for each, rows in parts
    ]
    for number in range(1, most + 1):
        for scope, rows, broken in counted:
            yield from _ranked(scope, equal(rows, broken, number), last)


def _ranked(scope: Scope, rows: int, last: Last) -> Iterator[tuple[Tier, Row]]:
    for tied in groups(rows, scope.order):
        found = [scope.block.rows[number] for number in bits(tied)]
        for row in sorted(found, key=last) if len(found) > 1 else found:
            yield scope.tier, row

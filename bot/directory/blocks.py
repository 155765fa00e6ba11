"""Services side by side in columns of bits."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from bot.directory.answering import Timetable
from bot.directory.columns import transpose, union
from bot.directory.model import Service
from bot.directory.traits import Trait


class Row(NamedTuple):
    """A service, and what comparing it needs."""

    service: Service
    mask: int
    timetable: Timetable
    outcodes: tuple[str, ...]  # of its places


class Numbers(Mapping[str, int]):
    """The number of each service's row, by the service's id; rows stand in the order of ids.

    It looks them up where they stand: a dict of each block took a tenth of the index's memory.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def __getitem__(self, id: str) -> int:
        number = bisect_left(self._rows, id, key=_id)
        if number == len(self._rows) or _id(self._rows[number]) != id:
            raise KeyError(id)
        return number

    def __iter__(self) -> Iterator[str]:
        return map(_id, self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _id(row: Row) -> str:
    return row.service.id


@dataclass(frozen=True, slots=True)
class Block:
    """Bit i of a column speaks of `rows[i]`."""

    rows: tuple[Row, ...]
    counted: int  # the rows that count: a service of two councils may stand here twice
    columns: tuple[int, ...]  # one a bit of the masks
    traits: tuple[int, ...]  # the last of them, one a `Trait`
    where: Mapping[str, int]  # service id → the number of its row that counts
    outcodes: Mapping[str, int]  # outcode → the rows with a place there, for rows one goes to
    old: int = 0  # rows last checked more than a year ago
    aging: tuple[tuple[int, int], ...] = ()  # by kind: old rows of it, and fresher ones


def block(rows: Iterable[Row], width: int, *, afar: bool = False) -> Block:
    """Rows, each service once, in the order of ids; their masks are `width` bits wide.

    `afar`: nobody has to go to any of them, so where their places are is left out.
    """
    rows = tuple(sorted(rows, key=_id))
    columns = transpose([row.mask for row in rows], width)
    return Block(
        rows=rows,
        counted=(1 << len(rows)) - 1,
        columns=columns,
        traits=columns[-len(Trait) :],
        where=Numbers(rows),
        outcodes={} if afar else _outcodes(rows),
    )


def join(blocks: Sequence[Block], width: int, counts: Callable[[Service], bool]) -> Block:
    """Blocks one behind the other; a service counts once, and only when `counts` says so."""
    columns, outcodes = [0] * width, dict[str, int]()
    start = 0
    for each in blocks:
        columns = [low | high << start for low, high in zip(columns, each.columns, strict=True)]
        for outcode, there in each.outcodes.items():
            outcodes[outcode] = outcodes.get(outcode, 0) | there << start
        start += len(each.rows)
    rows = tuple(row for each in blocks for row in each.rows)
    where = {row.service.id: number for number, row in enumerate(rows) if counts(row.service)}
    counted = _numbers(where.values())
    return Block(rows, counted, tuple(columns), tuple(columns[-len(Trait) :]), where, outcodes)


def with_aging(own: Block) -> Block:
    """The block of one council, knowing which of its rows fresher ones could stand in for.

    An entry whose source has no date is never called old. A service for a group of women is only
    ever replaced by one for the same group.
    """
    fresh = own.traits[Trait.FRESH]
    old: dict[str, int] = {}
    fresher: dict[str, int] = {}
    for number, row in enumerate(own.rows):
        if fresh >> number & 1 or row.service.last_checked.on is not None:
            of_age = fresher if fresh >> number & 1 else old
            facts = row.service.facts
            groups = facts.get("who", _NOBODY), facts.get("by_and_for", _NOBODY)
            for kind in _kinds(row.service.kinds, *groups):
                of_age[kind] = of_age.get(kind, 0) | 1 << number
    aging = tuple((rows, fresher.get(kind, 0)) for kind, rows in old.items())
    return replace(own, aging=aging, old=union(old.values()))


_NOBODY: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def _kinds(kinds: tuple[str, ...], *groups: frozenset[str]) -> frozenset[str]:
    return frozenset(kinds).union(*groups)


def _outcodes(rows: Iterable[Row]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for number, row in enumerate(rows):
        for outcode in row.outcodes:
            found[outcode] = found.get(outcode, 0) | 1 << number
    return found


def _numbers(numbers: Iterable[int]) -> int:
    """A column with these rows set."""
    column = 0
    for number in numbers:
        column |= 1 << number
    return column

"""The active services, laid out by area so that one question asks all of them at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.directory.answering import timetables
from bot.directory.blocks import Block, Row, block, join, with_aging
from bot.directory.columns import union
from bot.directory.companions import companions
from bot.directory.masks import Legend, legend
from bot.directory.model import Service, Status
from bot.directory.places import Band, Places
from bot.directory.schedules import SchoolYear
from bot.directory.traits import Trait, traits, year_before
from bot.exceptions import DataError
from bot.needs import Vocabulary
from bot.problems import Problem

LEAST_LINES = 2  # national lines open to every woman, so that no search comes back empty


@dataclass(frozen=True, slots=True)
class Beside:
    """What a woman may be shown when her own council has too little."""

    around: Block  # services of neighbouring councils
    elsewhere: int  # rows of the remote block that serve neither hers nor a neighbouring one


@dataclass(frozen=True, slots=True)
class Index:
    """A directory ready for `match`; it never changes.

    The functions answer from the data of the build. What only some searches need is worked out
    when it is first asked for, and kept.
    """

    legend: Legend
    own: Mapping[str, Block]  # by council
    remote: Block  # local services that a woman from elsewhere can use without travelling
    national: Block
    home: Callable[[tuple[str, ...]], Block]  # for one council or more, all known
    beside: Callable[[tuple[str, ...]], Beside]  # for the same
    companions: Callable[[], Mapping[str, frozenset[str]]]  # see `companions.companions`
    band: Callable[[str, str], Band | None]  # of two outcodes
    councils_of: Callable[[str], tuple[str, ...]]  # of an outcode


def build(
    services: Iterable[Service],
    vocabulary: Vocabulary,
    places: Places,
    today: date,
    schools: Mapping[str, SchoolYear] | None = None,
) -> Index:
    """Lay out the active services; everything else is left out for good.

    `today` decides what is stale, so a new day needs a new index. `schools` are the school years
    by council. Raises DataError when fewer than two national lines are open to every woman.
    """
    every = tuple(services)
    active = sorted(filter(may_be_shown, every), key=lambda service: service.id)
    layout = legend(vocabulary, active)
    rows = _rows(active, layout, year_before(today), schools or {})
    national = [row for row in rows if row.service.national]
    _check_lines(national, layout)
    local = [row for row in rows if not row.service.national]
    remote = block([row for row in local if _from_afar(row, layout)], layout.width, afar=True)
    ground = _Ground(layout.width, places, _own(local, layout, places), remote, _serving(remote))
    return Index(
        legend=layout,
        own=ground.own,
        remote=remote,
        national=block(national, layout.width),
        home=lru_cache(maxsize=1024)(ground.home),
        beside=lru_cache(maxsize=1024)(ground.beside),
        companions=lru_cache(maxsize=1)(lambda: companions(every)),
        band=lru_cache(maxsize=65536)(places.distance_band),
        councils_of=lru_cache(maxsize=4096)(places.councils_of),
    )


def all_near(index: Index, council: str) -> tuple[Service, ...]:
    """The active services of a council by name; empty for a council we do not know."""
    found = (row.service for row in index.own[council].rows) if council in index.own else ()
    return tuple(sorted(found, key=lambda service: (service.name.casefold(), service.id)))


def may_be_shown(service: Service) -> bool:
    """Whether a search may ever show the entry.

    Drafts may be wrong, and a closed door may cost her the one safe chance she has. The emergency
    services stand on a card of their own, and men's services would turn her away.
    """
    return (
        service.status is Status.ACTIVE
        and "emergency" not in service.kinds
        and "men" not in service.facts.get("who", ())
    )


def _rows(
    services: Iterable[Service], layout: Legend, since: str, schools: Mapping[str, SchoolYear]
) -> list[Row]:
    timetable = timetables(schools)
    places: dict[tuple[str, ...], tuple[str, ...]] = {}  # one tuple for all that are equal
    return [
        Row(
            service=each,
            mask=layout.mask(each, traits(each, since)),
            timetable=timetable(each),
            outcodes=places.setdefault(codes := _outcodes(each), codes),
        )
        for each in services
    ]


def _outcodes(service: Service) -> tuple[str, ...]:
    return tuple([place.outcode for place in service.places if place.outcode])


def _check_lines(national: Iterable[Row], layout: Legend) -> None:
    line = 1 << layout.trait(Trait.LINE)
    if sum(row.mask & (line | layout.barred) == line for row in national) < LEAST_LINES:
        why = "fewer than two national lines are active and open to every woman; verify one more"
        problem = Problem("directory/services", 1, 1, "error", why, "too-few-helplines")
        raise DataError([problem])


def _own(rows: Iterable[Row], layout: Legend, places: Places) -> Mapping[str, Block]:
    found: dict[str, list[Row]] = {council: [] for council in places.councils}
    for row in rows:
        for council in row.service.councils:
            if council in found:
                found[council].append(row)
    blocks = {council: block(rows, layout.width) for council, rows in found.items()}
    return {council: with_aging(own) for council, own in blocks.items()}


def _from_afar(row: Row, layout: Legend) -> bool:
    remote = bool(row.mask >> layout.trait(Trait.REMOTE) & 1)
    return remote and not row.service.must_live_there


def _serving(remote: Block) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for number, row in enumerate(remote.rows):
        for council in row.service.councils:
            found[council] = found.get(council, 0) | 1 << number
    return found


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the blocks of an area are made of."""

    width: int
    places: Places
    own: Mapping[str, Block]
    remote: Block
    serving: Mapping[str, int]  # council → rows of the remote block

    def home(self, councils: tuple[str, ...]) -> Block:
        if len(councils) == 1:
            return self.own[councils[0]]
        return self._join(councils, lambda service: True)

    def beside(self, councils: tuple[str, ...]) -> Beside:
        near = {other for council in councils for other in self.places.neighbours(council)}
        near = (near - set(councils)) & self.own.keys()
        at_home = frozenset(self.home(councils).where)
        around = self._join(
            sorted(near), lambda each: not each.must_live_there and each.id not in at_home
        )
        served = union(self.serving.get(council, 0) for council in near.union(councils))
        return Beside(around, self.remote.counted & ~served)

    def _join(self, councils: Iterable[str], counts: Callable[[Service], bool]) -> Block:
        return join([self.own[council] for council in councils], self.width, counts)

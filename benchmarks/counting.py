"""What counting costs: working out what a turn adds, adding it, noise, and a flush to the disk.

    python -m benchmarks.counting

Most turns add nothing. The fullest adds one to each table but the reports, and two needs. The
ratio is to the plainest counting there is, a `Counter` of the standard library with the same cells
and the day, without periods, limits or a lock. Medians of the rounds. The study allows 5 µs a turn.
"""

import asyncio
import secrets
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from statistics import median

from bot import app
from bot.conversation.counting import Counting, Listed, added
from bot.conversation.folding import fold
from bot.conversation.messages import Act, Incoming, Start, Typed
from bot.conversation.turns import Turns
from bot.counting.noise import laplace
from bot.counting.pending import Pending
from bot.counting.tables import CHANNELS, NOT_SAID, OUTCOMES, Cell
from bot.directory.matching import match
from bot.sessions.memory import MemoryStore
from bot.sessions.model import Session, unpack
from bot.settings import Settings

ROUNDS, TIMES = 31, 20_000
FLUSHES = 31
DAY = date(2026, 11, 26)
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
ONE = (Cell("outcome", "telegram.signposted"),)
FULLEST = (
    *ONE, Cell("language", "ur"), Cell("council", "walsall"), Cell("need", "childcare"),
    Cell("need", "women-only"), Cell("unmet-council", "walsall"), Cell("link", "3fQz9x"),
)  # fmt: skip


def main() -> None:
    """Measure and print."""
    for name, cells in (("nothing", ()), ("one cell", ONE), ("all seven", FULLEST)):
        ours = _microseconds(partial(Pending().add, cells, DAY))
        theirs = _microseconds(partial(_plainly, Counter(), cells))
        print(f"a turn that adds {name}: {ours:.2f} µs, {ours / theirs:.1f} times a Counter")
    _worked_out()
    for scale in (1, 3, 6):
        drawn = _microseconds(partial(laplace, Fraction(scale), secrets.randbelow), TIMES // 20)
        print(f"a number of noise at scale {scale}: {drawn:.0f} µs")
    _flushes()


def _plainly(counts: Counter[tuple[Cell, date]], cells: tuple[Cell, ...]) -> None:
    counts.update([(cell, DAY) for cell in cells])


def _worked_out() -> None:
    """What each turn of a talk adds, from the first card to a list, and again at that list."""
    taken: list[Sequence[Cell]] = []
    world, store = app.make_turns(Settings(), lambda: NOON).world, MemoryStore(lambda: 0.0)
    counting = Counting("web", taken.append, lambda _: 0)
    turns = Turns(world, store, lambda: NOON, counting=counting)

    def act(act: Act) -> Session:
        asyncio.run(turns.take(Incoming("key", act)))
        stored = asyncio.run(store.load("key"))
        session = unpack(stored.data) if stored else None
        assert session is not None
        return session

    asked = act(Start("en"))
    answered = act(Typed("1"))
    act(Typed("Birmingham"))
    listed = act(Typed("1"))
    assert len(taken) == 2
    plan = world.material.plan
    needs = fold(plan, listed)
    found = Listed(needs, match(needs, world.index, NOON), "services", "birmingham")
    cases: tuple[tuple[str, Session, Listed | None], ...] = (
        ("the first answer", answered._replace(counted=()), None),
        ("a question in between", answered, None),
        ("the first card", asked, None),
        ("a first list", listed._replace(counted=("l",)), found),
        ("a list that stands again", listed, found),
    )
    for name, session, shown in cases:
        cost = _microseconds(partial(added, plan, session, shown, "", counting))
        print(f"to work out what {name} adds: {cost:.2f} µs")


def _microseconds(work: Callable[[], object], times: int = TIMES) -> float:
    """Of one call, the median of the rounds."""
    found = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for _ in range(times):
            work()
        found.append((time.perf_counter() - begin) / times * 1e6)
    return median(found)


def _flushes() -> None:
    """The files born, and a day added to them, in the folder for temporary files."""
    rows = _rows()
    with tempfile.TemporaryDirectory() as folder:
        pending, begin = Pending(), time.perf_counter()
        assert pending.flush(Path(folder), rows, DAY, secrets.randbelow)
        birth, days = time.perf_counter() - begin, []
        for _ in range(FLUSHES):
            pending.add(FULLEST, DAY)
            begin = time.perf_counter()
            assert pending.flush(Path(folder), rows, DAY, secrets.randbelow)
            days.append(time.perf_counter() - begin)
    count = sum(map(len, rows.values()))
    print(f"{count} rows born in {birth * 1e3:.0f} ms, a day added in {median(days) * 1e3:.1f} ms")


def _rows() -> dict[str, list[str]]:
    """As many rows as the shipped data has, and 200 links."""
    data = app.read_data(app.folders(Settings()))
    councils = [*data.places.councils, NOT_SAID]
    languages = sorted(path.parent.name for path in data.folders.locales.glob("*/LC_MESSAGES"))
    return {
        "outcome": [f"{channel}.{outcome}" for channel in CHANNELS for outcome in OUTCOMES],
        "language": ["en", *languages],
        "council": councils,
        "need": list(data.vocabulary.needs),
        "unmet-council": councils,
        "link": [f"link-{number}" for number in range(200)],
        "wrong": [service.id for service in data.services],
    }


if __name__ == "__main__":
    main()

"""What serving from a snapshot costs: to load 1,000 entries, and to swap a directory under talks.

    python -m benchmarks.snapshot

The shipped entries, several times over. "Held up" is how long the loop of a server waits at the
most while a thread beside it takes the files as they are now, and how long the swap itself takes.
Figures are medians of the rounds.
"""

import asyncio
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

from bot import app
from bot.conversation.turns import Turns
from bot.directory.snapshot import pack, unpack
from bot.serving.checked import read_world
from bot.serving.running import clock
from bot.sessions.memory import MemoryStore
from bot.settings import Settings

ENTRIES = 1000
ROUNDS = 9


def main() -> None:
    """Measure and print."""
    shipped = app.read_data(app.folders(Settings())).services
    many = [
        replace(shipped[number % len(shipped)], id=f"entry-{number}") for number in range(ENTRIES)
    ]
    data = pack(many)
    times = [_seconds(data) for _ in range(ROUNDS)]
    print(f"{ENTRIES} entries, {len(data) / 1e6:.1f} MB: loaded in {median(times):.3f} s")
    with tempfile.TemporaryDirectory() as folder:
        read_world(Settings(), Path(folder))
        held, swap = asyncio.run(_swapped(Path(folder)))
    print(
        f"the shipped files again: the loop held up {held * 1e3:.1f} ms, the swap {swap * 1e6:.1f} µs"
    )


def _seconds(data: bytes) -> float:
    begin = time.perf_counter()
    assert unpack(data) is not None
    return time.perf_counter() - begin


async def _swapped(folder: Path) -> tuple[float, float]:
    """The longest wait of the loop, and the swap; medians."""
    turns = Turns(read_world(Settings(), folder), MemoryStore(time.monotonic), clock)
    held, swaps = [], []
    for _ in range(ROUNDS):
        reading = asyncio.create_task(asyncio.to_thread(read_world, Settings(), folder))
        longest = 0.0
        while not reading.done():
            begin = time.perf_counter()
            await asyncio.sleep(0)
            longest = max(longest, time.perf_counter() - begin)
        world = reading.result()
        begin = time.perf_counter()
        turns.world = world
        swaps.append(time.perf_counter() - begin)
        held.append(longest)
    return median(held), median(swaps)


if __name__ == "__main__":
    main()

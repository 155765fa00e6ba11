"""Memory and open files: a bot that is talked to for long does not grow.

An hour at 50 taps a second in `make soak`; a few seconds, as fast as it goes, in `make test`.
"""

import asyncio
import statistics
import sys
from pathlib import Path

import pytest

from bot import app
from bot.settings import Settings
from tests.flood.flooding import resident
from tests.telegram.crowd import Tally, Walker
from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.running import WIDE, Served, eventually

PEOPLE = 20
MOST_GROWTH = 0.05

# Seconds before it is looked at, seconds of looking, seconds that each person rests after a tap,
# connections that may still come: in the first minute one to Telegram for each person at once.
RUNS = [
    pytest.param(8, 15, 0.0, PEOPLE, id="short"),
    pytest.param(300, 3600, 0.36, 0, id="hour", marks=pytest.mark.soak),
]


def open_files(process):
    """How many files and connections the process has open."""
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


@pytest.mark.parametrize(("warming", "seconds", "rest", "more"), RUNS)
async def test_memory_stays_as_it_is(data, tmp_path, capsys, warming, seconds, rest, more):
    world = app.build_world(data, Settings(), app.today())
    tally, stop, held, files = Tally(), asyncio.Event(), [], []
    async with (
        FakeTelegram(keep_calls=100) as fake,
        Served(fake, tmp_path, program=WIDE) as served,
    ):
        assert await eventually(served.serving, 60)
        walks = [
            asyncio.create_task(Walker(fake.person(n), world, n, tally, rest).walk(stop))
            for n in range(1, PEOPLE + 1)
        ]
        await asyncio.sleep(warming)
        for _ in range(50):
            held.append(resident(served.process))
            files.append(open_files(served.process.pid))
            await asyncio.sleep(seconds / 50)
            if tally.wrong:
                break
        stop.set()
        await asyncio.gather(*walks)
    first, last = statistics.median(held[:10]), statistics.median(held[-10:])
    with capsys.disabled():
        taps = tally.taps / (warming + seconds)
        sys.stdout.write(
            f"{taps:.0f} taps/s, {first} to {last} kB, {last / first - 1:+.2%},"
            f" open files {max(files[:10])} to {statistics.median(files[-10:])}\n"
        )
    assert tally.wrong == []
    assert last < first * (1 + MOST_GROWTH)
    assert statistics.median(files[-10:]) <= max(files[:10]) + more

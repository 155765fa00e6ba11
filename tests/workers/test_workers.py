"""Three workers behind nginx over one Redis: killed one after the other under a crowd.

No tap is lost, none is applied twice, nobody is stuck, and at the end each chat has one card.
`make test` ends a worker eight times, `make soak` 500 times with 20,000 taps.
"""

import asyncio
import random
import statistics
import sys
from dataclasses import dataclass

import pytest

from bot import app
from bot.settings import Settings
from tests.telegram.crowd import Tally, Walker
from tests.telegram.fakeapi.faults import Faults
from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.running import eventually
from tests.workers.balanced import Balanced

WORKERS = 3
PEOPLE = 20
FAULTS = ("too_many", "server_error", "bad_gateway", "reset_before", "reset_after", "duplicate")


@dataclass(frozen=True)
class Run:
    """How often a worker ends, how much is tapped, and what else goes wrong."""

    kills: int
    taps: int
    rate: float = 0.0
    polite: bool = False


async def end_workers_under_a_crowd(world, folder, run, seed=1):
    """End one worker after the other while people tap; the tally, the fake and what was said."""
    tally, stop = Tally(), asyncio.Event()
    chance = random.Random(seed)  # noqa: S311
    faults = Faults(seed, run.rate, FAULTS, spare=("getMe", "setWebhook"))
    async with (
        FakeTelegram(script=faults, keep_calls=1000, retry_pace=0.1) as fake,
        Balanced(fake, folder, WORKERS) as balanced,
    ):
        people = [fake.person(7_000_000_000 + n) for n in range(PEOPLE)]
        walks = [
            asyncio.create_task(Walker(person, world, seed + n, tally).walk(stop))
            for n, person in enumerate(people)
        ]
        while not tally.wrong and (tally.ends < run.kills or tally.taps < run.taps):
            worker = chance.choice(balanced.workers)
            assert await eventually(worker.serving, 30), worker.log()
            # It has served for a moment: else a slow machine ends all three as soon as they start,
            # and people find nobody for longer than any tap may take.
            await asyncio.sleep(chance.uniform(0.1, 1.0))
            if tally.ends < run.kills:
                tally.ends += 1
                await asyncio.to_thread(worker.stop if run.polite else worker.kill)
                worker.start()
        stop.set()
        await asyncio.gather(*walks)
        for worker in balanced.workers:
            await asyncio.to_thread(worker.stop)
        said = balanced.said()
    return tally, fake, said


def report(tally, fake):
    slow = sorted(tally.seconds)
    return (
        f"{WORKERS} workers: {tally.ends} ends, {tally.taps} taps, {tally.talks} talks,"
        f" wrong {len(tally.wrong)}, median {statistics.median(slow):.3f} s,"
        f" worst {slow[-1]:.2f} s, faults {sum(fake.faults.counts.values())}\n"
    )


RUNS = [
    pytest.param(Run(6, 300), id="killed"),
    pytest.param(Run(2, 200, 0.1, polite=True), id="new-versions-with-faults"),
    pytest.param(Run(500, 20_000), id="killed-long", marks=pytest.mark.soak),
    pytest.param(Run(500, 20_000, 0.1), id="killed-with-faults-long", marks=pytest.mark.soak),
]


@pytest.fixture(scope="module")
def world_today(data):
    """As the workers build it when they start: what is shown depends on the day."""
    return app.build_world(data, Settings(), app.today())


@pytest.mark.parametrize("run", RUNS)
async def test_no_tap_is_lost_or_applied_twice(world_today, tmp_path, capsys, run):
    tally, fake, said = await end_workers_under_a_crowd(world_today, tmp_path, run)
    with capsys.disabled():
        sys.stdout.write(report(tally, fake))
    assert tally.wrong == [], f"{tally.wrong[0]}\n{said}"
    assert {violation.rule for violation in fake.chats.violations} <= {"unprompted"}

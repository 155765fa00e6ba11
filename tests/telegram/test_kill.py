"""Killed again and again under a crowd: no tap is lost, none is applied twice.

`make test` ends it 23 times, `make soak` 500 times with 20,000 taps, with and without faults of
Telegram.
"""

import asyncio
import random
import shutil
import statistics
import sys
from dataclasses import dataclass

import pytest

from bot import app
from bot.settings import Settings
from tests.recorded import record
from tests.telegram.crowd import Tally, Walker
from tests.telegram.fakeapi.faults import OF_UPDATES, Faults
from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.running import ROOT, WIDE, Served, eventually

PEOPLE = 20
STILL_STARTING = 0.1  # of the ends come so early
FAULTS = ("too_many", "server_error", "bad_gateway", "reset_before", "reset_after", "garbled")


@dataclass(frozen=True)
class Run:
    """How often the bot ends, how much is tapped, and what else goes wrong."""

    kills: int
    taps: int
    rate: float = 0.0
    kinds: tuple[str, ...] = FAULTS
    mode: str = "polling"
    polite: bool = False  # it is asked to end, as for a new version
    heard: bool = False  # every text was read aloud, and people listen


async def end_under_a_crowd(world, folder, run, seed=1):
    """End the bot again and again while people tap; the tally and the fake."""
    tally, stop = Tally(), asyncio.Event()
    chance = random.Random(seed)  # noqa: S311
    faults = Faults(seed, run.rate, run.kinds, spare=("getMe", "getUpdates", "setWebhook"))
    async with FakeTelegram(script=faults, keep_calls=1000, retry_pace=0.1) as fake:
        own = {"LINNET_DATA": str(folder)} if run.heard else {}
        served = Served(fake, folder, run.mode, program=WIDE, **own)
        served.start()
        people = [fake.person(7_000_000_000 + n) for n in range(PEOPLE)]
        walks = [
            asyncio.create_task(Walker(person, world, seed + n, tally).walk(stop))
            for n, person in enumerate(people)
        ]
        while not tally.wrong and (tally.ends < run.kills or tally.taps < run.taps):
            await _some_time(served, chance)
            if tally.ends < run.kills:
                tally.ends += 1
                await asyncio.to_thread(served.stop if run.polite else served.kill)
                served.start()
        stop.set()
        await asyncio.gather(*walks)
        served.stop()
    return tally, fake


async def _some_time(served, chance):
    """Mostly until it serves and a little longer; now and then it ends while it still starts.

    A fixed time would, on a busy machine, never let it serve at all.
    """
    if chance.random() > STILL_STARTING:
        await eventually(served.serving, 30)
    await asyncio.sleep(chance.uniform(0.05, 1.0))


def report(tally, fake):
    slow = sorted(tally.seconds)
    return (
        f"{tally.ends} ends, {tally.taps} taps, {tally.talks} talks, wrong {len(tally.wrong)},"
        f" median {statistics.median(slow):.3f} s, worst {slow[-1]:.2f} s,"
        f" faults {sum(fake.faults.counts.values())}\n"
    )


RUNS = [
    pytest.param(Run(11, 400), id="killed"),
    pytest.param(Run(6, 200, 0.1, heard=True), id="killed-with-faults"),
    pytest.param(Run(3, 200, 0.1, OF_UPDATES, "webhook"), id="killed-out-of-order"),
    pytest.param(Run(60, 3_000, heard=True), id="killed-while-listening", marks=pytest.mark.soak),
    pytest.param(Run(500, 20_000), id="killed-long", marks=pytest.mark.soak),
    pytest.param(Run(500, 20_000, 0.1), id="killed-with-faults-long", marks=pytest.mark.soak),
    pytest.param(
        Run(200, 10_000, 0.1, OF_UPDATES, "webhook"),
        id="killed-out-of-order-long",
        marks=pytest.mark.soak,
    ),
]


@pytest.fixture(scope="module")
def world_today(data):
    """As the bot builds it when it starts: what is shown depends on the day."""
    return app.build_world(data, Settings(), app.today())


def read_aloud(folder):
    """The world of today with everything read aloud, from a folder that the bot reads too."""
    shutil.copytree(ROOT / "locales", folder / "locales")
    record(app.read_data(app.folders(Settings())), folder / "locales")
    data = app.read_data(app.folders(Settings(data=folder)))
    return app.build_world(data, Settings(data=folder), app.today())


@pytest.mark.parametrize("run", RUNS)
async def test_no_tap_is_lost_or_applied_twice(world_today, tmp_path, capsys, run):
    await nothing_is_lost(world_today, tmp_path, capsys, run)


async def test_fault_43_new_versions_under_load_lose_nothing(world_today, tmp_path, capsys):
    """Each takes over the sealed sessions, the keys and the updates of the one before."""
    await nothing_is_lost(world_today, tmp_path, capsys, Run(3, 200, polite=True))


async def nothing_is_lost(world_today, tmp_path, capsys, run):
    """End the bot as `run` says, and see that every screen came to be right."""
    world = read_aloud(tmp_path) if run.heard else world_today
    tally, fake = await end_under_a_crowd(world, tmp_path, run)
    with capsys.disabled():
        sys.stdout.write(report(tally, fake))
    assert tally.wrong == [], f"{tally.wrong[0]}\n{(tmp_path / 'said.txt').read_text()[-2000:]}"
    assert {violation.rule for violation in fake.chats.violations} <= {"unprompted"}
    voices = sum("voice" in message.extra for message in fake.chats.messages.values())
    assert bool(voices) == run.heard

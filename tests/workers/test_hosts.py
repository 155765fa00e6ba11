"""Three workers on hosts of their own, over Redis on another: cables are pulled under a crowd.

What a worker sent before it was cut off may arrive after others went on; what was sent to it is
lost without a word. No tap is lost, none is applied twice, nobody is stuck. Words that are typed
while the store cannot be reached are answered by urgent help and are not taken later
(`docs/reliability.md`), so people type and begin only while every cable is in.
"""

import asyncio
import random
import socket
import statistics
import sys
import time
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
import pytest

from bot import app
from bot.settings import Settings
from tests.chaos.crowd import Gate, HeldWalker
from tests.sessions.servers import until
from tests.telegram.crowd import Tally, Walker
from tests.telegram.fakeapi.server import FakeTelegram
from tests.workers.balanced import Balanced, on_a_host
from tests.workers.hosts import Hosts

WORKERS = 3
PEOPLE = 12


@dataclass(frozen=True)
class Run:
    """How often a cable is pulled, and how much is tapped."""

    pulls: int
    taps: int


def walker(person, world, seed, tally, gate):
    made = Presser(person, world, seed, tally)
    made.gate = gate
    return made


class Presser(HeldWalker):
    """One person who presses whatever happens, and types and begins while the gate is open."""

    async def _one(self):
        if not self.tally.wrong:
            await Walker._one(self)

    async def _begin(self):
        async with self.gate.passing():
            await super()._begin()

    async def _type(self, words):
        async with self.gate.passing():
            await super()._type(words)


async def ready(balanced):
    """Every worker says that it reaches the store."""
    async with aiohttp.ClientSession() as session:
        for address in balanced.addresses:
            try:
                async with session.get(f"{address}/readyz") as answer:
                    if answer.status != HTTPStatus.OK:
                        return False
            except aiohttp.ClientError:
                return False  # a host that was away for seconds is looked for anew first
    return True


async def all_ready(balanced):
    """Wait until it is so: a worker that met a fault asks the store again only after a while."""
    end = time.monotonic() + 30
    while not await ready(balanced):
        assert time.monotonic() < end, balanced.said()
        await asyncio.sleep(0.1)


async def pull_cables_under_a_crowd(world, folder, run, seed=1):
    """Pull one cable after the other, Redis' too, while people tap; the tally and what was said."""
    tally, stop, gate = Tally(), asyncio.Event(), Gate()
    chance = random.Random(seed)  # noqa: S311
    with Hosts(WORKERS + 1) as hosts:
        async with (
            FakeTelegram(keep_calls=1000, retry_pace=0.1, host=hosts.address) as fake,
            Balanced(fake, folder, WORKERS, hosts) as balanced,
        ):
            people = [fake.person(7_000_000_000 + n) for n in range(PEOPLE)]
            walks = [
                asyncio.create_task(walker(person, world, seed + n, tally, gate).walk(stop))
                for n, person in enumerate(people)
            ]
            while not tally.wrong and (tally.ends < run.pulls or tally.taps < run.taps):
                await asyncio.sleep(chance.uniform(0.5, 1.5))
                if tally.ends < run.pulls:
                    tally.ends += 1
                    host = chance.choice(hosts.all)
                    async with gate.shut():
                        host.pull()
                        await asyncio.sleep(chance.uniform(0.2, 3.0))
                        host.plug()
                        await all_ready(balanced)
            stop.set()
            await asyncio.gather(*walks)
            for worker in balanced.workers:
                await asyncio.to_thread(worker.stop)
            return tally, fake, balanced.said()


RUNS = [
    pytest.param(Run(4, 200), id="short"),
    pytest.param(Run(200, 10_000), id="long", marks=pytest.mark.soak),
]


@pytest.mark.parametrize("run", RUNS)
async def test_no_tap_is_lost_where_hosts_are_cut_off(data, tmp_path, capsys, run):
    world = app.build_world(data, Settings(), app.today())
    tally, fake, said = await pull_cables_under_a_crowd(world, tmp_path, run)
    slow = sorted(tally.seconds)
    with capsys.disabled():
        sys.stdout.write(
            f"{WORKERS} hosts: {tally.ends} cables pulled, {tally.taps} taps, {tally.talks} talks,"
            f" wrong {len(tally.wrong)}, median {statistics.median(slow):.3f} s,"
            f" worst {slow[-1]:.2f} s\n"
        )
    assert tally.wrong == [], f"{tally.wrong[0]}\n{said}"
    assert {violation.rule for violation in fake.chats.violations} <= {"unprompted"}


def test_a_host_is_reached_only_while_its_cable_is_in():
    """Nothing is refused: what is sent to it is lost, as on a net."""
    with Hosts(1) as hosts:
        (host,) = hosts.all
        server = on_a_host(host)
        try:
            server.start()
            assert b"PONG" in server.ask("PING")
            host.pull()
            with pytest.raises(TimeoutError):
                socket.create_connection((host.address, server.port), 0.5)
            host.plug()
            until(lambda: b"PONG" in server.ask("PING"))
        finally:
            server.close()

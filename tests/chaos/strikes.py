"""Strikes: the faults of a run of chaos. Each is done to a scene, lasts a while and ends."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.chaos.blackhole import Way
from tests.chaos.filling import filled
from tests.chaos.scene import Scene
from tests.chaos.shifting import within_the_day
from tests.chaos.spoiling import replaced
from tests.chaos.stopping import pause
from tests.telegram.fakeapi.chats import Message
from tests.telegram.fakeapi.people import Person
from tests.telegram.running import eventually

WITNESS = 7_900_000_000
SHIFTS = (-3600, -600, 600, 3600)  # seconds
NO_FLOW = b"flow: ["


@dataclass(frozen=True, slots=True)
class Strike:
    """One kind of fault. `do` returns when it has ended; `seconds` is how long it may last."""

    name: str
    do: Callable[[Scene, random.Random, float], Awaitable[None]]


async def _kill(on: Scene, chance: random.Random, seconds: float) -> None:
    """Now and then also while it still starts."""
    for _ in range(chance.choice((1, 1, 1, 2))):
        on.tally.ends += 1
        await asyncio.to_thread(on.served.kill)
        on.served.start()
    await on.serves()


async def _pause(on: Scene, chance: random.Random, seconds: float) -> None:
    assert on.served.process is not None
    await pause(on.served.process, chance.uniform(0.5, seconds))


@asynccontextmanager
async def _holed(on: Scene, way: Way) -> AsyncIterator[None]:
    on.hole.turn(way)
    try:
        yield
    finally:
        on.hole.turn(Way.OPEN)


def _hole(way: Way) -> Callable[[Scene, random.Random, float], Awaitable[None]]:
    async def strike(on: Scene, chance: random.Random, seconds: float) -> None:
        async with _holed(on, way):
            await asyncio.sleep(chance.uniform(0.5, seconds))

    return strike


async def _kill_in_a_hole(on: Scene, chance: random.Random, seconds: float) -> None:
    async with _holed(on, chance.choice((Way.REFUSED, Way.HELD_BEFORE, Way.HELD_AFTER))):
        await asyncio.sleep(chance.uniform(0.1, seconds / 2))
        on.tally.ends += 1
        await asyncio.to_thread(on.served.kill)
        on.served.start()
        await asyncio.sleep(chance.uniform(0.1, seconds * 2))


async def _full_disk(on: Scene, chance: random.Random, seconds: float) -> None:
    """Answers cannot be kept meanwhile, so the crowd stands still and one more person asks for help.

    She has to get it, and to be able to wipe; with room again she begins as usual.
    """
    person = on.fake.person(WITNESS)
    async with on.gate.shut():
        await person.start("l-en")
        assert await eventually(lambda: person.card), "no first card"
        with filled(on.served.store):
            await person.press(_card(person).id, "Urgent help")
            assert await eventually(lambda: "999" in _card(person).text), "no urgent help"
            await asyncio.sleep(chance.uniform(0.1, seconds))
            await person.press(_card(person).id, "Leave and wipe")
            assert await eventually(lambda: not person.visible), "her chat was not emptied"


async def _broken_data(on: Scene, chance: random.Random, seconds: float) -> None:
    """A flow that cannot be read is saved, and the program told to read; then the good one again."""
    path = chance.choice(sorted((on.data / "flows").glob("*.yaml")))
    refused, taken = on.served.events("data-refused"), on.served.events("data-taken")
    with replaced(path, NO_FLOW):
        _hang_up(on)
        await on.wrote("data-refused", refused)
        await asyncio.sleep(chance.uniform(0.1, seconds))
    _hang_up(on)
    await on.wrote("data-taken", taken)


def _card(person: Person) -> Message:
    """The card she sees. Raises AssertionError where there is none."""
    assert person.card is not None, "her card is gone"
    return person.card


def _hang_up(on: Scene) -> None:
    assert on.served.process is not None
    on.served.process.send_signal(signal.SIGHUP)


async def _shifted_clock(on: Scene, chance: random.Random, seconds: float) -> None:
    """Nobody taps while the time jumps, because what is right at a moment depends on it."""
    shift = within_the_day(on.clock.now(), chance.choice(SHIFTS))
    async with on.gate.shut():
        on.clock.move(shift)
    await asyncio.sleep(chance.uniform(0.1, seconds))
    async with on.gate.shut():
        on.clock.move(0)


def strikes(on: Scene) -> Iterator[Strike]:
    """Those that can be done here; without root there is no small disk, for example."""
    yield Strike("killed", _kill)
    yield Strike("paused", _pause)
    for way in (Way.REFUSED, Way.HELD_BEFORE, Way.HELD_AFTER, Way.CUT):
        yield Strike(f"Telegram {way.value}", _hole(way))
    yield Strike("killed while Telegram is away", _kill_in_a_hole)
    yield Strike("data that cannot be read", _broken_data)
    yield Strike("clock shifted", _shifted_clock)
    if on.small_disk:
        yield Strike("disk full", _full_disk)

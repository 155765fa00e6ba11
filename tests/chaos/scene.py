"""The scene: `linnet serve` on a small disk, behind a black hole, with a clock that can be shifted."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bot.conversation.acting import World
from tests.chaos.blackhole import BlackHole
from tests.chaos.crowd import Gate, HeldWalker
from tests.chaos.filling import disk_of_its_own
from tests.chaos.shifting import ShiftedClock
from tests.telegram.crowd import Tally
from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.running import ROOT, Served, eventually

DISK = "6m"  # room for the snapshot of the directory, the ballast and the talks of a crowd
STARTS = 60.0  # seconds until a start has failed, on a busy machine


@dataclass
class Scene:
    """Everything that a fault may be done to, and the people who go on through it."""

    fake: FakeTelegram
    served: Served
    hole: BlackHole
    data: Path
    small_disk: bool
    clock: ShiftedClock
    gate: Gate = field(default_factory=Gate)
    tally: Tally = field(default_factory=Tally)

    def now(self) -> float:
        """The time of day of the program, in seconds since 1970."""
        return self.clock.now().timestamp()

    async def serves(self) -> None:
        """Wait until it serves. Raises AssertionError where it does not come to that."""
        assert await eventually(self.served.serving, STARTS), self.served.log()[-2000:]

    async def wrote(self, event: str, before: int) -> None:
        """Wait until it wrote an event more than `before` times. Raises AssertionError."""
        found = await eventually(lambda: self.served.events(event) > before, STARTS)
        assert found, (event, self.served.log()[-2000:])


@asynccontextmanager
async def scene(folder: Path) -> AsyncIterator[Scene]:
    """A scene that serves; the program is killed at the end."""
    data = folder / "data"
    for name in ("flows", "directory", "locales"):
        shutil.copytree(ROOT / name, data / name)
    clock = ShiftedClock(folder / "clock")
    async with AsyncExitStack() as end:
        small = end.enter_context(disk_of_its_own(folder / "runtime", DISK))
        fake = await end.enter_async_context(FakeTelegram(keep_calls=1000))
        hole = await end.enter_async_context(BlackHole(urlsplit(fake.base).port or 0))
        served = Served(
            fake,
            folder,
            program=clock.program,
            LINNET_DATA=str(data),
            LINNET_TELEGRAM_API=f"http://127.0.0.1:{hole.port}/bot",
            **clock.environment,
        )
        end.callback(served.kill)
        served.start()
        set_up = Scene(fake, served, hole, data, small, clock)
        await set_up.serves()
        yield set_up


@asynccontextmanager
async def crowded(on: Scene, world: World, people: int, seed: int) -> AsyncIterator[None]:
    """So many people who tap meanwhile; at the end each finishes what she began."""
    stop = asyncio.Event()
    walks = []
    for number in range(people):
        person = on.fake.person(7_000_000_000 + number)
        walker = HeldWalker(person, world, seed + number, on.tally, clock=on.now)
        walker.gate = on.gate
        walks.append(asyncio.create_task(walker.walk(stop)))
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*walks)

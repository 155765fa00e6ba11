"""A run of chaos: a crowd taps, and one fault after another strikes, as a seed says."""

import asyncio
import itertools
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.conversation.acting import World
from tests.chaos.scene import Scene, crowded, scene
from tests.chaos.strikes import Strike, strikes
from tests.telegram.crowd import Tally
from tests.telegram.fakeapi.chats import Violation


@dataclass(frozen=True, slots=True)
class Length:
    """How long a run is. With no minutes, every kind of fault strikes once.

    `lasts` is the longest a fault lasts, `between` the longest time from one to the next, in seconds.
    """

    people: int = 6
    lasts: float = 1.0
    between: float = 0.2
    minutes: float = 0.0


@dataclass(slots=True)
class Outcome:
    """What a run brought. `recoveries` are seconds until every screen was right again, by fault."""

    seed: int
    tally: Tally
    recoveries: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    violations: Sequence[Violation] = ()

    @property
    def worst(self) -> float:
        """The longest recovery."""
        return max(itertools.chain(*self.recoveries.values()))


async def run(world: World, folder: Path, length: Length, seed: int) -> Outcome:
    """A run in an empty folder. What went wrong stands in the tally of the outcome."""
    chance = random.Random(seed)  # noqa: S311  # the same seed gives the same schedule
    async with scene(folder) as on:
        outcome = Outcome(seed, on.tally)
        async with crowded(on, world, length.people, seed):
            for strike in _schedule(list(strikes(on)), chance, length):
                await asyncio.sleep(chance.uniform(0, length.between))
                await strike.do(on, chance, length.lasts)
                outcome.recoveries[strike.name].append(await _recovered(on))
                if on.tally.wrong:
                    break
        outcome.violations = on.fake.chats.violations
        on.served.stop()
    return outcome


def _schedule(every: list[Strike], chance: random.Random, length: Length) -> Iterator[Strike]:
    """Each once in some order; with minutes again and again until they are over."""
    clock = asyncio.get_running_loop().time
    end = clock() + length.minutes * 60
    while True:
        chance.shuffle(every)
        for strike in every:
            yield strike
            if length.minutes and clock() > end:
                return
        if not length.minutes:
            return


async def _recovered(on: Scene) -> float:
    """Seconds from the end of a fault until the screen of everybody was right."""
    clock = asyncio.get_running_loop().time
    began = clock()
    await asyncio.sleep(0.05)  # who was held still begins something
    async with on.gate.shut():
        return clock() - began

"""A flood: very many new talks in a short time, beside people who talk as people do."""

import asyncio
import math
import os
import statistics
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.channels import buttons
from bot.conversation.messages import Button, Word

HONEST = 20
CALLING = 20  # one in so many of those who flood calls for help
MOST_GROWTH = 64 * 1024  # kilobytes, whatever the flood
URGENT = "In danger now? Ring 999."  # how the card of urgent help begins
SOON = 1.0  # seconds, for 95 of 100 taps of honest people


@dataclass(frozen=True)
class Flood:
    """`sessions` new talks in `seconds`. Honest people rest for `rest` seconds between two taps.

    `timed`: their time counts; otherwise it is only printed.
    """

    sessions: int
    seconds: float
    rest: float
    timed: bool = False

    def calls(self, number: int) -> bool:
        """Whether this one of them calls for help."""
        return number % CALLING == 0

    @property
    def calling(self) -> int:
        """How many of them call for help."""
        return math.ceil(self.sessions / CALLING)

    async def pour(self, one: Callable[[int], Awaitable[None]]) -> None:
        """Let one after the other begin, evenly over the time, and wait for all."""
        clock = asyncio.get_running_loop().time
        began, tasks = clock(), []
        for number in range(self.sessions):
            ahead = began + number * self.seconds / self.sessions - clock()
            await asyncio.sleep(max(ahead, 0))
            tasks.append(asyncio.ensure_future(one(number)))
        await asyncio.gather(*tasks)


# No rest is so short that an honest person would be held back.
FLOODS = [
    pytest.param(Flood(1_000, 5, 0.6), id="short"),
    pytest.param(Flood(20_000, 60, 2.5, timed=True), id="long", marks=pytest.mark.soak),
]


@dataclass
class Told:
    """What came of a flood. `seconds` are those of the taps of honest people."""

    taken: int = 0
    refused: int = 0
    helped: int = 0
    tries: int = 0  # of the newcomer who needed most
    seconds: list[float] = field(default_factory=list)
    before: int = 0  # kilobytes of memory
    after: int = 0

    @property
    def p95(self) -> float:
        """Seconds in which 95 of 100 taps of honest people had their effect."""
        return sorted(self.seconds)[math.ceil(0.95 * len(self.seconds)) - 1]

    def write(self, name: str, flood: Flood) -> None:
        """Print the figures, with the load of the machine beside them."""
        load = os.getloadavg()[0]
        sys.stdout.write(
            f"{name}: {flood.sessions} new talks in {flood.seconds:g} s, {self.taken} taken,"
            f" {self.refused} refused, help for {self.helped} of {flood.calling};"
            f" a newcomer needed {self.tries} tries at most; honest people: {len(self.seconds)}"
            f" taps, median {statistics.median(self.seconds):.3f} s, p95 {self.p95:.3f} s;"
            f" memory {self.before} to {self.after} kB; load {load:.1f}\n"
        )

    def check(self, flood: Flood) -> None:
        """Help for all who called, memory within its bound, and time where it counts."""
        assert self.helped == flood.calling
        assert self.after - self.before < MOST_GROWTH
        if flood.timed:  # a busy machine takes them so slowly that there is room for all
            assert self.refused > 0
            assert self.p95 < SOON


def stays(data: str, codes: Mapping[str, str]) -> bool:
    """Whether who presses a button with this data is in her talk afterwards, in any language."""
    match buttons.pressed(data, codes).act:
        case Word("leave") | Button(values=("done",)):  # a choice of the shipped flows
            return False
    return True


def resident(process: subprocess.Popen[bytes] | None) -> int:
    """Kilobytes of memory that a process holds."""
    assert process is not None
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])

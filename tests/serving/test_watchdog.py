"""The watchdog: how late it is, told every second; by more than one it is a stall (fault 37)."""

import asyncio
import time

import pytest

from bot.serving.health import Health
from bot.serving.watchdog import STALL_SECONDS, watch_lateness


class Slow:
    """A clock and a sleep that takes longer than it was asked for, as the list says."""

    def __init__(self, late):
        self.seconds, self.late = 50.0, list(late)

    def now(self):
        return self.seconds

    async def sleep(self, seconds):
        if not self.late:
            raise asyncio.CancelledError
        self.seconds += seconds + self.late.pop(0)


async def watched(*late):
    """(what `late` was told, how often `stalled` was told) of looks that come so late."""
    slow, told, stalls = Slow(late), [], []
    with pytest.raises(asyncio.CancelledError):
        await watch_lateness(slow.now, slow.sleep, told.append, lambda: stalls.append(1))
    return [round(seconds, 6) for seconds in told], len(stalls)


async def test_lateness_is_told_every_second():
    assert await watched(0, 0.25, 0.5) == ([0, 0.25, 0.5], 0)


async def test_what_comes_early_is_not_late():
    assert await watched(-0.5) == ([0], 0)


async def test_more_than_a_second_is_a_stall_and_an_event(caplog):
    assert await watched(STALL_SECONDS, STALL_SECONDS + 0.01, 0) == ([1.0, 1.01, 0], 1)
    assert caplog.messages == ["loop-stalled"]


async def test_a_program_that_stood_still_says_so_afterwards():
    """The real loop, held up as a slow disk would."""
    health = Health(time.monotonic)
    task = asyncio.create_task(
        watch_lateness(time.monotonic, asyncio.sleep, lambda _: None, health.stalled)
    )
    await asyncio.sleep(0)
    time.sleep(2.2)  # noqa: ASYNC251  # that is the fault
    await asyncio.sleep(0.05)
    task.cancel()
    assert health.page() == "degraded\nloop stalled"

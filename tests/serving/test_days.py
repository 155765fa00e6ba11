"""Days: the files are read once on each new day, whatever came of it the day before."""

import asyncio
from datetime import date

import pytest

from bot.serving.days import each_day

FIRST, SECOND, THIRD = (date(2026, 11, day) for day in (23, 24, 25))


async def read_on(*days, fault=None):
    """How often files were read on days that are found one after the other."""
    left, over, reads = list(days), asyncio.Event(), []

    def today():
        if len(left) == 1:
            over.set()
        return left.pop(0) if len(left) > 1 else left[0]

    async def read():
        reads.append(1)
        if fault:
            raise fault

    task = asyncio.create_task(each_day(today, read, 0))
    await asyncio.wait_for(over.wait(), 5)
    await asyncio.sleep(0.01)
    assert not task.done()
    task.cancel()
    return len(reads)


@pytest.mark.parametrize(
    ("days", "times"),
    [((FIRST, FIRST), 0), ((FIRST, SECOND, SECOND), 1), ((FIRST, FIRST, SECOND, THIRD), 2)],
)
async def test_files_are_read_once_a_new_day(days, times):
    assert await read_on(*days) == times


async def test_what_could_not_be_read_one_day_is_read_the_next(caplog):
    assert await read_on(FIRST, SECOND, THIRD, fault=OSError("Canary")) == 2
    assert caplog.messages == ["loop-fault OSError"] * 2

"""The figures of a run as people read them, the crowd's gate, and a clock that stays in its day."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from tests.chaos.crowd import Gate
from tests.chaos.figures import block, table
from tests.chaos.running import Outcome
from tests.chaos.shifting import ShiftedClock, within_the_day
from tests.telegram.crowd import Tally


def test_a_fault_has_a_row_with_median_and_worst():
    rows = table({"paused": [3.0, 1.0, 2.0], "killed": [0.26]}).splitlines()[2:]
    assert rows == ["| killed | 1 | 0.3 | 0.3 |", "| paused | 3 | 2.0 | 3.0 |"]


def test_the_block_names_day_seed_and_what_was_lost():
    tally = Tally(taps=7, talks=2, wrong=["her card is gone"], seconds=[1.0, 2.0, 9.0])
    said = block(Outcome(5, tally, {"killed": [1.0]}), date(2026, 11, 26), 5, 12)
    for words in (
        "2026-11-26",
        "Seed 5;",
        "7 taps",
        "stuck: 1.",
        "2.00 seconds",
        "| killed | 1 |",
    ):
        assert words in said


async def test_a_shut_gate_waits_for_who_is_in_it_and_holds_the_others():
    gate, went, go_on = Gate(), [], asyncio.Event()

    async def act(name, until):
        async with gate.passing():
            await until.wait()
            went.append(name)

    first = asyncio.create_task(act("first", go_on))
    await asyncio.sleep(0)
    shut = asyncio.create_task(gate.shut().__aenter__())
    await asyncio.sleep(0)
    second = asyncio.create_task(act("second", go_on))
    await asyncio.sleep(0)
    assert not shut.done()
    go_on.set()
    await asyncio.gather(first, shut)
    assert went == ["first"]
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)


@pytest.mark.parametrize(
    ("hour", "asked", "shift"), [(12, 3600, 3600), (23, 3600, -3600), (0, -3600, 3600)]
)
def test_a_shift_never_leaves_the_day(hour, asked, shift):
    assert within_the_day(datetime(2026, 11, 26, hour, 30, tzinfo=UTC), asked) == shift


def test_a_shifted_clock_tells_the_program_by_a_file(tmp_path):
    clock = ShiftedClock(tmp_path / "clock")
    clock.move(-600)
    assert (tmp_path / "clock").read_text() == "-600"
    assert clock.environment == {"SHIFTED_CLOCK": str(tmp_path / "clock")}

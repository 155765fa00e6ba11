"""Polling: nothing is confirmed before it is kept, and nothing but a rival ends it."""

import asyncio

import pytest

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.polling import (
    FIRST_PAUSE,
    FULL,
    LONG_POLL,
    LONGEST_FOR_ONE,
    LONGEST_PAUSE,
    NEWCOMER_SECONDS,
    REVOKED_PAUSE,
    Polling,
)
from tests.channels.telegram.fakes import HER, Clock, FakeApi, Wired, message, quiet


class Taking:
    """An intake that takes down what it is given, and keeps it when the gate is open."""

    def __init__(self):
        self.given, self.kept = [], []
        self.later = []  # updates that are to come again
        self.gate = asyncio.Event()
        self.gate.set()

    async def take(self, update):
        self.given.append(update)
        await self.gate.wait()
        if update in self.later:
            return True
        self.kept.append(update)
        return False


class Stage:
    """A polling over fakes."""

    def __init__(self):
        self.api, self.intake, self.clock = FakeApi(), Taking(), Clock()
        self.polling = Polling(self.api, self.intake, self.clock, self.clock.sleep)

    def begin(self):
        self.task = asyncio.create_task(self.polling.run())

    async def end(self):
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


@pytest.fixture
async def stage():
    stage = Stage()
    yield stage
    if hasattr(stage, "task"):
        await stage.end()


def updates(*numbers):
    return [{"update_id": number} for number in numbers]


# ---- confirming


async def test_the_first_poll_confirms_nothing(stage):
    stage.begin()
    await quiet()
    assert stage.api.asked_after == [None]


async def test_what_is_kept_is_confirmed_by_the_next_poll(stage):
    stage.api.batches.extend([updates(7, 8), updates(9)])
    stage.begin()
    await quiet()
    assert stage.intake.kept == updates(7, 8, 9)
    assert stage.api.asked_after == [None, 8, 9]


async def test_nothing_is_asked_for_before_the_last_of_a_batch_is_kept(stage):
    stage.api.batches.append(updates(7, 8))
    stage.intake.gate.clear()
    stage.begin()
    await quiet()
    assert stage.api.asked_after == [None]
    stage.intake.gate.set()
    await quiet()
    assert stage.api.asked_after == [None, 8]


async def test_a_batch_that_was_cut_short_is_asked_for_again(stage):
    stage.api.batches.append(updates(7, 8))
    stage.intake.gate.clear()
    stage.begin()
    await quiet()
    await stage.end()
    assert stage.polling.confirmed is None
    stage.begin()
    await quiet()
    assert stage.api.asked_after == [None, None]


async def test_an_empty_batch_confirms_what_was_confirmed(stage):
    stage.api.batches.extend([updates(7), [], []])
    stage.begin()
    await quiet()
    assert stage.api.asked_after == [None, 7, 7, 7]


async def test_a_batch_out_of_order_is_confirmed_whole(stage):
    stage.api.batches.append(updates(9, 7, 8))
    stage.begin()
    await quiet()
    assert stage.api.asked_after == [None, 9]


async def test_what_is_to_come_again_is_not_confirmed_nor_what_stands_behind_it(stage):
    stage.intake.later = updates(8)
    stage.api.batches.append(updates(9, 7, 8))
    await stage.polling.once()
    assert stage.polling.confirmed == 7
    stage.intake.later = []
    stage.api.batches.append(updates(8, 9))
    await stage.polling.once()
    assert stage.polling.confirmed == 9


async def test_there_is_a_longer_pause_each_time_before_it_comes_again(stage):
    stage.intake.later = updates(7)
    stage.api.batches.extend([updates(7)] * 3)
    stage.begin()
    await quiet()
    assert stage.api.asked_after == [None]
    await stage.clock.move(FIRST_PAUSE)
    assert stage.api.asked_after == [None, None]
    await stage.clock.move(FIRST_PAUSE)
    assert stage.api.asked_after == [None, None]
    await stage.clock.move(FIRST_PAUSE)
    assert stage.api.asked_after == [None, None, None]


async def test_a_full_batch_is_confirmed_because_others_wait_behind_it(stage):
    stage.intake.later = updates(1)
    stage.api.batches.append(updates(*range(1, FULL + 1)))
    await stage.polling.once()
    assert stage.polling.confirmed == FULL


@pytest.mark.parametrize(
    "malformed", [{"update_id": 8, "message": 5}, {"update_id": 8, "callback_query": []}]
)
async def test_a_malformed_update_is_confirmed_and_skipped(world, moment, malformed):
    wired = Wired(world, moment)
    polling = Polling(wired.api, wired.intake, wired.clock, wired.clock.sleep)
    start = {"update_id": 7, "message": message(wired.api.wrote(), text="/start")}
    wired.api.batches.append([start, malformed])
    await polling.once()
    await quiet()
    assert polling.confirmed == 8
    assert len(wired.api.cards(HER)) == 1


@pytest.mark.parametrize("update", [None, [], "x", {}, {"update_id": "8"}])
async def test_what_has_no_number_keeps_nothing_from_being_confirmed(stage, update):
    stage.api.batches.append([*updates(7), update])
    await stage.polling.once()
    assert stage.polling.confirmed == 7


async def test_a_poll_waits_at_telegram_and_not_here(stage):
    waited = []

    async def answer(after, seconds):
        waited.append(seconds)
        return []

    stage.api.updates = answer
    await stage.polling.once()
    assert waited == [LONG_POLL]
    assert stage.clock.slept == []


# ---- faults


async def test_polls_that_fail_come_less_and_less_often(stage):
    stage.api.fail("updates", *[Fault.UNREACHABLE] * 6)
    stage.begin()
    for _ in range(8):
        await quiet()
        await stage.clock.move(LONGEST_PAUSE)
    assert stage.clock.slept == [FIRST_PAUSE, 1, 2, 4, LONGEST_PAUSE, LONGEST_PAUSE]
    assert len(stage.api.asked_after) == 7


async def test_a_poll_that_succeeds_makes_the_pauses_short_again(stage):
    stage.api.fail("updates", Fault.UNREACHABLE, Fault.UNREACHABLE)
    stage.api.batches.append(updates(7))
    gate = stage.intake.gate
    gate.clear()
    stage.begin()
    for _ in range(2):
        await quiet()
        await stage.clock.move(LONGEST_PAUSE)
    stage.api.fail("updates", Fault.UNREACHABLE)
    gate.set()
    await quiet()
    assert stage.clock.slept == [FIRST_PAUSE, 1, FIRST_PAUSE]


async def test_a_pause_is_as_long_as_telegram_asks_for(stage):
    stage.api.fail("updates", Fault.WAIT, seconds=17)
    stage.begin()
    await quiet()
    assert stage.clock.slept == [17]


async def test_a_fault_confirms_no_more_than_was_kept(stage):
    stage.api.batches.append(updates(7))
    await stage.polling.once()
    stage.api.fail("updates", Fault.UNREACHABLE)
    stage.begin()
    await quiet()
    await stage.clock.move(LONGEST_PAUSE)
    assert stage.api.asked_after == [None, 7, 7]


async def test_a_rival_at_the_start_ends_the_polling(stage, caplog):
    stage.api.fail("updates", Fault.CONFLICT)
    stage.begin()
    await asyncio.wait_for(stage.task, 1)
    assert caplog.messages == ["telegram-other-poller"]


async def test_a_rival_later_is_waited_out(stage):
    stage.api.fail("updates", Fault.UNREACHABLE, Fault.CONFLICT)
    stage.begin()
    await quiet()
    await stage.clock.move(NEWCOMER_SECONDS)
    assert not stage.task.done()
    await stage.clock.move(LONGEST_PAUSE)
    assert stage.api.asked_after == [None] * 3


async def test_a_token_that_was_revoked_is_waited_for_and_recovers(stage):
    stage.api.fail("updates", Fault.REVOKED)
    stage.api.batches.append(updates(7))
    stage.begin()
    await quiet()
    assert stage.clock.slept == [REVOKED_PAUSE]
    await stage.clock.move(REVOKED_PAUSE)
    assert stage.intake.kept == updates(7)


async def test_one_update_that_is_to_come_again_keeps_everybody_waiting_for_a_second_at_most(
    stage,
):
    stage.intake.later = updates(7)
    stage.api.batches.extend([updates(7)] * 6)
    stage.begin()
    await quiet()
    for _ in range(5):
        await stage.clock.move(LONGEST_FOR_ONE)
    assert stage.clock.slept[:2] == [FIRST_PAUSE, LONGEST_FOR_ONE]
    assert max(stage.clock.slept) == LONGEST_FOR_ONE

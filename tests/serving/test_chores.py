"""Chores: done every second, whatever they raise and whoever does not answer."""

import asyncio
import secrets
import time

import pytest

from bot.channels.telegram.gate import gate
from bot.conversation.turns import Turns
from bot.serving.chores import done, done_meanwhile
from bot.serving.keeping import Kept
from bot.serving.measuring import begin
from bot.serving.running import _LateHook, _Run, _telegram, clock
from bot.sessions.memory import MemoryStore
from bot.sessions.sealing import RowKeys
from bot.settings import Settings
from tests.ports import free_port

TOKEN = "7123456789:AAF-canary_canary-canary_canary-cana"  # noqa: S105
LONG = 5.0


class Chores:
    """Takes down that it was done; each time it fails when `failing`."""

    def __init__(self, *, failing=False):
        self.times, self.twice, self._failing = 0, asyncio.Event(), failing

    def __call__(self):
        self.times += 1
        if self.times == 2:
            self.twice.set()
        if self._failing:
            raise OSError("Canary")


@pytest.mark.parametrize("failing", [False, True])
async def test_they_are_done_again_also_where_they_fail(caplog, failing):
    chores = Chores(failing=failing)
    task = asyncio.create_task(done(chores))
    await asyncio.wait_for(chores.twice.wait(), LONG)
    assert not task.done()
    task.cancel()
    assert caplog.messages == (["loop-fault OSError"] * 2 if failing else [])


async def test_they_end_with_what_was_waited_for():
    before = asyncio.all_tasks()
    chores = Chores()
    async with done_meanwhile(chores, 0):
        await asyncio.wait_for(chores.twice.wait(), LONG)
    assert asyncio.all_tasks() == before


async def test_nothing_is_erased_before_telegram_had_its_time():
    chores = Chores()
    async with done_meanwhile(chores):
        await asyncio.sleep(1.1)
    assert chores.times == 0


async def test_what_is_over_is_erased_though_telegram_does_not_answer_at_the_start(
    world, tmp_path, caplog
):
    """Its address is a port where nobody listens."""
    chores, store = Chores(), MemoryStore(time.monotonic)
    settings = Settings(telegram_token=TOKEN, telegram_api=f"http://127.0.0.1:{free_port()}/bot")
    kept = Kept(store, RowKeys(secrets.token_bytes(32)), chores, lambda: None)
    held_by = gate(time.monotonic, b"")
    run = _Run(settings, tmp_path, kept, held_by, clock, begin(time.monotonic), None, patience=0)
    stop = asyncio.get_running_loop().create_future()
    turns = Turns(world, store, clock)
    task = asyncio.create_task(_telegram(run, turns, _LateHook(), stop))
    await asyncio.wait_for(chores.twice.wait(), LONG)
    assert "telegram-unreachable UNREACHABLE" in caplog.messages
    stop.set_result(None)
    assert await asyncio.wait_for(task, LONG) == 0

"""The channel: its parts are started together, look after chats, and stop in time."""

import asyncio
import logging
import time

import pytest

from bot.channels.telegram.calls import Me
from bot.channels.telegram.channel import (
    CONNECTIONS,
    TEND_SECONDS,
    announce,
    checked,
    opened,
    poll,
)
from bot.channels.telegram.faults import Fault
from bot.exceptions import SettingsError
from bot.locales import phrases as say
from tests.channels.telegram.fakes import HER, HIDE_SECONDS, data_of, message, press, quiet

LONGEST_STOP = 5.0  # seconds that a stop may take, as the safety study sets out


def open_channel(wired, chores=lambda: None):
    return opened(wired.turns, wired.api, wired.keys, HIDE_SECONDS, chores, wired.gate)


def start(wired):
    return {"update_id": 7, "message": message(wired.api.wrote(), text="/start")}


async def until(condition, seconds=5.0):
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  # what is waited for knows of no event
            await asyncio.sleep(0.01)


# ---- from the start to the end


async def test_what_a_crash_left_unpainted_is_painted_at_the_start(wired):
    wired.api.hold("send")
    await wired.text("/start")
    await wired.painter.close()
    wired.api.release("send")
    async with open_channel(wired) as channel:
        await channel.painter.rest(1)
        assert list(wired.api.cards()) == [(await wired.place()).card]


async def test_an_update_goes_all_the_way_to_her_screen(wired):
    async with open_channel(wired) as channel:
        await channel.intake.take(start(wired))
        await channel.painter.rest(1)
        assert "Which language" in wired.shows().text


async def test_every_talk_has_a_nonce_of_its_own(wired):
    async with open_channel(wired) as channel:
        await channel.intake.take(start(wired))
        first = (await wired.kept()).nonce
        await channel.intake.take(start(wired) | {"update_id": 8})
        assert len({first, (await wired.kept()).nonce}) == 2
        assert len(first) == 8


async def test_the_profile_is_set_beside_the_rest(wired):
    async with open_channel(wired):
        await until(
            lambda: len(wired.api.profiles) == 1 + len(wired.turns.world.catalogues.offered)
        )


async def test_a_quiet_card_is_hidden_while_the_channel_is_open(wired):
    await wired.to_question()
    await wired.tending.tend()
    async with open_channel(wired):
        wired.clock.seconds += HIDE_SECONDS
        await until(lambda: wired.shows().text == say.HIDDEN.text, TEND_SECONDS * 2)


async def test_chores_are_done_at_the_start_every_second_and_at_the_end(wired):
    done = []
    async with open_channel(wired, lambda: done.append(1)):
        assert len(done) == 1
        await until(lambda: len(done) == 2, TEND_SECONDS * 2)
    assert len(done) == 3


async def test_chores_that_fail_do_not_stop_the_hiding(wired, caplog):
    """Harm prevented: a full disk would leave every card standing."""

    def chores():
        raise OSError("Canary")

    await wired.to_question()
    await wired.tending.tend()
    async with open_channel(wired, chores):
        wired.clock.seconds += HIDE_SECONDS
        await until(lambda: wired.shows().text == say.HIDDEN.text, TEND_SECONDS * 2)
    assert "Canary" not in caplog.text


async def test_a_store_that_is_away_does_not_stop_the_looking(wired, caplog):
    caplog.set_level(logging.ERROR)
    await wired.to_question()
    await wired.tending.tend()
    wired.store.fail("due")
    async with open_channel(wired):
        wired.clock.seconds += HIDE_SECONDS
        await until(lambda: wired.shows().text == say.HIDDEN.text, TEND_SECONDS * 2)
    assert "store-away" in caplog.messages


# ---- stopping


async def test_the_end_waits_for_what_is_being_painted(wired):
    async with open_channel(wired) as channel:
        gate = wired.api.hold("send")
        await channel.intake.take(start(wired))
        asyncio.get_running_loop().call_later(0.05, gate.set)
    assert len(wired.api.cards()) == 1


async def test_at_the_end_the_store_knows_what_was_painted(wired):
    async with open_channel(wired) as channel:
        await channel.intake.take(start(wired))
        await channel.painter.rest(1)
    assert all(due.painted for due in await wired.everything())


@pytest.mark.parametrize("method", ["answer", "edit"])
async def test_the_end_comes_in_time_though_telegram_never_answers(wired, method):
    await wired.text("/start")
    data = data_of(wired.shows())["English"]
    pressed = {"update_id": 99, "callback_query": press(max(wired.api.cards()), data=data)}
    async with open_channel(wired) as channel:
        wired.api.hold(method)
        await channel.intake.take(pressed)
        await quiet()
        began = time.monotonic()
    assert time.monotonic() - began < LONGEST_STOP


async def test_nothing_runs_on_after_the_end(wired):
    before = len(asyncio.all_tasks())
    async with open_channel(wired) as channel:
        await channel.intake.take(start(wired))
    assert len(asyncio.all_tasks()) == before


# ---- before and beside


async def test_a_bot_that_could_betray_her_is_not_started(wired):
    wired.api.identity = Me("quiet_notes_bot", joins_groups=True, answers_inline=False)
    with pytest.raises(SettingsError):
        await checked(wired.api)


async def test_the_start_waits_until_telegram_answers(wired, caplog):
    wired.api.fail("me", Fault.UNREACHABLE)
    await checked(wired.api)
    assert caplog.messages == ["telegram-unreachable UNREACHABLE"]


async def test_polling_takes_the_webhook_away_first(wired):
    wired.api.hooks.append("https://example.org/hook")
    wired.api.batches.append([start(wired)])
    async with open_channel(wired) as channel:
        polling = asyncio.create_task(poll(channel, time.monotonic))
        await until(lambda: len(wired.api.cards(HER)) == 1)
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
    assert wired.api.hooks == []
    methods = [call.method for call in wired.api.calls]
    assert methods.index("no_webhook") < methods.index("updates")


async def test_polling_ends_where_another_program_polls(wired):
    wired.api.fail("updates", Fault.CONFLICT)
    async with open_channel(wired) as channel:
        await asyncio.wait_for(poll(channel, time.monotonic), 1)


async def test_the_webhook_is_announced_until_telegram_takes_it(wired):
    wired.api.fail("webhook", Fault.WAIT, seconds=0.01)
    async with open_channel(wired) as channel:
        await announce(channel, "https://example.org/hook", "s" * 32)
    assert wired.api.hooks == ["https://example.org/hook"]
    assert CONNECTIONS == 40


# ---- several workers


class Prolonged:
    """Claims that count how often they are said again."""

    def __init__(self):
        self.times = 0

    async def claim(self, key, who, seconds):
        return 1

    async def prolong(self, keys, who, seconds):
        self.times += 1
        return list(keys)

    async def release(self, key, who):
        pass


async def test_claims_are_said_again_while_a_look_takes_long(wired):
    claims = Prolonged()
    async with opened(
        wired.turns, wired.api, wired.keys, HIDE_SECONDS, lambda: None, wired.gate, claims
    ):
        real, answers, waits = wired.store.settle, asyncio.Event(), asyncio.Event()

        async def settle(painted):
            waits.set()
            await answers.wait()
            await real(painted)

        wired.store.settle = settle
        try:
            await asyncio.wait_for(waits.wait(), TEND_SECONDS * 3)
            before = claims.times
            await until(lambda: claims.times >= before + 2, TEND_SECONDS * 4)
        finally:
            answers.set()


async def test_the_end_takes_up_no_talk_that_others_can_look_after(wired):
    await wired.to_question()
    await wired.tending.tend()
    async with open_channel(wired):
        wired.clock.seconds += HIDE_SECONDS
        edits = len(wired.api.made("edit"))
    assert len(wired.api.made("edit")) == edits
    assert not (await wired.kept()).hidden

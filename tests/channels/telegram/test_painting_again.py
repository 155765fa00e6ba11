"""Painting again: when a card that Telegram did not take is tried anew, and when it never is."""

import pytest

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.painter import FIRST_PAUSE, LONGEST_PAUSE, REVOKED_PAUSE, Painter
from bot.locales import phrases as say
from tests.channels.telegram.fakes import ANOTHER, HER, HIDE_SECONDS, quiet

HIDDEN = say.HIDDEN.text


# ---- chats that have to wait


async def test_fault_29_a_chat_that_has_to_wait_is_asked_once_and_keeps_nobody_else_waiting(wired):
    wired.api.fail("send", Fault.WAIT, seconds=7, chat=HER)
    await wired.text("/start", HER)
    await wired.text("/start", ANOTHER)
    assert wired.api.cards(HER) == {}
    assert len(wired.api.cards(ANOTHER)) == 1
    await wired.clock.move(6.9)
    assert wired.api.cards(HER) == {}
    assert len(wired.api.made("send", chat=HER)) == 1
    await wired.clock.move(0.2)
    assert len(wired.api.cards(HER)) == 1


async def test_what_she_did_while_the_chat_had_to_wait_is_painted_in_one_go(wired):
    card = await wired.to_question()
    wired.api.fail("edit", Fault.WAIT, seconds=7)
    await wired.press("Birmingham")
    await wired.press_data(wired.shows().keyboard[-1][0]["callback_data"], card)  # Hide
    edits = len(wired.api.made("edit"))
    await wired.clock.move(7)
    assert len(wired.api.made("edit")) == edits + 1
    assert wired.shows().text == HIDDEN


async def test_fault_30_tries_come_less_and_less_often(wired):
    await wired.text("/start")
    wired.api.fail("edit", *[Fault.UNREACHABLE] * 7)
    await wired.press("English")
    for _ in range(8):
        await wired.clock.move(LONGEST_PAUSE)
    assert wired.clock.slept == [FIRST_PAUSE, 0.4, 0.8, 1.6, 3.2, LONGEST_PAUSE, LONGEST_PAUSE]
    assert "Hello" in wired.shows().text


async def test_after_what_she_does_next_tries_come_often_again(wired):
    await wired.text("/start")
    wired.api.fail("edit", *[Fault.UNREACHABLE] * 7)
    await wired.press("English")
    for pause in (FIRST_PAUSE, 0.4, 0.8):
        await wired.clock.move(pause)
    await wired.press("Urgent help")
    for pause in (1.6, FIRST_PAUSE, 0.4):
        await wired.clock.move(pause)
    assert wired.clock.slept == [FIRST_PAUSE, 0.4, 0.8, 1.6, FIRST_PAUSE, 0.4, 0.8]
    await wired.clock.move(0.8)
    assert "999" in wired.shows().text


async def test_tries_are_spread_by_a_quarter_at_the_most(wired):
    wired.painter = Painter(wired.api, wired.turns, wired.clock.sleep, lambda: 1.0, HIDE_SECONDS)
    wired.intake._painter = wired.painter
    wired.api.fail("send", Fault.WAIT, seconds=8)
    await wired.text("/start")
    assert wired.clock.slept == [10]


async def test_a_token_that_does_not_work_is_tried_again_half_a_minute_later(wired):
    wired.api.fail("send", Fault.REVOKED)
    await wired.text("/start")
    assert wired.clock.slept == [REVOKED_PAUSE]
    await wired.clock.move(REVOKED_PAUSE)
    assert len(wired.api.cards()) == 1


# ---- what she did to the chat


async def test_who_blocked_the_bot_is_forgotten_at_once(wired):
    await wired.text("/start")
    wired.api.fail("edit", Fault.BLOCKED)
    await wired.press("English")
    assert await wired.kept() is None
    assert wired.clock.slept == []


async def test_who_blocked_the_bot_is_forgotten_later_when_the_store_is_away(wired):
    await wired.text("/start")
    wired.api.fail("edit", Fault.BLOCKED, Fault.BLOCKED)
    wired.store.fail("delete")
    await wired.press("English")
    assert await wired.kept() is not None
    await wired.clock.move(3)
    await wired.tending.tend()
    await quiet()
    assert await wired.kept() is None


async def test_a_card_she_deleted_does_not_come_back_by_a_press(wired):
    card = await wired.to_question()
    data = wired.shows().keyboard[0][0]["callback_data"]
    del wired.api.chats[HER][card]
    await wired.press_data(data, card)
    await wired.clock.move(60)
    assert wired.api.chats[HER] == {}


async def test_a_card_she_deleted_comes_back_once_when_she_writes(wired):
    card = await wired.to_question()
    del wired.api.chats[HER][card]
    await wired.text("Birmingham")
    assert len(wired.api.cards()) == 1
    assert (await wired.place()).card == max(wired.api.cards()) > card


async def test_a_chat_she_cleared_gets_a_new_card_by_a_start(wired):
    await wired.to_question()
    wired.api.chats[HER].clear()
    await wired.text("/start")
    assert len(wired.api.cards()) == 1


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.CONFLICT])
async def test_a_card_that_telegram_will_never_take_is_not_tried_again(wired, fault):
    await wired.text("/start")
    wired.api.fail("edit", fault)
    await wired.press("English")
    assert wired.clock.slept == []
    await wired.tending.tend()
    await wired.clock.move(5)
    await wired.tending.tend()
    await quiet()
    assert len(wired.api.made("edit")) == 1

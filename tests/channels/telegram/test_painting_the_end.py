"""The end of a talk: her chat is emptied, and cards that no talk stands behind are closed."""

import asyncio

import pytest

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.painter import (
    Painter,
    Target,
)
from bot.channels.telegram.place import Place
from bot.conversation.messages import Card, Paragraph, Taken
from bot.locales import phrases as say
from tests.channels.telegram.fakes import (
    HER,
    HIDE_SECONDS,
    FakeApi,
    message,
    quiet,
)

EMPTIED, CLOSED, HIDDEN = say.PLAIN_BYE.text, say.CLOSED.text, say.HIDDEN.text


def methods(wired, chat=HER):
    return [call.method for call in wired.api.made(chat=chat)]


# ---- leaving


async def test_leaving_says_nothing_first_then_deletes_then_forgets(wired):
    card = await wired.to_services()
    wired.api.calls.clear()
    gate = wired.api.hold("delete")
    await wired.press("Leave and wipe")
    assert methods(wired) == ["edit", "delete"]
    assert wired.shows().text == EMPTIED
    assert await wired.place() == Place(
        HER, card=card, after=1, begun=1, newest=7, helped=((await wired.place()).helped)
    )
    gate.set()
    await quiet()
    assert wired.api.chats[HER] == {}
    assert await wired.kept() is None


@pytest.mark.parametrize("method", ["edit", "delete"])
@pytest.mark.parametrize("fault", [Fault.UNREACHABLE, Fault.WAIT])
@pytest.mark.parametrize("effect", [True, False])
async def test_leaving_keeps_its_order_when_a_call_fails_once(wired, method, fault, effect):
    await wired.to_services()
    wired.api.calls.clear()
    wired.api.fail(method, fault, seconds=1, effect=effect)
    await wired.press("Leave and wipe")
    await wired.clock.move(60)
    again = ["edit", "edit", "delete"] if method == "edit" else ["edit", "delete", "edit"]
    assert methods(wired)[:3] == again
    assert wired.api.made("edit")[-1].drawn.text == EMPTIED
    assert wired.api.chats[HER] == {}
    assert await wired.kept() is None


async def test_leaving_is_done_again_when_the_store_cannot_forget(wired):
    await wired.to_services()
    wired.store.fail("delete", 2)
    await wired.press("Leave and wipe")
    assert await wired.kept() is not None
    await wired.clock.move(60)
    await wired.clock.move(60)
    assert await wired.kept() is None
    assert wired.api.chats[HER] == {}


async def test_messages_that_cannot_be_deleted_any_more_say_nothing(wired):
    card = await wired.to_services()
    wired.api.stuck.add(card)
    await wired.press("Leave and wipe")
    assert [drawn.text for drawn in wired.api.cards().values()] == [EMPTIED]
    assert await wired.kept() is None


async def test_one_message_that_cannot_be_deleted_keeps_no_other_from_going(wired):
    await wired.to_question()
    stuck = wired.api.wrote()
    wired.api.stuck.add(stuck)
    wired.api.hold("edit")
    await wired.take(message=message(stuck, text="x"))
    await wired.text("xyzzy")
    wired.api.release("edit")
    await quiet()
    assert [number for number, drawn in wired.api.chats[HER].items() if drawn is None] == [stuck]


async def test_messages_that_cannot_be_deleted_do_not_keep_her_in_the_store(wired):
    await wired.to_question()
    wired.api.fail("delete", *[Fault.GONE] * 9)
    await wired.press("Leave and wipe")
    assert await wired.kept() is None


async def test_leaving_a_chat_whose_card_she_deleted_forgets_all_the_same(wired):
    card = await wired.to_services()
    del wired.api.chats[HER][card]
    await wired.text("leave")
    assert wired.api.chats[HER] == {}
    assert await wired.kept() is None


async def test_what_telegram_may_see_of_a_talk_that_is_left_is_no_answer(wired):
    await wired.to_services()
    gate = wired.api.hold("edit")
    await wired.press("Leave and wipe")
    session = await wired.kept()
    assert (session.trail, session.shown, session.nonce) == ((), (), "")
    gate.set()
    await quiet()


async def test_a_talk_that_begins_while_the_last_one_is_removed_stays(wired):
    await wired.to_services()
    gate = wired.api.hold("delete")
    await wired.press("Leave and wipe")
    await wired.text("/start")
    gate.set()
    await quiet()
    await wired.clock.move(60)
    assert (await wired.kept()).at == "welcome.language"
    assert len(wired.api.cards()) == 1
    assert "Which language" in wired.shows().text


# ---- cards that no talk stands behind


async def test_a_talk_whose_time_is_over_is_closed_by_a_press_and_forgotten(wired):
    card = await wired.to_services()
    await wired.clock.move(3600)
    await wired.press("Back", on=card)
    assert list(wired.api.cards()) == [card]
    assert wired.shows().text == CLOSED
    assert await wired.kept() is None


async def test_a_card_without_a_talk_is_painted_where_she_pressed(wired):
    await wired.text("/start")
    await wired.store.delete(wired.keys(str(HER))[0])
    await wired.press("English")
    assert wired.shows().text == CLOSED
    assert methods(wired).count("send") == 1


async def test_a_card_for_a_fault_is_painted_and_nothing_is_forgotten(wired):
    await wired.to_question()
    wired.store.fail("load")
    await wired.press("Birmingham")
    assert "this chat has a fault" in wired.shows().text
    assert await wired.kept() is not None


async def test_while_the_store_is_away_there_is_one_card_however_often_she_writes(wired):
    wired.store.fail("load", 100)
    for words in ("/start", "hello", "help"):
        await wired.text(words)
    assert len(wired.api.cards()) == 1
    assert "999" in wired.shows().text


async def test_the_card_of_a_fault_goes_when_the_store_is_back(wired):
    card = await wired.to_question()
    wired.store.fail("load")
    await wired.text("hello")
    assert len(wired.api.cards()) == 2
    await wired.press("Birmingham", on=card)
    assert list(wired.api.cards()) == [(await wired.place()).card]
    assert "What would you like help with" in wired.shows().text


async def test_the_card_of_a_fault_goes_when_she_leaves(wired):
    card = await wired.to_question()
    wired.store.fail("load")
    await wired.text("hello")
    await wired.press("Leave and wipe", on=card)
    assert wired.api.cards() == {}


async def test_a_chat_that_nobody_asked_for_gets_no_message():
    api = FakeApi()
    painter = Painter(api, None, asyncio.sleep, lambda: 0.0, HIDE_SECONDS)
    painter.show(Target(Taken("key", Card("en", "ltr", (Paragraph("Hello"),))), Place(HER)))
    await painter.rest(1)
    assert api.calls == []

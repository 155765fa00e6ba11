"""What she writes and sends: taken off the chat, and read where it is a command."""

import asyncio

import pytest

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.place import MOST_LITTER
from bot.locales import phrases as say
from tests.channels.telegram.fakes import (
    HER,
    message,
    quiet,
)

CLOSED, HIDDEN, BYE = say.CLOSED.text, say.HIDDEN.text, say.PLAIN_BYE.text
GROUP = {"id": -100, "type": "supergroup", "title": "A group"}
IDLE = 1800
OLDER = 1  # a message that stood before the card


def messages_of_hers(wired, chat=HER):
    return [number for number, drawn in wired.api.chats[chat].items() if drawn is None]


async def at(wired, chat=HER):
    session = await wired.kept(chat)
    return session.at if session else None


# ---- what stands in the chat beside the card


LITTER = {
    "photo": {"photo": [{"file_id": "a"}]},
    "voice": {"voice": {"file_id": "a"}},
    "sticker": {"sticker": {"file_id": "a"}},
    "contact": {"contact": {"phone_number": "+441214960000"}},
    "location": {"location": {"latitude": 52.4, "longitude": -1.9}},
    "forwarded": {"text": "1", "forward_origin": {"type": "hidden_user"}},
}


@pytest.mark.parametrize("more", LITTER.values(), ids=LITTER)
async def test_what_means_nothing_is_deleted_and_changes_nothing(wired, more):
    await wired.to_question()
    before = wired.shows()
    await wired.take(message=message(wired.api.wrote(), **more))
    assert messages_of_hers(wired) == []
    assert wired.shows() == before


@pytest.mark.parametrize("more", LITTER.values(), ids=LITTER)
async def test_without_a_talk_what_means_nothing_is_deleted_and_not_answered(wired, more):
    await wired.take(message=message(wired.api.wrote(), **more))
    assert wired.api.chats[HER] == {}
    assert wired.api.made("send") == []


@pytest.mark.parametrize("words", ["Birmingham", "xyzzy", "/language", "/nonsense", "help", "1"])
async def test_every_text_of_hers_is_deleted(wired, words):
    await wired.to_question()
    await wired.text(words)
    assert messages_of_hers(wired) == []


@pytest.mark.parametrize("words", ["/start", "xyzzy", "help", "leave", "/leave", "/language"])
async def test_every_text_of_hers_is_deleted_where_no_talk_stands(wired, words):
    await wired.text(words)
    assert messages_of_hers(wired) == []


@pytest.mark.parametrize("words", ["xyzzy", "help", "leave", "/leave", "/language", "/start"])
async def test_every_text_of_hers_is_deleted_when_the_time_is_over(wired, words):
    await wired.to_services()
    await wired.clock.move(IDLE)
    await wired.text(words)
    assert messages_of_hers(wired) == []


async def test_a_picture_is_deleted_when_the_time_is_over(wired):
    await wired.to_services()
    await wired.clock.move(IDLE)
    await wired.take(message=message(wired.api.wrote(), photo=[]))
    assert messages_of_hers(wired) == []


async def test_of_two_texts_at_once_both_are_deleted(wired):
    await asyncio.gather(wired.text("leave"), wired.text("/start"))
    assert messages_of_hers(wired) == []


async def test_a_picture_is_deleted_though_she_deleted_the_card(wired):
    card = await wired.to_question()
    del wired.api.chats[HER][card]
    await wired.take(message=message(wired.api.wrote(), photo=[]))
    assert wired.api.chats[HER] == {}


async def test_a_text_of_hers_is_deleted_though_its_card_never_comes(wired):
    wired.api.hold("send")
    wired.store.fail("load")
    await wired.text("/language")
    await wired.painter.close()
    assert messages_of_hers(wired) == []


async def test_every_text_of_hers_is_deleted_when_the_store_is_away(wired):
    await wired.to_question()
    wired.store.fail("load")
    await wired.text("Birmingham")
    assert messages_of_hers(wired) == []


async def test_a_flood_of_messages_is_deleted_as_far_as_it_is_known(wired):
    await wired.to_question()
    gate = wired.api.hold("delete")
    for _ in range(MOST_LITTER * 2):
        await wired.text("xyzzy")
    gate.set()
    await quiet()
    await wired.clock.move(3)
    await wired.tending.tend()
    await quiet()
    assert messages_of_hers(wired) == []


async def test_after_a_flood_a_start_still_takes_the_old_card_away(wired):
    card = await wired.to_services()
    wired.api.fail("edit", *[Fault.UNREACHABLE] * 2)
    for _ in range(MOST_LITTER + 5):
        await wired.text("xyzzy")
    await wired.text("/start")
    await wired.clock.move(60)
    assert card not in wired.api.cards()
    assert len(wired.api.cards()) == 1


# ---- commands


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("/start", "welcome.language"),
        ("/start@quiet_notes_bot", "welcome.language"),
        ("/start  ", "welcome.language"),
        ("/start l-ur", "welcome.safe"),
        ("/start l-xx", "welcome.language"),
        ("/start Canary", "welcome.language"),
        ("/language", "language.choose"),
        ("/privacy", "keeps.page"),
        ("/help", "urgent.now"),
        ("/urgent", "urgent.now"),
        ("/help me please", "urgent.now"),
        ("/leave", None),
        ("/stop", None),
        ("/nonsense", "triage.area"),
        ("/LEAVE", None),
        ("/leave_now", "triage.area"),
        ("leave", None),
        ("help", "urgent.now"),
    ],
)
async def test_a_command_does_what_it_says(wired, words, step):
    await wired.to_question()
    await wired.text(words)
    assert await at(wired) == step


@pytest.mark.parametrize("words", ["/help", "/urgent", "help", "999"])
async def test_help_comes_as_the_very_first_act_too(wired, words):
    await wired.text(words)
    assert await at(wired) == "urgent.now"
    assert "Ring 999" in wired.shows().text


@pytest.mark.parametrize("words", ["/leave", "/stop", "leave"])
async def test_leaving_where_no_talk_stands_leaves_an_empty_chat(wired, words):
    await wired.text(words)
    assert wired.api.chats[HER] == {}


async def test_a_start_in_a_talk_brings_a_new_card_at_the_end_of_the_chat(wired):
    card = await wired.to_services()
    await wired.text("/start")
    assert card not in wired.api.cards()
    assert len(wired.api.cards()) == 1
    assert "Which language" in wired.shows().text


async def test_a_link_gives_language_and_council(wired):
    await wired.text("/start l-pl_c-birmingham_k-k7m2x9pa")
    session = await wired.kept()
    assert session.language == "pl"
    assert ("triage.area", "birmingham") in session.pending
    assert "k7m2x9pa" not in repr(session)


# ---- edits of hers, and what is hidden


async def test_an_edited_message_is_no_answer(wired):
    await wired.to_question()
    await wired.take(edited_message=message(1, text="Birmingham"))
    assert await at(wired) == "triage.area"


async def test_an_edited_message_is_deleted(wired):
    await wired.to_question()
    number = wired.api.wrote()
    await wired.take(edited_message=message(number, text="Birmingham"))
    assert messages_of_hers(wired) == []


async def test_a_text_does_not_open_what_is_hidden(wired):
    await wired.to_question()
    await wired.press("Hide")
    await wired.text("Birmingham")
    assert wired.shows().text == HIDDEN
    assert messages_of_hers(wired) == []


async def test_only_the_start_of_a_talk_takes_a_new_nonce(wired):
    await wired.text("/start")
    first = (await wired.kept()).nonce
    await wired.press("English")
    assert (await wired.kept()).nonce == first
    await wired.text("/start")
    assert (await wired.kept()).nonce != first

"""Intake: what one update does to the talk, to the chat and to nobody else."""

import asyncio
import json
import logging
from http import HTTPStatus

import pytest

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.intake import IN_FLIGHT, TRIES
from bot.channels.telegram.webhook import Webhook
from bot.locales import phrases as say
from tests.channels.telegram.fakes import (
    ANOTHER,
    HER,
    data_of,
    message,
    person,
    press,
    private,
    quiet,
)

CLOSED, HIDDEN, BYE = say.CLOSED.text, say.HIDDEN.text, say.PLAIN_BYE.text
GROUP = {"id": -100, "type": "supergroup", "title": "A group"}
IDLE = 1800
SECRET = "s3cret-_" * 4
OLDER = 1  # a message that stood before the card


async def at(wired, chat=HER):
    session = await wired.kept(chat)
    return session.at if session else None


# ---- once and in order


@pytest.mark.parametrize("times", [2, 5, 100])
async def test_a_press_that_is_delivered_many_times_counts_once(wired, times):
    await wired.text("/start")
    update = await wired.press("English")
    before = await wired.kept()
    await asyncio.gather(*(wired.intake.take(update) for _ in range(times - 1)))
    await quiet()
    assert await wired.kept() == before
    assert "Hello" in wired.shows().text


@pytest.mark.parametrize("times", [2, 100])
async def test_a_start_that_is_delivered_many_times_brings_one_card(wired, times):
    update = {"update_id": 7, "message": message(wired.api.wrote(), text="/start")}
    await asyncio.gather(*(wired.intake.take(update) for _ in range(times)))
    await quiet()
    assert len(wired.api.cards()) == 1
    assert len(wired.api.made("send")) == 1


async def test_a_text_that_comes_again_after_a_restart_counts_once(wired):
    await wired.to_question()
    update = {"update_id": 7000, "message": message(wired.api.wrote(), text="Birmingham")}
    await wired.intake.take(update)
    await quiet()
    wired.begin()
    await wired.intake.take(update)
    await quiet()
    assert await at(wired) == "about.what"


async def test_a_message_and_a_press_at_once_are_taken_in_their_order(wired):
    card = await wired.to_question()
    typed = {"update_id": 8001, "message": message(wired.api.wrote(), text="Birmingham")}
    pressed = {"update_id": 8002, "callback_query": press(card, data="nonce000.9.b")}
    await asyncio.gather(wired.intake.take(typed), wired.intake.take(pressed))
    await quiet()
    assert await at(wired) == "about.what"  # "open" on a card from before begins nothing anew


async def test_a_double_press_does_not_answer_the_next_question(wired):
    card = await wired.to_question()
    data = data_of(wired.shows())["Next question"]
    await asyncio.gather(*(wired.press_data(data, card) for _ in range(2)))
    assert await at(wired) == "about.what"


async def test_many_people_at_once_each_get_their_own_card(wired):
    chats = range(1, IN_FLIGHT + 50)
    await asyncio.gather(*(wired.text("/start", chat) for chat in chats))
    assert all(len(wired.api.cards(chat)) == 1 for chat in chats)


# ---- kept before it is confirmed


async def test_an_update_is_kept_before_anything_is_painted(wired):
    wired.api.hold("send")
    await wired.text("/start")
    assert await at(wired) == "welcome.language"
    assert wired.api.cards() == {}
    await wired.painter.close()


async def test_a_press_is_answered_at_once(wired):
    await wired.text("/start")
    gate = wired.api.hold("edit")
    await wired.press("English")
    assert len(wired.api.answered) == 1
    gate.set()
    await quiet()


@pytest.mark.parametrize("fault", Fault)
async def test_a_press_that_cannot_be_answered_counts_all_the_same(wired, fault):
    await wired.text("/start")
    wired.api.fail("answer", fault)
    await wired.press("English")
    assert "Hello" in wired.shows().text


async def test_small_calls_that_are_on_their_way_are_waited_for_at_the_end(wired):
    await wired.text("/start")
    gate = wired.api.hold("answer")
    await wired.press("English")
    resting = asyncio.create_task(wired.intake.rest(5))
    await quiet()
    assert not resting.done()
    gate.set()
    await resting
    assert len(wired.api.answered) == 1


async def test_small_calls_that_never_end_are_given_up(wired):
    await wired.text("/start")
    wired.api.hold("answer")
    await wired.press("English")
    await wired.intake.rest(0.01)
    assert wired.api.answered == []
    assert len(wired.intake._beside) == 0


async def test_resting_with_nothing_on_its_way_is_over_at_once(wired):
    await wired.intake.rest(60)


# ---- what cannot be handled


class BrokenError(RuntimeError):
    """What no update should bring about."""


async def test_fault_35_an_update_that_makes_the_program_fail_is_dropped_and_others_go_on(
    wired, caplog
):
    tries = []

    def keys(person):
        if person == str(HER):
            tries.append(person)
            raise BrokenError(f"Canary {person}")
        return wired.keys(person)

    wired.intake._keys = keys
    await asyncio.gather(*(posted(wired, chat) for chat in (HER, ANOTHER)))
    assert len(tries) == TRIES
    assert len(wired.api.cards(ANOTHER)) == 1
    assert caplog.messages == ["update-failed BrokenError"] * TRIES + ["update-dropped"]


async def posted(wired, chat):
    """Let Telegram deliver "/start" of this person; it must not come again."""
    update = {"message": message(wired.api.wrote(chat), chat, text="/start")}
    body = json.dumps({"update_id": chat, **update}).encode()

    async def chunks():
        yield body

    assert await Webhook(wired.intake, SECRET).take(SECRET.encode(), chunks()) == HTTPStatus.OK
    await quiet()


async def test_a_press_that_makes_the_program_fail_once_counts(wired):
    await wired.text("/start")
    real, failing = wired.keys, [BrokenError()]

    def keys(person):
        if failing:
            raise failing.pop()
        return real(person)

    wired.intake._keys = keys
    await wired.press("English")
    assert "Hello" in wired.shows().text


@pytest.mark.parametrize("update", [None, 5, [], {}, {"update_id": 1}, {"update_id": 2, "x": {}}])
async def test_what_is_no_update_for_us_is_ignored(wired, update):
    await wired.intake.take(update)
    await quiet()
    assert wired.api.calls == []


@pytest.mark.parametrize(
    "text", ["\ud800", "\x00", "🙂" * 5000, "\u202e\u2066", "a\nb", "/", "//"]
)
async def test_no_text_makes_the_program_fail(wired, caplog, text):
    await wired.to_question()
    await wired.text(text)
    assert not [one for one in caplog.messages if "failed" in one]
    assert await at(wired) == "triage.area"


async def test_nothing_she_typed_or_is_called_is_kept_or_logged(wired, caplog):
    caplog.set_level(logging.DEBUG, "linnet")
    await wired.to_question()
    await wired.text("Canary words")
    await wired.take(edited_message=message(1, text="Canary words"))
    kept = repr(await wired.everything()).lower()
    assert "canary" not in kept + caplog.text.lower()


# ---- elsewhere and away


@pytest.mark.parametrize(
    "fields",
    [
        {"message": message(3, text="/start") | {"chat": GROUP}},
        {"edited_message": message(3, text="/start") | {"chat": GROUP}},
        {"channel_post": {"message_id": 3, "chat": {"id": -100, "type": "channel"}, "text": "x"}},
        {
            "my_chat_member": {
                "chat": GROUP,
                "from": person(HER),
                "new_chat_member": {"user": person(1), "status": "member"},
            }
        },
    ],
    ids=["message", "edit", "post", "added"],
)
async def test_a_group_is_left_and_nothing_else_is_done(wired, fields):
    await wired.take(**fields)
    assert [call[:2] for call in wired.api.calls] == [("leave", -100)]
    assert await wired.everything() == []


async def test_a_group_that_cannot_be_left_does_no_harm(wired):
    wired.api.fail("leave", Fault.REFUSED)
    await wired.take(message=message(3, text="/start") | {"chat": GROUP})
    assert wired.api.left == []


def blocked():
    change = {"user": person(1), "status": "kicked"}
    return {"chat": private(HER), "from": person(HER), "new_chat_member": change}


@pytest.mark.parametrize("days", [0, 1])
async def test_who_blocks_the_bot_is_forgotten_also_under_the_key_of_yesterday(wired, days):
    await wired.to_services()
    wired.day += days
    await wired.take(my_chat_member=blocked())
    assert await wired.everything() == []


async def test_blocking_makes_no_call(wired):
    await wired.to_services()
    wired.api.calls.clear()
    await wired.take(my_chat_member=blocked())
    assert wired.api.calls == []


async def test_who_blocks_the_bot_waits_for_the_act_before(wired):
    await wired.text("/start")
    data = data_of(wired.shows())["English"]
    update = {"update_id": 9001, "callback_query": press(max(wired.api.cards()), data=data)}
    gone = {"update_id": 9002, "my_chat_member": blocked()}
    await asyncio.gather(wired.intake.take(update), wired.intake.take(gone))
    await quiet()
    assert await wired.everything() == []

"""Limits: a talk may ask often and then slowly, and nobody is shut out for long."""

from http import HTTPStatus

import pytest

from bot.conversation.codes import code_of
from tests.channels.web.served import (
    ANOTHER,
    both,
    spend,
)


async def test_one_talk_may_ask_often_and_then_slowly(served):
    card = await served.get()
    assert await spend(served, card) == 20
    served.seconds += 3
    assert await spend(served, card) == 3


async def test_whoever_asks_too_often_hears_when_to_come_again(served):
    card = await served.get()
    await spend(served, card)
    answer = await served.press(card, "English")
    assert (answer.status, answer.body, answer.headers["retry-after"]) == (429, b"", "1")
    # Without the script the card that stands is shown again.
    assert (await served.press(card, "English", "form")).status == HTTPStatus.OK


@both
async def test_help_and_leaving_are_never_limited(served, kind):
    card = await served.walk("English", "Yes")
    await spend(served, await served.get())
    for _ in range(30):
        assert "999" in (await served.press(card, "Urgent help", kind)).text
        assert "999" in (await served.post(kind, turn="3", a="say", say="help me")).text
    assert (await served.press(card, "Leave and wipe", kind)).status == HTTPStatus.OK
    assert await served.kept() is None


async def test_the_cover_is_never_limited(served):
    card = await served.walk("English", "Yes")
    await spend(served, await served.get())
    carried = ".3.w" + code_of("cover")
    assert [(await served.post(a=carried)).status for _ in range(30)] == [200] * 30
    assert card.status == HTTPStatus.OK


async def test_one_who_asks_too_often_slows_nobody_else(served):
    await spend(served, await served.get())
    assert (await served.walk("English", token=ANOTHER)).status == HTTPStatus.OK


BEGINS = {
    "a button": lambda carried: {"a": carried, "turn": "1"},
    "a button as it was when the turn stood in it": lambda carried: {
        "a": f".7{carried[2:]}",
        "turn": "1",
    },
    "words": lambda _: {"a": "say", "say": "english", "turn": "1"},
}


@pytest.mark.parametrize("way", BEGINS)
async def test_a_crowd_of_new_talks_is_held_back(served, way):
    carried = (await served.get()).buttons["English"]
    statuses = [
        (await served.post(token=f"{number:043}", **BEGINS[way](carried))).status
        for number in range(110)
    ]
    assert statuses == [200] * 100 + [429] * 10


async def test_a_crowd_of_new_talks_holds_nobody_back_who_is_in_one(served):
    card = await served.walk("English")
    for number in range(110):
        await served.walk("English", token=f"{number:043}")
    assert (await served.press(card, "Yes")).status == HTTPStatus.OK

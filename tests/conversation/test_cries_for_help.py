"""Cries for help: whatever stands around them, in any language, they bring the urgent card."""

import asyncio

import pytest

from bot.conversation.messages import Incoming, Typed
from bot.conversation.turns import Turns
from bot.locales import phrases as say
from bot.sessions.memory import MemoryStore


@pytest.mark.parametrize(
    "word",
    [
        "urgent",
        "HELP!",
        "pomocy",
        "مدد",
        "999",
        "i want to die",
        "he is hitting me",
        "samobójstwo",
    ],
)
def test_urgent_help_is_one_word_away_in_any_language(talk, word):
    assert talk.type("1", word).step == "urgent.now"
    assert talk.type("5").step == "triage.area"


def test_a_cry_for_help_inside_a_sentence_brings_the_urgent_card(talk):
    assert talk.type("please help me he is outside").step == "urgent.now"


def test_why_urgent_help_stands_is_said_where_she_did_not_ask_for_it(talk):
    said = [block.text for block in talk.type("he hit me again").blocks if hasattr(block, "text")]
    assert said[0] == say.HEARD.text
    asked = talk.type("back", "urgent help")
    assert say.HEARD.text not in [getattr(block, "text", "") for block in asked.blocks]


def test_back_out_of_urgent_help_that_was_not_meant_is_one_press(talk):
    before = talk.card.step
    assert talk.type("he hit me again", "back").step == before


def test_a_word_of_safety_works_as_the_very_first_message(world, moment):
    turns = Turns(world, MemoryStore(lambda: 0.0), lambda: moment)
    card = asyncio.run(turns.take(Incoming("new", Typed("help"))))
    assert card.step == "urgent.now"


def test_a_cry_for_help_is_seen_before_a_postcode(talk):
    card = talk.type("1", "please help me he is hitting me I am in B29 7XX")
    assert card.step == "urgent.now"


def test_help_at_the_end_of_a_very_long_message_is_seen(talk):
    assert talk.type("x " * 3000 + "help me").step == "urgent.now"

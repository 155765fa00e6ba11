"""Blank cards: hidden, closed and last ones say nothing of what the talk was."""

import pytest

from bot.conversation import engine
from bot.conversation.blank_cards import closed, farewell, hidden, labels

LANGUAGES = ("en", "ur", "pl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hidden_card_keeps_its_turn_and_nothing_to_answer(world, language):
    voice = world.catalogues.voice(language)
    session = engine.start(world.material.plan, "en").session._replace(turn=7, nonce="n")
    card = hidden(voice, session)
    assert (card.state, card.turn, card.nonce, card.options) == ("hidden", 7, "n", ())
    assert (card.language, card.direction) == (language, voice.direction)


def test_a_closed_card_belongs_to_no_talk(world):
    card = closed(world.catalogues.voice("en"))
    assert (card.state, card.turn, card.nonce) == ("closed", 0, "")


def test_the_last_card_under_the_cover_says_only_bye(world):
    card = farewell(world.catalogues.voice("en"), covered=True)
    assert [block.text for block in card.blocks] == ["Bye for now."]
    assert card.ended


def test_labels_are_made_once_a_language(world):
    voice = world.catalogues.voice("ur")
    assert labels(voice) is labels(voice)
    assert labels(voice).copy != labels(world.catalogues.voice("en")).copy

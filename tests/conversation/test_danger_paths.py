"""Danger, told at any question, in every language: numbers at once, and the talk goes on."""

import pytest

from bot.conversation import engine
from bot.conversation.messages import Paragraph, Result
from bot.conversation.plan import Asked, Chosen
from bot.conversation.wording import draw
from bot.flows.graph import asked_again, reads_after
from bot.simulator import Ahead, walk
from tests.test_simulator import SAMPLES, SOURCE_READS

LANGUAGES = ("en", "ur", "pl")


@pytest.fixture(scope="module")
def sessions(world, data):
    """One session at every step that waits, told apart by what still matters."""
    ahead = Ahead(reads_after(data.flows, SOURCE_READS), asked_again(data.flows))
    found = {}
    for stride in walk(world.material.plan, ahead, SAMPLES):
        for session in (stride.before, stride.after.session):
            if session is not None:
                found.setdefault((session.at, session.stack), session)
    return list(found.values())


def shown(world, session, moment, language):
    """Every word and every number on the card."""
    card = draw(world.material, session, world.catalogues.voice(language), moment)
    words = [block.text for block in card.blocks if isinstance(block, Paragraph)]
    ways = [
        way.link or way.shown
        for block in card.blocks
        if isinstance(block, Result)
        for way in block.ways
    ]
    return " ".join(words), ways


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_press_brings_the_numbers_in_every_language(world, sessions, moment, language):
    for session in sessions:
        after = engine.step(world.material.plan, session, Asked("urgent")).session
        words, ways = shown(world, after, moment, language)
        assert "999" in words, session.at
        assert "55" in words, session.at
        assert any(way.startswith("tel:") for way in ways), session.at


def dangerous(world, session):
    """The answers of the question it stands at that tell of danger, as they are given."""
    planned = world.material.plan.steps[session.at]
    for choice in planned.step.choices:
        if any(tag.text == "danger" for tag in choice.tags):
            yield Chosen((choice.id,))


def test_every_answer_that_tells_of_danger_goes_on(world, sessions):
    told = 0
    for session in sessions:
        for answer in dangerous(world, session):
            after = engine.step(world.material.plan, session, answer).session
            assert after is not None, session.at
            assert after.at != session.at
            told += 1
    assert told >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_asked_for_at_the_first_question_comes_with_numbers(
    world, sessions, moment, language
):
    """The path from hello: the answer that calls for help leads to a card with 999 and a line."""
    first = [session for session in sessions if session.at == "welcome.safe"]
    assert first
    for session in first:
        for answer in dangerous(world, session):
            after = engine.step(world.material.plan, session, answer).session
            words, ways = shown(world, after, moment, language)
            assert "999" in words
            assert any(way.startswith("tel:") for way in ways)

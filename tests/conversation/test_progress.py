"""Progress: the count on the card is the count of questions that come."""

from collections import Counter

import pytest

from bot.conversation.messages import Button, Incoming, Paragraph, Start, Word
from bot.conversation.turns import Turns
from bot.flows.model import Kind
from bot.locales import phrases as say
from bot.sessions.memory import MemoryStore


@pytest.fixture
def turns(world, moment):
    return Turns(world, MemoryStore(lambda: 0.0), lambda: moment)


def told(card):
    return [block.text for block in card.blocks if isinstance(block, Paragraph)
            and block.tone == "progress"]  # fmt: skip


def said(world, language, count):
    voice = world.catalogues.voice(language)
    return voice(say.LAST_QUESTION) if count == 1 else voice.plural(say.LEFT, count)


async def walked(turns, world):
    """The cards from hello to the second list, always by the first answer."""
    card = await turns.take(Incoming("her", Start()))
    lists = 0
    while lists < 2:
        yield card
        lists += world.material.plan.steps[card.step].step.kind is Kind.RESULTS
        card = await turns.take(
            Incoming("her", Button(card.step, (card.options[0].id,), card.turn))
        )


async def test_every_question_says_how_many_are_left_and_the_count_is_right(turns, world):
    counts, ahead = [], []
    async for card in walked(turns, world):
        if world.material.plan.steps[card.step].step.kind is Kind.RESULTS:
            assert told(card) == []
            counts += [(one, left) for left, one in enumerate(reversed(ahead), 1)]
            ahead = []
        else:
            ahead.append(card)
    assert len(counts) > 10
    for card, left in counts:
        assert told(card) == [said(world, card.language, left)], card.step


async def test_a_part_of_a_postcode_in_two_councils_brings_one_question_more(world):
    left = world.material.left
    assert left[("triage.council", ("welcome.questions",))] == 1
    early = left[("about.what", ("welcome.questions", "triage.about_first"))]
    later = left[("about.what", ("welcome.questions", "triage.about_later"))]
    # Later, the question what matters most is left out: no way to a list has more than eight.
    assert (early, later) == (1, 8)


@pytest.mark.parametrize("word", ["urgent", "cover", "language", "know"])
async def test_what_interrupts_the_questions_has_no_count(turns, word):
    await turns.take(Incoming("her", Start()))
    await turns.take(Incoming("her", Button("welcome.language", ("en",), 1)))
    assert told(await turns.take(Incoming("her", Word(word)))) == []


def test_no_count_is_none_or_more_than_there_are_questions(world):
    asks = Counter(planned.step.kind for planned in world.material.plan.steps.values())
    assert all(0 < count <= asks[Kind.ASK] for count in world.material.left.values())


@pytest.mark.parametrize("code", ["en", "ur", "pl"])
def test_the_count_stands_in_every_form(world, code):
    voice = world.catalogues.voice(code)
    for count in range(2, 23):
        assert str(count) in voice.plural(say.LEFT, count)

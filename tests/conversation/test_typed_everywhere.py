"""What is typed in one language and means something in another: help and leaving always count."""

import pytest

from bot.conversation import engine
from bot.conversation.lexicons import lexicon, voices_for
from bot.conversation.plan import Asked, Chosen, NotUnderstood
from bot.conversation.reading import understand
from bot.conversation.safety import in_distress
from bot.locales.typed import normalise
from tests.conversation.test_disclosures import FOLDER, lines

HARMLESS = sorted(path.stem for path in (FOLDER / "harmless").glob("*.txt"))


def typed_words(voice, text):
    return {normalise(word) for word in voice.typed(text)} - {""}


@pytest.fixture(scope="module")
def codes(world):
    return [language.code for language in world.catalogues.offered]


@pytest.fixture(scope="module")
def answers(world, codes):
    """For every language, what each word means at the first two questions, read in it alone."""
    plan = world.material.plan
    first = engine.start(plan, "en", chosen=True).session
    second = engine.step(plan, first, Chosen(("yes",))).session
    third = engine.step(plan, second, Chosen(("walsall",))).session
    return [
        (
            code,
            session,
            lexicon(
                plan,
                session,
                voices_for(code, world.catalogues),
                world.material.names,
                world.aliases,
            ),
        )
        for code in codes
        for session in (first._replace(language=code), third._replace(language=code))
    ]


def test_the_words_that_leave_leave_in_every_language(world, codes):
    """Whatever language the talk is in, unless the word is an answer in that language."""
    plan = world.material.plan
    leave = plan.intents["leave"].words
    session = engine.start(plan, "en", chosen=True).session
    for code in codes:
        words = lexicon(
            plan, session, voices_for(code, world.catalogues), world.material.names, world.aliases
        )
        for other in codes:
            for word in typed_words(world.catalogues.voice(other), leave):
                meant = understand(
                    word, world.safety_words, lambda words=words: words, covered=False
                )
                known = words.intents.get(word) or words.answers.get(word)
                assert meant == Asked("leave") or known or in_distress(word, world.safety_words), (
                    code, other, word,
                )  # fmt: skip


def test_no_answer_of_hers_wipes_the_talk_because_of_another_language(world, answers):
    """A label, or a word for an answer, is that answer in her language."""
    for code, session, words in answers:
        voice = world.catalogues.voice(code)
        for choice in world.material.plan.steps[session.at].step.choices:
            for word in (voice(choice.label), *(voice.typed(choice.also) if choice.also else ())):
                meant = understand(
                    word, world.safety_words, lambda words=words: words, covered=False
                )
                assert meant == Chosen((choice.id,)), (code, session.at, word)


def test_words_of_everywhere_are_hers_first(world, codes):
    plan = world.material.plan
    session = engine.start(plan, "en", chosen=True).session
    for code in codes:
        voice = world.catalogues.voice(code)
        words = lexicon(
            plan,
            session._replace(language=code),
            voices_for(code, world.catalogues),
            world.material.names,
            world.aliases,
        )
        for intent in plan.intents.values():
            for word in (voice(intent.label), *voice.typed(intent.words)):
                meant = understand(
                    word, world.safety_words, lambda words=words: words, covered=False
                )
                assert meant == Asked(intent.id) or meant == Asked("urgent"), (code, word, meant)


@pytest.mark.parametrize("code", HARMLESS)
def test_no_harmless_words_bring_urgent_help_in_any_language(world, code):
    """The lists of all languages are looked at together."""
    alarms = [
        line.text
        for line in lines(f"harmless/{code}.txt")
        if in_distress(line.text, world.safety_words)
    ]
    assert alarms == []


def test_what_no_language_knows_is_asked_again(world, codes):
    plan = world.material.plan
    session = engine.start(plan, "en", chosen=True).session
    for code in codes:
        words = lexicon(
            plan, session, voices_for(code, world.catalogues), world.material.names, world.aliases
        )
        meant = understand(
            "qqqq zzzz", world.safety_words, lambda words=words: words, covered=False
        )
        assert meant == NotUnderstood()

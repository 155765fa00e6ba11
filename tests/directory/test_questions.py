"""Questions: one for every fact a service can answer, in words that anybody reads."""

import re

from bot.directory.questions import KEY_OF, NOT_ASKED, QUESTIONS
from bot.directory.shape import SHAPE
from bot.directory.standards import unsaid
from tests.directory.entries import entry


def test_every_key_that_a_service_can_answer_has_a_question():
    assert set(QUESTIONS) == set(SHAPE) - NOT_ASKED
    assert set(SHAPE) >= NOT_ASKED


def test_a_question_is_short_and_plain():
    for key, question in QUESTIONS.items():
        assert question.words.endswith(("?", ".")), key
        assert len(question.words.split()) <= 20, key
        assert not re.search(r"[_\[\]{}]|\b(?:via|regarding|utilise|referral)\b", question.words)


def test_names_and_questions_are_not_the_same_twice():
    names = [question.name for question in QUESTIONS.values()]
    asked = [question.words for question in QUESTIONS.values()]
    assert len(set(names)) == len(names)
    assert len(set(asked)) == len(asked)


def test_everything_women_ask_can_be_asked_of_a_service():
    for part in unsaid(entry()):
        assert part.facts[0] in KEY_OF, part.words

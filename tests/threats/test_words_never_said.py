"""Words never said: nothing asks her who she is, and nothing promises what nobody can keep.

The search is that of `linnet check`, over every text of every flow and phrase in every language.
It knows words and no meanings; a native speaker has to read what it cannot find. The second half
of each test plants the words and sees them found, so that a search that finds nothing is noticed.
"""

from dataclasses import replace

import pytest
import yaml

from bot import app
from bot.locales.extraction import PHRASES
from bot.locales.languages import read_languages
from bot.locales.tongues import Translated, read_tongues
from bot.locales.word_checks import check_words
from bot.locales.wordlists import read_wordlists
from tests.locales.examples import message
from tests.locales.polish import ENGLISH

IDENTITY = (
    "What is your name?",
    "What is your full name?",
    "What is your phone number?",
    "What is your address?",
    "What is your date of birth?",
    "What is your full postcode?",
    "What is your email?",
)
PROMISES = (
    "This is completely safe.",
    "This is completely anonymous.",
    "Everything is confidential.",
    "Nobody will know.",
    "Nobody will find out.",
    "This leaves no trace.",
    "We guarantee it.",
    "They will help you.",
)
FORBIDDEN = {"asks-who", "false-safety", "promise"}


@pytest.fixture(scope="module")
def tongues(data):
    languages, _ = read_languages(data.folders.locales)
    words, _ = read_wordlists([data.folders.locales])
    return read_tongues(data.folders.locales, languages, words)[0]


@pytest.fixture(scope="module")
def messages(data):
    return app.messages(data)


def rules(messages, tongues, names=()):
    return [problem.rule for problem in check_words(messages, tongues, names)]


def test_threat_17_no_question_of_any_flow_asks_who_she_is(messages, tongues, data):
    names = [service.name for service in data.services]
    found = rules(messages, tongues, names)
    assert len(tongues) == 19
    assert "asks-who" not in found
    asked = [one for one in messages if any(path.endswith(".ask") for path in one.paths)]
    assert len(asked) > 50
    for one in asked:  # each question, edited to ask it
        for planted in IDENTITY:
            harmed = replace(one, msgid=f"{one.msgid} {planted}")
            assert "asks-who" in rules([harmed], tongues[:1]), (one.paths, planted)


def test_threat_17_words_that_are_a_question_in_one_place_alone_are_a_question():
    """The same words may first be said in an explanation, which is read before the question."""
    shared = message("What is your name?", "steps.one.say", "steps.two.ask")
    assert rules([shared], (ENGLISH,)) == ["asks-who"]
    phrase = replace(shared, paths=("flows/a.yaml steps.one.say", f"{PHRASES} SOME_PHRASE"))
    assert rules([phrase], (ENGLISH,)) == ["asks-who"]
    assert rules([message("What is your name?", "steps.one.say")], (ENGLISH,)) == []


def test_threat_18_no_text_in_any_language_promises_what_nobody_can_keep(messages, tongues, data):
    names = [service.name for service in data.services]
    assert not {"false-safety", "promise"} & set(rules(messages, tongues, names))
    for one in messages[:: len(messages) // 50]:
        for planted in PROMISES:
            harmed = replace(one, msgid=f"{one.msgid}\n{planted}", context="")
            assert {"false-safety", "promise"} & set(rules([harmed], tongues[:1])), planted


@pytest.mark.parametrize("rule", sorted(FORBIDDEN))
def test_threat_18_what_is_never_said_is_found_in_every_language(messages, tongues, data, rule):
    """A translator's slip, or a hostile one: the language's own words in one question."""
    asked = next(one for one in messages if one.paths[0].endswith(".ask"))
    for tongue in tongues[1:]:
        path = data.folders.locales / "words" / f"{tongue.code}.yaml"
        listed = yaml.safe_load(path.read_text(encoding="utf-8"))[rule]
        whole = [phrase for phrase in listed if "*" not in phrase]
        assert len(whole) >= 3, tongue.code
        for phrase in whole:
            said = {asked.key: Translated((f"{phrase}?",), 7)}
            found = rules([asked], (tongues[0], replace(tongue, said=said)))
            assert rule in found, (tongue.code, phrase)

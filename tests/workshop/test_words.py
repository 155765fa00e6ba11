"""Words: every text that was shown is looked for in every language."""

from dataclasses import replace

from bot.locales.languages import ENGLISH, Language
from bot.locales.voice import Voice, packed
from bot.workshop.words import unsaid
from tests.workshop.examples import small_flows

STEPS = """
one:
  ask: One?
  for_other: Of her?
  why: Because.
  choices: {a: {label: A, for_other: Hers}}
two: {ask: Two?, choices: {b: B}}
over: {end: done}
"""
ONE = ("One?", "Of her?", "Because.", "A", "Hers")
POLISH = Language("pl", "Polski", "Latn", "ltr", "HH:mm", "", {"other": 0})


def voice(*said, sure=True):
    entries = {"": {words: packed((words,), sure=sure) for words in said}}
    return Voice(POLISH, entries, Voice(ENGLISH, {}))


def missing(steps, *said, **more):
    flows = small_flows(STEPS)
    return [
        problem.sentence.split('"')[1] for problem in unsaid(flows, steps, [voice(*said, **more)])
    ]


EVERYWHERE = ("Back", "Next question", "Urgent help", "Leave", "Good to know")


def test_question_reason_and_labels_are_looked_for():
    """Also what is said to a woman who worries about somebody else."""
    assert missing(["welcome.one"], *EVERYWHERE) == list(ONE)


def test_words_that_were_not_shown_are_not():
    assert missing(["welcome.two"], "Two?", "B", *EVERYWHERE) == []


def test_the_words_for_everywhere_are_always_shown():
    assert missing([]) == list(EVERYWHERE)


def test_english_has_every_word():
    assert list(unsaid(small_flows(STEPS), ["welcome.one"], [Voice(ENGLISH, {})])) == []


def test_a_doubtful_translation_of_safety_words_counts_as_none():
    flows = small_flows(STEPS)
    step = flows.by_id["welcome"].steps[0]
    safe = replace(step, text=replace(step.text, safety=True))
    welcome = replace(flows.by_id["welcome"], steps=(safe,), everywhere=())
    flows = replace(flows, by_id={"welcome": welcome})
    found = unsaid(flows, ["welcome.one"], [voice(*ONE, sure=False)])
    assert [problem.sentence.split('"')[1] for problem in found] == ["One?"]


def test_a_long_text_is_cut_and_stands_with_its_language_and_place():
    flows = small_flows(STEPS.replace("Because.", "because " * 30))
    found = [p for p in unsaid(flows, ["welcome.one"], [voice()]) if "because" in p.sentence]
    assert "…" in found[0].sentence
    assert "'pl'" in found[0].sentence
    assert len(found[0].sentence) < 120
    assert found[0].line == flows.by_id["welcome"].steps[0].why.mark.line

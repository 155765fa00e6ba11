"""Sayings: what is asked of a sentence that she says for herself."""

import pytest

from bot.sayings import LONGEST, RULES, faults


def rules_of(sentence):
    return [rule for rule, _ in faults(sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "I would like a woman worker.",
        "Can I see someone alone?",
        "Evenings are best for me.",
        "I.",
    ],
)
def test_a_sentence_of_hers_is_without_a_fault(sentence):
    assert rules_of(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("I would like a creche", "not-a-sentence"),
        ("She needs a creche.", "not-her-words"),
        ("Mine is a creche.", "not-her-words"),
        ("I would like help with drugs.", "telling-say"),
        ("I " + "would like this and that " * 3 + "too.", "long-say"),
    ],
)
def test_each_fault_is_told_by_its_rule(sentence, rule):
    assert rules_of(sentence) == [rule]


def test_the_longest_sentence_that_may_be_said_has_sixty_letters():
    assert LONGEST == 60
    assert rules_of("I" + "x" * 58 + " I.") == ["long-say"]
    assert rules_of("I " + "x" * 57 + ".") == []


def test_every_fault_is_told_at_once():
    sentence = "Somebody in this house drinks and takes drugs nearly every day and night"
    assert set(rules_of(sentence)) == set(RULES)

"""Checks of what she may type: in every language one word has one meaning."""

import pytest

from bot.locales.tongues import Tongue, Translated
from bot.locales.voice import TYPED
from tests.flows.talks import rules, talk
from tests.locales.polish import WORDS

TWO = (
    "one: {ask: Now?, choices: {a: {label: First, must: [pram]}, b: {label: Second, also: other}}}"
)


def polish(**said):
    """Polish with these texts; a name that ends in `_typed` is something she types."""
    entries = {
        (TYPED if name.endswith("_typed") else "", english): Translated((text,), 7)
        for name, (english, text) in said.items()
    }
    return Tongue("pl", WORDS["pl"], "locales/pl.po", entries)


@pytest.mark.parametrize(
    ("words", "broken"),
    [("wyjdź", []), ("|", ["no-words-for-help"]), ("!", ["no-words-for-help"])],
)
def test_help_and_leaving_have_words_in_every_language(words, broken):
    assert rules(talk(TWO), polish(a_typed=("leave", words))) == broken
    assert rules(talk(TWO), polish(a_typed=("help", words))) == broken


@pytest.mark.parametrize(
    ("label", "broken"),
    [("Pomoc", ["translated-clash"]), ("POMOC!", ["translated-clash"]), ("Pomocna", [])],
)
def test_a_choice_means_nothing_that_works_everywhere(label, broken):
    tongue = polish(help_typed=("help", "pomoc"), first=("First", label))
    assert rules(talk(TWO), tongue) == broken


@pytest.mark.parametrize(("label", "broken"), [("Pomoc", ["translated-clash"]), ("Jej", [])])
def test_nor_does_its_label_for_somebody_else(label, broken):
    """Harm prevented: she types what stands on the button, and something else happens."""
    flows = talk(TWO.replace("b: {", "b: {for_other: Hers, "))
    tongue = polish(help_typed=("help", "pomoc"), hers=("Hers", label))
    assert rules(flows, tongue) == broken


def test_typed_words_of_a_choice_mean_nothing_that_works_everywhere():
    tongue = polish(help_typed=("help", "pomoc"), b_typed=("other", "inne | pomoc"))
    assert rules(talk(TWO), tongue) == ["translated-clash"]


@pytest.mark.parametrize(
    ("second", "broken"),
    [("Drugi", []), ("Pierwszy", ["same-label"]), ("pierwszy.", ["same-label"]), ("", [])],
)
def test_two_choices_look_different_in_every_language(second, broken):
    said = {"one": ("First", "Pierwszy")} | ({"two": ("Second", second)} if second else {})
    assert rules(talk(TWO), polish(**said)) == broken


def test_two_choices_share_no_word():
    tongue = polish(one=("First", "Inne"), b_typed=("other", "drugi | inne"))
    assert rules(talk(TWO), tongue) == ["same-label"]


def test_a_hidden_choice_may_share_its_word():
    hidden = TWO.replace("b: {", "b: {typed_only: true, ").replace("Second", "First")
    assert rules(talk(hidden)) == []

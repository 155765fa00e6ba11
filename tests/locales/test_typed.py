"""One spelling for the many ways people type a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.locales.typed import LONGEST, folded, normalise


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("  YES!! ", "yes"),
        ("don't know", "dont  know."),
        ("don’t know", "dont know"),
        ("Wróć", "wroc"),
        ("COFNIĘ", "cofnie"),
        ("обратнo й", "обратнo и"),
        ("ي ك ه", "ی ک ہ"),
        ("۳", "3"),
        ("৩", "3"),
        ("１２", "12"),
        ("وا\u200fپس\u200c", "واپس"),
        ("b-29", "b 29"),
    ],
)
def test_these_are_the_same_word(typed, same):
    assert normalise(typed) == normalise(same) != ""


@pytest.mark.parametrize("typed", ["", "   ", "?!…", "🙂", "\u200f\u2066"])
def test_what_has_no_letter_is_empty(typed):
    assert normalise(typed) == ""


def test_vowel_signs_of_indian_scripts_stay():
    assert normalise("हाँ") != normalise("ह")


def test_only_the_beginning_of_a_long_text_is_looked_at():
    assert normalise("a" * 10_000) == "a" * LONGEST


@given(st.text(max_size=80))
def test_normal_text_stays_as_it_is(text):
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=300))
def test_the_short_way_for_plain_letters_gives_what_the_long_way_gives(text):
    joined = normalise(text[:200] + "\u200b")  # a zero-width space forces the long way
    assert normalise(text[:200]) == joined


@pytest.mark.parametrize("word", ["Ab ", "Łą "])
def test_words_of_our_own_are_not_cut(word):
    text = word * LONGEST
    assert len(folded(text).split()) == LONGEST
    assert folded(text).startswith(normalise(text))

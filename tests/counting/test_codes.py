"""Codes: their shape, that chance alone makes them, and that they spell nothing."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counting import codes


def drawn(number, *, test=False):
    """Codes from a fixed beginning of chance."""
    below = random.Random(9).randrange  # noqa: S311  # only a test is drawn
    return [codes.make(below, test=test) for _ in range(number)]


@pytest.mark.parametrize("test", [False, True])
def test_a_code_has_eight_signs_and_no_look_alikes(test):
    for code in drawn(2000, test=test):
        assert re.fullmatch("[0-9a-z]{8}", code)
        assert not set(code[1:]) & set("01oil")
        assert codes.is_code(code)
        assert codes.is_test(code) is test
        assert code.startswith("0") is test


def test_no_code_spells_a_word():
    assert not [
        code for code in drawn(5000) + drawn(5000, test=True) if re.search("[a-z]{3}", code)
    ]


def test_every_sign_is_drawn_at_every_place_and_two_codes_are_not_the_same():
    found = drawn(5000)
    assert len(set(found)) == len(found)
    for place in range(codes.LENGTH):
        assert {code[place] for code in found} == set(codes.SIGNS)


@given(st.lists(st.integers(0, 30), min_size=8, max_size=8))
def test_any_chance_makes_a_code(numbers):
    left = iter(numbers)
    assert codes.is_code(codes.make(lambda most: next(left) % most))


def test_each_sign_is_asked_for_with_how_many_there_are():
    asked = []
    codes.make(lambda most: asked.append(most) or most - 1)
    assert set(asked) == {len(codes.SIGNS), len(codes.FIGURES)}
    assert len(asked) == codes.LENGTH


def test_a_code_that_is_taken_is_drawn_again():
    left = iter([0] * 8 + [0] * 7 + [1])
    assert codes.fresh(lambda _: next(left), {"22222222"}) == "22222223"


@pytest.mark.parametrize(
    "text",
    [
        "", "k7m2x9p", "k7m2x9paa", "K7M2X9PA", "k7m2x9p0", "00m2x9pa", "k7m2x9pl", "k7m2 9pa",
        "k7m2x9pa\n", "\nk7m2x9pa", "k7m2x9p٣", "k7m2x9pа", "../../..", "\x00" * 8, "\ud800" * 8,
    ],
    ids=ascii,
)  # fmt: skip
def test_anything_else_is_no_code(text):
    assert not codes.is_code(text)
    assert not codes.is_test(text)


@given(st.text() | st.text(codes.SIGNS + "0", max_size=9))
def test_only_what_the_pattern_has_is_a_code(text):
    right = len(text) == codes.LENGTH and text[0] in codes.TEST + codes.SIGNS
    assert codes.is_code(text) == (right and all(sign in codes.SIGNS for sign in text[1:]))

"""Telling: values of the format in words that a service would use."""

import re

import pytest

from bot.directory.shape import SHAPE
from bot.directory.telling import day_told, hours_told, told


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Mo-Fr 09:00-17:00", "Monday to Friday, 09:00 to 17:00"),
        ("Mo,We 10:00-12:00,13:00-15:00", "Monday, Wednesday, 10:00 to 12:00 and 13:00 to 15:00"),
        ("Fr-Sa 21:00-05:00", "Friday to Saturday, 21:00 to 05:00"),
        ("Mo-Su 00:00-24:00", "Monday to Sunday, 00:00 to 24:00"),
        ("Tu,Mo[1,3] 11:00-13:00", "Tuesday, first and third Monday of the month, 11:00 to 13:00"),
        ("24/7", "day and night"),
        ("closed", "closed"),
        ("as_usual", "as usual"),
    ],
)
def test_hours_are_told_in_days_and_times(line, words):
    assert hours_told(line) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [("2026-11-05", "5 November 2026"), ("2026-11", "November 2026"), ("2026", "2026")],
)
def test_a_date_is_told_as_exactly_as_it_is_known(text, words):
    assert day_told(text) == words


@pytest.mark.parametrize(
    ("key", "values", "words"),
    [
        ("languages.spoken", ["en", "pa"], "English, Punjabi"),
        ("languages.interpreter", ["any_by_phone"], "any language by phone"),
        ("hours.closed_on", ["2026-12-24..2027-01-02"], "24 December 2026 to 2 January 2027"),
        ("hours.closed_on", ["2026-12-24"], "24 December 2026"),
        ("worker.female", ["guaranteed"], "guaranteed"),
        ("welcomes", [], "none"),
        ("name", ["A_b"], "A_b"),
        ("verified.on", ["2026-01"], "January 2026"),
    ],
)
def test_values_are_told_in_words(key, values, words):
    assert told(key, values) == words


def test_no_word_of_the_format_is_left_with_an_underscore():
    for key, value in SHAPE.items():
        assert not re.search("_", told(key, value.choices) if value.choices else ""), key

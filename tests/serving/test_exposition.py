"""Exposition: the text is what Prometheus reads, whatever the numbers and labels are."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.serving.exposition import Family, Sample, number, write

LINE = re.compile(r'([a-z_]+)(?:\{([a-z_]+)="((?:[^"\\\n]|\\[\\"n])*)"\})? (\S+)')


def test_a_family_is_its_help_its_kind_and_its_numbers():
    family = Family("a_total", "counter", "What it is.", [Sample(3, {"kind": "x"}), Sample(4)])
    assert write([family]) == (
        '# HELP a_total What it is.\n# TYPE a_total counter\na_total{kind="x"} 3\na_total 4\n'
    )


def test_several_labels_stand_with_commas_between():
    text = write([Family("a", "gauge", "b", [Sample(1, {"c": "d", "e": "f"}, "_sum")])])
    assert text.endswith('\na_sum{c="d",e="f"} 1\n')


def test_nothing_is_an_empty_text():
    assert write([]) == ""


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (3.0, "3"), (0.25, "0.25"), (10**9, "1000000000")]
)
def test_a_number_has_no_needless_end(value, shown):
    assert number(value) == shown


def test_without_an_end_is_a_number_too():
    assert number(math.inf) == "+Inf"


@given(st.text(), st.floats(allow_nan=False, allow_infinity=False))
def test_no_label_can_break_out_of_its_line(value, number):
    text = write([Family("a", "gauge", "b", [Sample(number, {"c": value})])])
    *_, line, end = text.split("\n")
    found = LINE.fullmatch(line)
    assert (end, text.count("\n"), found is not None) == ("", 3, True)
    back = re.sub(r"\\(.)", lambda part: {"n": "\n"}.get(part[1], part[1]), found[3])
    assert (back, float(found[4])) == (value, number)

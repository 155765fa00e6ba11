"""Drawings: lengths as they are written, outlines where they belong."""

import pytest

from bot.outreach.drawing import Glyph, Line, Words, number

BOX = (("M", 0.0, 0.0), ("L", 0.5, 0.0), ("C", 0.5, 1.0, 0.0, 1.0, 0.0, -0.25), ("Z",))


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0"), (1.0, "1"), (0.1254, "0.125"), (-2.5, "-2.5"), (210, "210")]
)
def test_lengths_have_three_places_at_most(value, written):
    assert number(value) == written


def test_outlines_come_out_in_mm_and_upside_down():
    line = Line((Glyph(BOX, 0.5, 0.1),), 1.0)
    steps = list(Words(line, 10, 20, 4).steps())
    assert [letter for letter, _ in steps] == ["M", "L", "C", "Z"]
    assert steps[0][1] == [pytest.approx((12, 19.6))]
    assert steps[1][1] == [pytest.approx((14, 19.6))]
    assert steps[2][1] == [pytest.approx(one) for one in ((14, 15.6), (12, 15.6), (12, 20.6))]
    assert steps[3][1] == []


def test_ink_is_what_reaches_above_and_below():
    assert Line((Glyph(BOX, 0, 0.1),), 1.0).ink() == (1.1, 0.15)
    assert Line((), 1.0).ink() == (0, 0)

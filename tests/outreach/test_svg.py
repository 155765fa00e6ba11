"""SVG: outlines only, in the size of the paper, and the very outlines of the PDF."""

import re
from xml.etree import ElementTree as Tree

import pytest

from bot.outreach.papers import PAPERS
from tests.outreach.printing import made
from tests.outreach.test_pdf import streams

SVG = "{http://www.w3.org/2000/svg}"


def numbers(text):
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def curves(svg):
    """The ends of all curves of all pictures of an SVG, in mm from the top."""
    found = re.findall(r"C([-\d. ]+)", svg.decode())
    return [numbers(one)[-2:] for one in found]


def curves_of_pdf(pdf, height):
    forms = [text for head, text in streams(pdf) if b"/Form" in head]
    ends = [line.split()[-3:-1] for form in forms for line in form.splitlines() if line.endswith(" c")]  # fmt: skip
    return [[float(x), height - float(y)] for x, y in ends]


@pytest.mark.parametrize("paper", PAPERS)
def test_it_is_a_drawing_in_its_true_size(paper):
    root = Tree.fromstring(made("pa", paper=paper, kind="svg"))  # noqa: S314  # our own
    wide, high = ("148", "210") if paper == "a5" else ("210", "297")
    assert (root.get("width"), root.get("height")) == (f"{wide}mm", f"{high}mm")
    assert root.get("viewBox") == f"0 0 {wide} {high}"
    assert {each.tag for each in root.iter()} <= {f"{SVG}{tag}" for tag in ("svg", "defs", "g", "path", "use")}  # fmt: skip
    assert not any((each.text or "").strip() for each in root.iter())


def test_a_hostile_heading_leaves_nothing_but_outlines():
    svg = made("en", kind="svg", heading="Tom & Co. 'x'")
    assert b"Tom" not in svg
    assert b"&" not in svg


@pytest.mark.parametrize(("code", "design"), [("ur", "recipe"), ("ta", "timetable"), ("en", "plain")])  # fmt: skip
def test_both_formats_have_the_same_outlines(code, design):
    ours = curves(made(code, design, "a5", kind="svg"))
    theirs = curves_of_pdf(made(code, design, "a5"), 210)
    assert len(ours) > 1000
    assert [number for end in ours for number in end] == pytest.approx(
        [number for end in theirs for number in end], abs=0.0015
    )


def test_cards_are_drawn_once_and_placed_often():
    root = Tree.fromstring(made("en", count=10, kind="svg"))  # noqa: S314
    assert len(root.findall(f"{SVG}defs/{SVG}g")) == 1
    assert len(root.findall(f"{SVG}use")) == 10

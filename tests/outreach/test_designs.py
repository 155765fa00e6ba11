"""Designs: everything inside its paper, nothing over the code, mirrored where reading is."""

from itertools import combinations

import pytest

from bot.outreach.content import DESIGNS
from bot.outreach.designs import STRIPS, picture_of, poster_with_strips
from bot.outreach.drawing import Squares, Words
from bot.outreach.papers import PAPERS
from tests.outreach.printing import CODE, LANGUAGES, content, shaper

SLACK = 0.6  # mm: letters may lean out of the room that they are counted for


def drawn(code, design="plain", paper="card"):
    return picture_of(paper, content(code, design), CODE, shaper(code))


def box(item):
    """Left, top, right, bottom of a line's shapes, or of a code."""
    if isinstance(item, Squares):
        xs = [x for x, _, wide, _ in item.boxes for x in (x, x + wide)]
        ys = [y for _, y, _, high in item.boxes for y in (y, y + high)]
    else:
        points = [point for _, points in item.steps() for point in points]
        xs, ys = ([point[n] for point in points] for n in (0, 1))
    return min(xs), min(ys), max(xs), max(ys)


def code_of(picture):
    return next(item for item in picture.items if isinstance(item, Squares))


def lines(picture):
    return [item for item in picture.items if isinstance(item, Words) and item.line.glyphs]


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize(
    ("code", "paper"),
    [
        *((code, "card") for code in LANGUAGES),
        *(("ta", paper) for paper in PAPERS if paper != "card"),
        *(("ur", paper) for paper in PAPERS if paper != "card"),
    ],
)
def test_everything_is_inside_and_apart(code, paper, design):
    picture = drawn(code, design, paper)
    left, top, right, low = box(code_of(picture))
    boxes = [box(line) for line in lines(picture)]
    for x, y, to_x, to_y in boxes:
        assert 2 < x < to_x < picture.width - 2
        assert 2 < y < to_y < picture.height - 2
        beside = to_x < left - 1 or x > right + 1 or to_y < top - 1 or y > low + 1
        assert beside, "words stand on the code"


@pytest.mark.parametrize("code", ["en", "ta", "ur"])
@pytest.mark.parametrize("design", DESIGNS)
def test_lines_do_not_stand_on_each_other(code, design):
    boxes = [box(line) for line in lines(drawn(code, design))]
    for (left, top, right, low), (x, y, to_x, to_y) in combinations(boxes, 2):
        apart = right < x or to_x < left
        assert apart or min(low, to_y) - max(top, y) < SLACK


@pytest.mark.parametrize("paper", PAPERS)
def test_a_code_is_large_enough_for_a_phone(paper):
    left, top, right, low = box(code_of(drawn("en", paper=paper)))
    assert right - left == pytest.approx(low - top)
    assert right - left >= 15
    edge = 4 * (right - left) / len(CODE)
    assert min(left, top) >= edge * 0.9


def test_a_card_that_reads_leftwards_is_mirrored():
    assert box(code_of(drawn("en")))[0] > 50
    assert box(code_of(drawn("ur")))[2] < 35
    heading = lines(drawn("ur", "recipe"))[1]
    assert box(heading)[2] == pytest.approx(80, abs=SLACK)


def test_a_poster_has_strips_with_the_code_at_their_upper_end():
    for code in ("en", "ur"):
        sheet = poster_with_strips(content(code), CODE, shaper(code))
        poster, *strips = sheet.placed
        assert len(strips) == STRIPS
        assert {one.picture for one in strips} == {strips[0].picture}
        strip = strips[0].picture
        assert all(one.turned for one in strips)
        assert strips[0].y + strip.width == pytest.approx(sheet.height)
        assert strips[-1].x + strip.height <= sheet.width - 5
        left, _, right, _ = box(code_of(strip))
        assert right - left >= 15
        assert left > max(box(line)[2] for line in lines(strip))
        low = max(box(item)[3] for item in (*lines(poster.picture), code_of(poster.picture)))
        assert low < strips[0].y

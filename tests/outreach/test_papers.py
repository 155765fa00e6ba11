"""Papers: true sizes, full sheets and marks that touch no card."""

import pytest

from bot.outreach.drawing import BLACK, Picture
from bot.outreach.papers import A4, PAPERS, sheets


def card(name):
    paper = PAPERS[name]
    return Picture(paper.width, paper.height, ())


@pytest.mark.parametrize(
    ("name", "count", "on_each"),
    [
        ("card", 1, [1]),
        ("card", 10, [10]),
        ("card", 23, [10, 10, 3]),
        ("sticker", 16, [15, 1]),
        ("a5", 2, [1, 1]),
    ],
)
def test_as_few_sheets_as_hold_them(name, count, on_each):
    found = sheets(card(name), PAPERS[name], count)
    assert [len(sheet.placed) for sheet in found] == on_each


def test_full_sheets_are_one_sheet():
    assert len(set(sheets(card("card"), PAPERS["card"], 1000))) == 1


@pytest.mark.parametrize("name", ["card", "sticker"])
def test_cards_stand_edge_to_edge_inside_the_paper_and_apart_from_the_marks(name):
    paper = PAPERS[name]
    (sheet,) = sheets(card(name), paper, paper.on_a_sheet)
    assert (sheet.width, sheet.height) == A4
    corners = {(placed.x, placed.y) for placed in sheet.placed}
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    right, low = left + paper.columns * paper.width, top + paper.rows * paper.height
    assert min(left, top, A4[0] - right, A4[1] - low) > 10  # printers leave some of it white
    assert len(corners) == paper.on_a_sheet
    assert {(x - left) % paper.width for x, _ in corners} == {0}
    assert {(y - top) % paper.height for _, y in corners} == {0}
    for mark in sheet.marks:
        outside = not (left < mark.x < right and top < mark.y < low)
        assert outside or mark.grey > BLACK
    ends = [mark for mark in sheet.marks if mark.grey == BLACK]
    assert len(ends) == 2 * (paper.columns + 1 + paper.rows + 1)
    assert all(mark.to_x <= left or mark.x >= right or mark.to_y <= top or mark.y >= low for mark in ends)  # fmt: skip
    assert all(mark.x > 5 and mark.to_x < A4[0] - 5 for mark in ends)

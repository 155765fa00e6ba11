"""A board: what it refuses, and the squares of a code one by one."""

import pytest

from bot.outreach.board import Board
from bot.outreach.drawing import Squares
from bot.outreach.fitting import TooMuchError
from tests.outreach.printing import CODE, content, shaper


def board(code="en", design="plain", width=85.0, height=55.0, heading=""):
    return Board(width, height, content(code, design, heading), CODE, shaper(code))


def test_the_squares_are_those_of_the_code():
    empty = board()
    empty.code(10, 5, 41)
    (item,) = empty.picture().items
    assert isinstance(item, Squares)
    module = 41 / (len(CODE) + 8)
    found = {
        (round((x - 10) / module - 4) + n, round((y - 5) / module - 4))
        for x, y, wide, _ in item.boxes
        for n in range(round(wide / module))
    }
    dark = {(x, y) for y, row in enumerate(CODE) for x, square in enumerate(row) if square}
    assert found == dark


def test_a_heading_stays_on_one_line_if_it_can():
    one, two = board(heading="Lentil soup for four"), board(heading="Lentil soup and rice for four women")  # fmt: skip
    one.heading(5, 5, 49, 16, 14)
    two.heading(5, 5, 49, 16, 14)
    assert [len(each.picture().items) for each in (one, two)] == [1, 2]


def test_a_heading_of_one_endless_word_is_refused():
    with pytest.raises(TooMuchError):
        board(heading="W" * 40).heading(5, 5, 49, 16, 14)


def test_sentences_that_want_a_line_each_run_on_where_there_is_no_room():
    roomy, tight = board(design="recipe"), board(design="recipe")
    roomy.middle(5, 5, 49, 40, 8.5)
    tight.middle(5, 5, 49, 12.5, 8.5)
    assert len(tight.picture().items) < len(roomy.picture().items)


@pytest.mark.parametrize(("width", "height"), [(10, 40), (49, 6)])
def test_a_table_too_small_to_read_is_refused(width, height):
    with pytest.raises(TooMuchError):
        board(design="timetable").middle(5, 5, width, height, 9)

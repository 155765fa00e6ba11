"""Charts: bars as long as their figures, words at each of them, and hidden rows that are seen."""

import pytest

from bot.counting.charts import FEWER, LINE, MOST_BARS, ROOM, THICK, chart
from bot.counting.summary import FEW


def test_bars_are_as_long_as_their_figures():
    first, second = chart("T", [("a", 200), ("b", 50)], 0).bars
    assert first.length == ROOM
    assert second.length == ROOM / 4
    assert (first.said, second.said) == ("200", "50")


def test_the_line_for_the_noise_goes_both_ways_and_never_below_nothing():
    first, second = chart("T", [("a", 1080), ("b", 20)], 120).bars
    assert (first.low, first.length, first.high) == pytest.approx((57.6, 64.8, ROOM))
    assert (second.low, second.high) == pytest.approx((0, 8.4))
    assert first.said == "1,080"
    assert first.end == first.high


def test_a_hidden_row_is_an_open_bar_with_words():
    bar = chart("T", [("a", 40), ("b", None)], 0).bars[1]
    assert bar.open
    assert bar.said == FEWER == "fewer than 10"
    assert bar.length == bar.end == ROOM / 4
    assert bar.low is None


def test_many_hidden_rows_are_one_bar_that_says_how_many():
    rows = [("a", 40), *[("b", None)] * FEW]
    assert len(chart("T", rows, 0).bars) == FEW + 1
    bars = chart("T", [*rows, ("c", None)], 0).bars
    assert [bar.words for bar in bars] == ["a", f"{FEW + 1} other rows, each"]
    assert bars[1].open


def test_where_every_row_is_hidden_nothing_is_longer_than_ten():
    (bar,) = chart("T", [("a", None)] * 19, 14).bars
    assert bar.words == "All 19 rows, each"
    assert bar.length == ROOM


def test_without_rows_there_is_no_chart_and_it_says_so():
    empty = chart("T", [], 9)
    assert empty.bars == ()
    assert empty.height == 0
    assert empty.description == "There is no row to draw."


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (0, ""),
        (1, "1 smaller figure is not drawn here; the table has it."),
        (3, "3 smaller figures are not drawn here; the table has them."),
    ],
)
def test_figures_beyond_a_page_are_left_to_the_table(more, said):
    rows = [(str(number), 500 - 5 * number) for number in range(MOST_BARS + more)]
    made = chart("T", [*rows, ("hidden", None)], 0)
    assert len(made.bars) == MOST_BARS + 1
    assert made.bars[-1].words == "hidden"
    assert made.rest == said


def test_the_description_has_every_bar_in_words():
    assert chart("T", [("a", 1500), ("b", None)], 0).description == (
        "2 bars. a: 1,500; b: fewer than 10."
    )
    assert chart("T", [("a", 15)], 0).description == "One bar. a: 15."


def test_rows_stand_one_under_the_other_without_touching():
    made = chart("T", [("a", 40), ("b", 30), ("c", None)], 0)
    for number, bar in enumerate(made.bars):
        top = number * LINE
        assert top < bar.words_at < bar.bar_at < bar.noise_at < bar.said_at < bar.bar_at + THICK
        assert bar.bar_at + THICK < top + LINE
    assert made.height == pytest.approx(3 * LINE)

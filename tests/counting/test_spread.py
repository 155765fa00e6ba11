"""How far noise may move a figure: the closed form beside sums that are worked out step by step."""

import re
from fractions import Fraction
from math import exp
from pathlib import Path

import pytest

from bot.counting.spread import SURE, law, margin, margin_of_sum, reaches, spread
from bot.counting.tables import NEED, OUTCOME, TABLES, Span

SCALES = (Fraction(1), Fraction(3), Fraction(6))
WIDE = 400


def one_draw(scale):
    """The law of one draw, from its definition alone: chances for -WIDE to WIDE."""
    weights = [exp(-abs(x) / scale) for x in range(-WIDE, WIDE + 1)]
    return [each / sum(weights) for each in weights]


def added(first, second):
    """The law of a sum of two, cut to -WIDE to WIDE."""
    near = range(-60, 61)
    return {x: sum(first[x - y + WIDE] * second[y + WIDE] for y in range(-150, 151)) for x in near}


@pytest.mark.parametrize("scale", SCALES)
def test_one_draw_follows_the_law(scale):
    told = one_draw(scale)
    for x in range(-50, 51):
        assert law(scale, 1, x) == pytest.approx(told[x + WIDE], rel=1e-9)


@pytest.mark.parametrize("scale", SCALES)
def test_two_draws_follow_the_law_of_their_sum(scale):
    told = added(one_draw(scale), one_draw(scale))
    for x, chance in told.items():
        assert law(scale, 2, x) == pytest.approx(chance, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("draws", [1, 2, 3, 8, 40, 200])
def test_all_chances_together_are_one(draws):
    scale, far = Fraction(3), 500
    everything = law(scale, draws, 0) + 2 * sum(law(scale, draws, x) for x in range(1, far))
    assert everything == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("draws", [1, 2, 5])
def test_the_spread_is_the_least_that_is_wide_enough(scale, draws):
    k = spread(scale, draws)

    def within(k):
        return sum(law(scale, draws, x) for x in range(-k, k + 1))

    assert within(k) >= SURE
    assert within(k - 1) < SURE


@pytest.mark.parametrize(("scale", "told"), [(1, 3), (3, 9), (6, 18)])
def test_the_spread_of_one_draw_by_hand(scale, told):
    """P(|X| > k) is 2 p^(k+1) / (1 + p)."""
    p = exp(-1 / scale)
    assert 2 * p ** (told + 1) / (1 + p) <= 1 - SURE < 2 * p**told / (1 + p)
    assert spread(Fraction(scale), 1) == told


def test_noise_alone_reaches_a_figure_as_often_as_the_law_says():
    for scale in SCALES:
        p = exp(-1 / scale)
        assert reaches(scale, 1, 10) == pytest.approx(p**10 / (1 + p))


def test_a_margin_holds_what_rounding_adds():
    assert margin(OUTCOME, 1).off == 9 + 2
    assert margin(NEED, 1).off == 18 + 2
    assert margin(NEED, 1).apart == spread(NEED.scale, 2) + 4
    assert margin_of_sum(OUTCOME, 2, 8) == spread(OUTCOME.scale, 16) + 16


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_more_files_are_less_sure(table):
    one, three = margin(table, 1), margin(table, 3)
    assert one.off < three.off
    assert one.off < one.apart
    assert 0 < one.by_chance < three.by_chance < 0.5


def test_the_page_about_the_counts_has_these_figures():
    page = (Path(__file__).parents[2] / "docs/insights.md").read_text(encoding="utf-8")
    rows = [
        tuple(map(int, row)) for row in re.findall(r"(?m)^\| (\d+) \| (\d+) \| (\d+) \|$", page)
    ]
    assert len(rows) == 4
    for files, need, other in rows:
        assert (need, other) == (margin(NEED, files).off, margin(OUTCOME, files).off)


def test_the_page_about_the_counts_has_the_odds_of_a_guess():
    """At best right in e^ε of e^ε + 1 cases, for a table and for all that are shown in a quarter."""
    page = (Path(__file__).parents[2] / "docs/insights.md").read_text(encoding="utf-8")
    quarterly = [float(table.share) for table in TABLES if table.span is Span.QUARTER]
    for share in (quarterly[0], sum(quarterly)):
        assert f"{round(100 * exp(share) / (1 + exp(share)))} " in page
    assert len(quarterly) == 6

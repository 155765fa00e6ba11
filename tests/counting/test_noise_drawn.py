"""Noise that is drawn many times: it fits the law that is written down, and no other."""

import math
from collections import Counter
from fractions import Fraction

import pytest

from tests.counting.law import at_least, chance, deviation, draws

SCALES = (Fraction(1), Fraction(3), Fraction(6), Fraction(1, 2), Fraction(7, 3))


def misfit(values, scale):
    """The likelihood-ratio statistic (G) against the law, less its mean, in standard deviations.

    Values that should come less than eight times are two classes, one of each sign. G is about
    chi-square: with n degrees of freedom its mean is n and its variance 2n.
    """
    many, seen = len(values), Counter(values)
    edge = next(value for value in range(1, 200) if many * chance(scale, value) < 8)
    pairs = [(seen[value], many * chance(scale, value)) for value in range(1 - edge, edge)]
    for sign in (1, -1):
        tail = sum(seen[value] for value in seen if sign * value >= edge)
        pairs.append((tail, many * at_least(scale, edge)))
    assert sum(found for found, _ in pairs) == many
    assert math.isclose(sum(wanted for _, wanted in pairs), many)
    free = len(pairs) - 1
    g = 2 * sum(found * math.log(found / wanted) for found, wanted in pairs if found)
    return (g - free) / math.sqrt(2 * free)


@pytest.mark.parametrize("scale", SCALES)
def test_many_draws_fit_the_law(scale):
    assert misfit(draws(scale, 12_000), scale) < 4


@pytest.mark.parametrize("other", ["1.1", "0.9"])
def test_draws_of_another_scale_do_not_fit_it(other):
    assert misfit(draws(Fraction(3) * Fraction(other), 12_000), 3) > 4


@pytest.mark.parametrize("scale", SCALES)
def test_the_spread_is_that_of_the_formula(scale):
    values = draws(scale, 12_000)
    mean = sum(values) / len(values)
    spread = math.sqrt(sum(value**2 for value in values) / len(values))
    assert abs(mean) < 4 * deviation(scale) / math.sqrt(len(values))
    assert abs(spread / deviation(scale) - 1) < 0.06

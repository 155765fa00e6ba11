"""Noise: the law that is drawn from is the law that is written down."""

import ast
import inspect
import math
import secrets
from fractions import Fraction
from functools import cache

import pytest

from bot.counting import noise
from bot.counting.noise import bernoulli, bernoulli_exp, laplace
from tests.counting.law import chance, deviation, laws

POWERS = (Fraction(0), Fraction(1, 3), Fraction(2, 3), Fraction(1), Fraction(3, 2), Fraction(5, 2))


@pytest.mark.parametrize("text", ["0", "1", "1/2", "2/3", "5/7", "99/100"])
def test_a_coin_has_exactly_its_chance(text):
    coin = Fraction(text)
    found, rest = laws(lambda below: bernoulli(coin, below), 200)
    assert rest == 0
    assert found.get(True, 0) == coin
    assert found.get(False, 0) == 1 - coin


@pytest.mark.parametrize("power", POWERS)
def test_a_coin_of_a_power_has_the_chance_of_the_formula(power):
    """Followed number by number: nothing is sampled, and what is open is less than 0.0001."""
    found, rest = laws(lambda below: bernoulli_exp(power, below), 3000)
    assert rest < Fraction(1, 10_000)
    assert sum(found.values()) + rest == 1
    low, high = found.get(True, 0), found.get(True, 0) + rest
    assert float(low) - 1e-15 <= math.exp(-power) <= float(high) + 1e-15


def test_a_coin_of_the_power_one_is_exact_to_a_hundred_digits():
    """1/e as a series of fractions, cut so far out that a float could not tell."""
    found, rest = laws(lambda below: bernoulli_exp(Fraction(1), below), 3000)
    series = sum(Fraction((-1) ** k, math.factorial(k)) for k in range(100))
    assert rest < Fraction(1, 10**100)
    assert abs(found[True] - series) <= rest + Fraction(1, math.factorial(100))


@cache
def followed(scale):
    return laws(lambda below: laplace(scale, below), 8000)


@pytest.mark.parametrize(
    ("scale", "most"), [(Fraction(1), 0.05), (Fraction(3), 0.26), (Fraction(1, 2), 0.14)]
)
def test_the_noise_has_the_chances_of_the_formula(scale, most):
    """Followed number by number: the formula is between what was found and that with the rest."""
    found, rest = followed(scale)
    assert rest < most
    assert sum(found.values()) + rest == 1
    for value, mass in found.items():
        assert float(mass) - 1e-15 <= chance(scale, value) <= float(mass + rest) + 1e-15


def test_what_is_above_nought_is_as_likely_as_what_is_below():
    found, _ = followed(Fraction(1))
    assert all(abs(found[value] - found[-value]) < Fraction(1, 1000) for value in (1, 2, 3))
    assert found[1] > found[2] > found[3] > 0


def test_the_deviations_that_are_told_are_those_of_the_formula():
    for scale, told in ((1, "1.36"), (3, "4.22"), (6, "8.48")):
        assert f"{deviation(scale):.2f}" == told
        assert told in laplace.__doc__


@pytest.mark.parametrize("scale", ["0", "-1", "-1/3"])
def test_noise_without_a_scale_is_refused(scale):
    with pytest.raises(ValueError, match="hides nothing"):
        laplace(Fraction(scale), secrets.randbelow)


def test_it_works_with_the_chance_that_is_used():
    assert all(type(laplace(Fraction(3), secrets.randbelow)) is int for _ in range(100))


def test_no_float_is_anywhere_in_it():
    tree = ast.parse(inspect.getsource(noise))
    numbers = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert not [number for number in numbers if isinstance(number, float)]
    assert not {"math", "random", "float"} & {
        getattr(node, "id", getattr(node, "name", "")) for node in ast.walk(tree)
    }
    # A division gives a float only where both sides are whole numbers; here one is a fraction.
    divided = [node for node in ast.walk(tree) if isinstance(node, ast.Div)]
    assert len(divided) == 1
    assert type(Fraction(1, 3) / 2) is Fraction

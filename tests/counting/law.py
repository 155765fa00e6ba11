"""The discrete Laplace law as it is written down, and ways to hold a sampler against it."""

import heapq
import itertools
import math
from fractions import Fraction
from random import Random

from bot.counting import noise

FAR = 120  # beyond, what is left at scale 6 is under 1e-8


def chance(scale, value):
    """The chance of `value` at a scale, by the formula."""
    q = math.exp(-1 / scale)
    return (1 - q) / (1 + q) * q ** abs(value)


def at_least(scale, value):
    """The chance of `value` or more, by the formula."""
    q = math.exp(-1 / scale)
    return q**value / (1 + q) if value > 0 else 1 - q ** (1 - value) / (1 + q)


def deviation(scale):
    """The standard deviation at a scale, by the formula."""
    q = math.exp(-1 / scale)
    return math.sqrt(2 * q) / (1 - q)


def seeded(seed):
    """A source of chance that is the same in every run."""
    return Random(seed).randrange  # noqa: S311


def draws(scale, many, seed=1):
    below = seeded(seed)
    return [noise.laplace(Fraction(scale), below) for _ in range(many)]


class _MoreError(Exception):
    def __init__(self, n):
        super().__init__()
        self.n = n


def laws(sampler, steps):
    """What `sampler(below)` gives: the exact chance of each result so far, and of the rest.

    Every number that `below` can give is followed, the likeliest ways first, for so many steps. The
    chance of a result is between what is found and that with the rest added; both are fractions.
    """
    order = itertools.count()
    ways = [(-Fraction(1), next(order), ())]
    found: dict[object, Fraction] = {}
    for _ in range(steps):
        if not ways:
            break
        mass, _, way = heapq.heappop(ways)
        left = iter(way)

        def below(n, left=left):
            for number in left:
                return number
            raise _MoreError(n)

        try:
            result = sampler(below)
            found[result] = found.get(result, 0) - mass
        except _MoreError as more:
            for number in range(more.n):
                heapq.heappush(ways, (mass / more.n, next(order), (*way, number)))
    return found, -sum((mass for mass, _, _ in ways), Fraction(0))

"""Spread: how far the noise may have moved a figure that is shown.

The noise on a row is a sum of draws from the discrete Laplace law, one for each file of counts:
a whole number x comes with a chance in proportion to exp(-|x| / scale). All here is worked out
from that law in closed form. It knows nothing of what was counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import count
from math import exp, fsum, lgamma, log, log1p

from bot.counting.releases import FEWEST, STEP
from bot.counting.tables import Table

SURE = 0.95
ROUNDING = STEP // 2  # how far a whole number is from the nearest multiple, at most


@dataclass(frozen=True, slots=True)
class Margin:
    """How much the figures of one table can be trusted.

    `off`: in 95 of 100 rows the figure is no further than this from what was counted. `apart`:
    the same for the difference of one row between two quarters. `by_chance`: how likely a row in
    which nobody was counted is shown with a figure all the same, 0 to 1; a figure is hidden, or not,
    before it is rounded.
    """

    off: int
    apart: int
    by_chance: float


def margin(table: Table, sources: int) -> Margin:
    """The margin of one row of `table` where `sources` files, one or more, were added up."""
    return Margin(
        off=spread(table.scale, sources) + ROUNDING,
        apart=spread(table.scale, 2 * sources) + 2 * ROUNDING,
        by_chance=reaches(table.scale, sources, FEWEST),
    )


def margin_of_sum(table: Table, sources: int, rows: int) -> int:
    """`off` for the sum of so many rows, one or more."""
    return spread(table.scale, sources * rows) + rows * ROUNDING


@cache
def spread(scale: Fraction, draws: int) -> int:
    """The least k so that the noise of `draws` draws lies within -k and k in 95 of 100."""
    return next(k for k, chance in _within(scale, draws) if chance >= SURE)


def reaches(scale: Fraction, draws: int, least: int) -> float:
    """The chance that the noise alone is `least` or more; `least` is 1 or more."""
    inside = next(chance for k, chance in _within(scale, draws) if k == least - 1)
    return max(0.0, 1 - inside) / 2  # as likely above as below


def _within(scale: Fraction, draws: int) -> Iterator[tuple[int, float]]:
    """Each k from 0 on with the chance that the noise lies within -k and k."""
    inside = 0.0
    for k in count():
        inside += law(scale, draws, k) * (2 if k else 1)
        yield k, inside


def law(scale: Fraction, draws: int, x: int) -> float:
    """The chance that `draws` draws, one or more, add up to x.

    With p = exp(-1 / scale) the draws have the generating function
    ((1 - p)² / ((1 - p z)(1 - p / z)))^draws; this is its coefficient of z^x, by the residue at p.
    In logarithms, because the parts grow beyond any float where many draws are added up.
    """
    n, x, step = draws, abs(x), float(1 / scale)
    p = exp(-step)
    start = 2 * n * log1p(-p) - x * step
    return fsum(
        exp(
            start
            + _log_choose(n + x - 1, n - 1 - j)
            + _log_choose(n - 1 + j, j)
            - 2 * j * step
            - (n + j) * log1p(-p * p)
        )
        for j in range(n)
    )


def _log_choose(n: int, k: int) -> float:
    if not k:
        return 0.0
    return log(n) if k == 1 else lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)

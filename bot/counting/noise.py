"""Noise: whole numbers of a discrete Laplace law, drawn exactly.

The method is Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy" (2020),
algorithms 1 and 2. Every step compares a uniform whole number with a fraction, so the law that is
drawn from is the law that is written down; there is no float.
Harm prevented: a sampler made of floats leaves holes in the numbers it can give, and a count can
be read out of them (Mironov, "On significance of the least significant bits", 2012).

`below` is a source of chance: `below(n)` is each of 0 to n - 1 equally often. In use it is
`secrets.randbelow`; who can foresee it can take the noise off again.
"""

from collections.abc import Callable
from fractions import Fraction

Below = Callable[[int], int]

_ONE = Fraction(1)


def bernoulli(chance: Fraction, below: Below) -> bool:
    """True with the chance given, which is from 0 to 1."""
    return below(chance.denominator) < chance.numerator


def bernoulli_exp(power: Fraction, below: Below) -> bool:
    """True with the chance exp(-power), for a power of 0 or more."""
    while power > 1:
        if not bernoulli_exp(_ONE, below):
            return False
        power -= 1
    # It goes on to step k with chance power**k / k!, so it stops at an odd one with the chance
    # 1 - power + power**2/2! - ..., which is exp(-power).
    step = 1
    while bernoulli(power / step, below):
        step += 1
    return step % 2 == 1


def laplace(scale: Fraction, below: Below) -> int:
    """A whole number k, of either sign, with a chance in proportion to exp(-|k| / scale).

    `scale` is a fraction above 0. Raises ValueError for any other. Standard deviation at scale 1:
    1.36; at 3: 4.22; at 6: 8.48.
    """
    if scale <= 0:
        raise ValueError("noise without a scale hides nothing")
    while True:
        # A size of geometric law in steps of exp(-1 / numerator): the part below one whole ...
        part = below(scale.numerator)
        if not bernoulli_exp(Fraction(part, scale.numerator), below):
            continue
        wholes = 0  # ... and the wholes, each one more with chance exp(-1).
        while bernoulli_exp(_ONE, below):
            wholes += 1
        size = (part + scale.numerator * wholes) // scale.denominator
        below_nought = below(2) == 1
        if size == 0 and below_nought:
            continue  # nought would come twice as often as it should
        return -size if below_nought else size

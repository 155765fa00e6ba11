"""Our noise beside that of OpenDP: both fit one law. `make oracle` runs it."""

import json
import math
import secrets
import subprocess
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from bot.counting.noise import laplace
from tests.counting.law import deviation

ROOT = Path(__file__).parents[2]
DRAWS = Path(__file__).with_name("opendp_draws.py")
MANY = 100_000
SCALES = (1, 2, 3, 6)


def theirs(scale, many):
    """Numbers drawn by OpenDP, in the environment that `make oracle` sets up."""
    python = ROOT / ".venv-bench" / "bin" / "python"
    command = [python, "-I", DRAWS, str(scale), str(many)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def apart(some, others):
    """Chi-square of two samples of one size, less its mean, in standard deviations.

    With as many draws in each, a class holds (a - b)^2 / (a + b). Numbers that came less than 16
    times in both together are two classes, one of each sign.
    """
    assert len(some) == len(others)
    left, right = Counter(some), Counter(others)
    edge = next(value for value in range(1, 400) if left[value] + right[value] < 16)
    pairs = [(left[value], right[value]) for value in range(1 - edge, edge)]
    for sign in (1, -1):
        far = {value for value in left | right if sign * value >= edge}
        pairs.append((sum(left[value] for value in far), sum(right[value] for value in far)))
    assert sum(a + b for a, b in pairs) == len(some) + len(others)
    free = len(pairs) - 1
    chi = sum((a - b) ** 2 / (a + b) for a, b in pairs if a + b)
    return (chi - free) / math.sqrt(2 * free)


@pytest.mark.oracle
@pytest.mark.parametrize("scale", SCALES)
def test_our_noise_is_that_of_opendp(scale, capsys):
    ours = [laplace(Fraction(scale), secrets.randbelow) for _ in range(MANY)]
    beside = theirs(scale, MANY)
    found = apart(ours, beside)
    spread = [math.sqrt(sum(value**2 for value in values) / MANY) for values in (ours, beside)]
    with capsys.disabled():
        print(  # noqa: T201  # the figures are what one wants to read
            f"\nscale {scale}: spread {deviation(scale):.3f} by formula, {spread[0]:.3f} ours, "
            f"{spread[1]:.3f} OpenDP's; {found:+.1f} deviations apart"
        )
    assert found < 4
    assert all(abs(each / deviation(scale) - 1) < 0.02 for each in spread)


@pytest.mark.oracle
def test_the_comparison_tells_another_scale():
    ours = [laplace(Fraction(3) * Fraction("1.1"), secrets.randbelow) for _ in range(MANY)]
    assert apart(ours, theirs(3, MANY)) > 4

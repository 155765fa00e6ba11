"""The exceptions are one tree, and a data error carries its problems."""

import pytest

from bot.exceptions import DataError, LinnetError
from bot.outreach.amending import UnclearError
from bot.outreach.fitting import TooMuchError
from bot.problems import Problem


def test_a_data_error_carries_its_problems_in_order():
    second = Problem("a.yaml", 2, 1, "error", "two", "rule")
    first = Problem("a.yaml", 1, 1, "error", "one", "rule")
    error = DataError([second, first])
    assert error.problems == (first, second)
    assert isinstance(error, LinnetError)


@pytest.mark.parametrize("kind", [UnclearError, TooMuchError])
def test_links_and_cards_raise_what_is_of_the_tree(kind):
    assert issubclass(kind, LinnetError)

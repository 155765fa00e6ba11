"""The exceptions are one tree, and a data error carries its problems."""

from bot.exceptions import DataError, LinnetError
from bot.problems import Problem


def test_a_data_error_carries_its_problems_in_order():
    second = Problem("a.yaml", 2, 1, "error", "two", "rule")
    first = Problem("a.yaml", 1, 1, "error", "one", "rule")
    error = DataError([second, first])
    assert error.problems == (first, second)
    assert isinstance(error, LinnetError)

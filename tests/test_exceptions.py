"""The exceptions are one tree, and a data error carries its problems."""

import ast
import importlib
import re

import bot.exceptions
from bot.exceptions import DataError, LinnetError
from bot.outreach.fitting import TooMuchError
from bot.problems import Problem
from tests.cli.running import ROOT


def test_a_data_error_carries_its_problems_in_order():
    second = Problem("a.yaml", 2, 1, "error", "two", "rule")
    first = Problem("a.yaml", 1, 1, "error", "one", "rule")
    error = DataError([second, first])
    assert error.problems == (first, second)
    assert isinstance(error, LinnetError)


def classes():
    """(module, class) of every exception that one part of the program raises for another."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found = getattr(importlib.import_module(".".join(parts)), node.name)
                if issubclass(found, BaseException):
                    yield found


def test_every_exception_is_in_the_tree_and_in_its_drawing():
    found = list(classes())
    assert {DataError, TooMuchError} < set(found)
    drawn = set(re.findall(r"[├└]── (\w+)", bot.exceptions.__doc__))
    assert {kind.__name__ for kind in found} == drawn | {"LinnetError"}
    assert all(issubclass(kind, LinnetError) for kind in found)

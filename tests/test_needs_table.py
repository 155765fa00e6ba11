"""The table from the study to the product is whole, true and written down."""

import argparse

from bot.cli import parser
from tests.needs_table import TABLE, missing, read_rows, shipped, table


def commands():
    """Every command as it is typed, `directory audit` for one of a group."""
    waiting = [("", parser())]
    while waiting:
        before, one = waiting.pop()
        for action in one._actions:
            if isinstance(action, argparse._SubParsersAction):
                for name, inner in action.choices.items():
                    yield f"{before}{name}"
                    waiting.append((f"{before}{name} ", inner))


def test_every_finding_has_what_its_kind_asks_for():
    rows, plan = shipped()
    tools = set(commands())
    assert [line for row in rows for line in missing(row, plan, tools)] == []


def test_the_file_of_the_rows_has_no_mistake_and_every_row_of_the_study():
    rows, problems = read_rows()
    assert problems == []
    counts = {"S": 4, "D": 8, "F": 7, "A": 7, "C": 4, "W": 10, "X": 6, "R": 6}
    expected = [
        f"{letter}{number}" for letter, most in counts.items() for number in range(1, most + 1)
    ]
    assert [row.id for row in rows] == expected


def test_a_need_promises_only_rows_that_are_there(data):
    ids = {row.id for row in read_rows()[0]}
    assert {row for need in data.vocabulary.needs.values() for row in need.promises} <= ids


def test_the_table_is_as_the_data_makes_it():
    assert TABLE.read_text(encoding="utf-8") == table(shipped()[0]), "run `make docs`"

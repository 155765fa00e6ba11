"""Every module that reads something from outside has its fuzzer, or says where it is tried."""

import ast
from pathlib import Path

import pytest

from tests.fuzz.readers import ELSEWHERE
from tests.fuzz.table import READERS

ROOT = Path(__file__).parents[2]

# Calls by which bytes or text of outside become something.
DOORS = {
    "Fields", "read_file", "loads", "parse_qsl", "reader", "DictReader", "PoFileParser", "readline",
    "read_text", "read_bytes", "fromhex", "documents.read",
}  # fmt: skip
# A pattern is looked for all over; these alone read input of a form of its own by patterns.
BY_PATTERN = {
    "bot.channels.buttons", "bot.channels.telegram.payload", "bot.directory.contacts_lock",
    "bot.directory.hours", "bot.flows.grammar",
}  # fmt: skip
# These have neither: fields of decoded JSON, numbers between blanks, rows of cells, single bytes.
BY_HAND = {
    "bot.channels.telegram.updates", "bot.channels.telegram.place", "bot.locales.sheets",
    "bot.cli.keyboard",
}  # fmt: skip


def doors(path):
    """The doors that a module uses."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", ""))
        elif isinstance(node, ast.ImportFrom) and node.module == "bot.documents":
            yield from (f"documents.{name.name}" for name in node.names)


def reading():
    """The modules that read, by name."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if DOORS.intersection(doors(path)) or module in BY_PATTERN:
            yield module


def test_every_module_that_reads_is_in_the_table():
    listed = {module for reader in READERS.values() for module in reader.modules}
    assert not listed & ELSEWHERE.keys()
    assert set(reading()) | BY_HAND == listed | ELSEWHERE.keys()


@pytest.mark.parametrize("module", ELSEWHERE)
def test_a_test_that_is_named_is_there(module):
    why = ELSEWHERE[module]
    named = [word for word in why.replace(";", " ").split() if word.startswith("tests/")]
    assert all((ROOT / name).is_file() for name in named)
    assert named or len(why.split()) >= 3

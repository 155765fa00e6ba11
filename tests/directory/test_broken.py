"""Every rule has a file that breaks it, and the file says what must be said about it."""

from pathlib import Path

import pytest

from bot.directory import calendars, checks, contacts_lock, loader, places, reading
from tests.directory.entries import RUNS, problems_of
from tests.expectations import expected

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_brings_exactly_the_problems_it_announces(path, tmp_path):
    assert problems_of(path, tmp_path) == expected(path)


def test_every_rule_has_its_broken_file():
    assert [path.stem for path in BROKEN] == sorted(RUNS)


def test_every_rule_says_in_a_sentence_what_it_means():
    for module in (calendars, checks, contacts_lock, loader, places, reading):
        for means in module.RULES.values():
            assert means.endswith(".")

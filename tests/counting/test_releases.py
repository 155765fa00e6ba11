"""Releases: one cannot be changed, and what it does not say cannot be told from nothing."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from bot.counting.releases import FEWEST, STEP, Release

MADE = Release("2026-Q3", date(2026, 10, 14), 1, {"language": {"ur": None}})


def test_what_is_shown_first_is_a_step():
    assert FEWEST % STEP == 0


@pytest.mark.parametrize("name", ["period", "made", "sources", "tables"])
def test_it_is_frozen(name):
    with pytest.raises(FrozenInstanceError):
        setattr(MADE, name, None)

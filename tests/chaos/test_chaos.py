"""Chaos in short: every kind of fault strikes once under a small crowd. `make chaos` is the long one."""

import secrets
import sys

import pytest

from bot import app
from bot.settings import Settings
from tests.chaos.figures import table
from tests.chaos.running import Length, run


@pytest.fixture(scope="module")
def world_today(data):
    """As the program builds it when it starts: what is shown depends on the day."""
    return app.build_world(data, Settings(), app.today())


async def test_whatever_strikes_nothing_is_lost_applied_twice_or_stuck(
    world_today, tmp_path, capsys
):
    seed = secrets.randbelow(1_000_000)
    outcome = await run(world_today, tmp_path, Length(), seed)
    with capsys.disabled():
        sys.stdout.write(f"\nseed {seed}\n{table(outcome.recoveries)}\n")
    assert outcome.tally.wrong == [], (seed, (tmp_path / "said.txt").read_text()[-2000:])
    assert {violation.rule for violation in outcome.violations} <= {"unprompted"}
    assert len(outcome.recoveries) >= 9

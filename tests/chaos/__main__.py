"""The long run of chaos, for `make chaos`.

    python -m tests.chaos [--minutes 5] [--people 12] [--seed N]

prints the seed at the beginning and the table at the end, and writes both into docs/reliability.md.
0 when nothing was lost, applied twice or stuck and everything recovered in time; else 1.
"""

import argparse
import asyncio
import secrets
import sys
import tempfile
from pathlib import Path

from bot import app
from bot.settings import Settings
from tests.chaos.figures import block, table
from tests.chaos.running import Length, Outcome, run
from tests.reliability_page import write

RECOVERY = 10.0  # seconds after the end of any fault


def main() -> int:
    """Run it. The exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    asked = parser.parse_args()
    sys.stdout.write(f"seed {asked.seed}\n")
    sys.stdout.flush()
    length = Length(asked.people, lasts=12.0, between=2.0, minutes=asked.minutes)
    world = app.build_world(app.read_data(app.folders(Settings())), Settings(), app.today())
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(run(world, Path(folder), length, asked.seed))
    sys.stdout.write(f"{table(outcome.recoveries)}\n")
    wrong = list(_wrong(outcome))
    sys.stdout.writelines(f"{line}\n" for line in wrong)
    if not wrong:
        write(block(outcome, app.today(), asked.minutes, asked.people))
    return int(bool(wrong))


def _wrong(outcome: Outcome) -> list[str]:
    found = list(outcome.tally.wrong)
    found += [
        f"promise broken: {each}" for each in outcome.violations if each.rule != "unprompted"
    ]
    if outcome.worst > RECOVERY:
        found.append(f"a recovery took {outcome.worst:.1f} seconds")
    return found


if __name__ == "__main__":
    sys.exit(main())

"""What it takes to prove that at every minute of a week a national line answers: seconds.

    python -m benchmarks.never_empty

The directory that ships, all 10,080 minutes, asked as a search asks. The target is one second.
With the lines that answer day and night taken out, every other line is asked too: that is the
dear case, and it counts the minutes that rest on those lines alone.
"""

import time
from dataclasses import replace
from datetime import date

from benchmarks.matching import TODAY
from bot import app
from bot.directory.always import lines_for_all, silent_minutes, silent_stretches
from bot.directory.blocks import block
from bot.directory.hours import ALWAYS
from bot.directory.index import Index
from bot.settings import Settings

MONDAY = date(2026, 11, 23)
RUNS = 5


def index() -> Index:
    """Of the directory that ships."""
    data = app.read_data(app.folders(Settings()))
    return app.build_world(data, Settings(), TODAY).index


def without_always(whole: Index) -> Index:
    """The same without the lines that answer day and night."""
    rows = [
        row
        for row in whole.national.rows
        if not any(ALWAYS in (contact.answers or ()) for contact in row.service.contacts)
    ]
    return replace(whole, national=block(rows, whole.legend.width))


def seconds(asked: Index) -> tuple[float, int]:
    """The best of some runs, and how many minutes are silent."""
    took = []
    silent = 0
    for _ in range(RUNS):
        start = time.perf_counter()
        silent = len(silent_minutes(asked, MONDAY))
        took.append(time.perf_counter() - start)
    return min(took), silent


def main() -> None:
    """Measure and print."""
    whole = index()
    for name, asked in (("all lines", whole), ("without 24/7", without_always(whole))):
        took, silent = seconds(asked)
        print(
            f"  {name:<14}{len(lines_for_all(asked)):>3} lines: {took * 1000:7.1f} ms for 10,080"
            f" minutes, {silent} of them silent; as written {silent_stretches(asked) or 'none'}"
        )


if __name__ == "__main__":
    main()

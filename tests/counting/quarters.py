"""A small deployment's rows, its days, and folders of counts to try things on."""

import secrets
from datetime import date

from bot.counting.counts_file import locked_counts, read
from bot.counting.pending import Pending
from bot.counting.tables import CHANNELS, NOT_SAID, OUTCOMES, TABLES, Cell

ROWS = {
    "outcome": [f"{channel}.{outcome}" for channel in CHANNELS for outcome in OUTCOMES],
    "language": ["en", "ur", "pl"],
    "council": ["birmingham", "walsall", NOT_SAID],
    "need": ["childcare", "women-only"],
    "unmet-council": ["birmingham", "walsall", NOT_SAID],
    "link": ["3fQz9x"],
    "wrong": ["kikit", "suit"],
}
DAY = date(2026, 8, 20)
QUARTER, MONTH = "2026-Q3", "2026-08"
AFTER = date(2026, 10, 14)  # the first day on which the quarter is shown
CELL = Cell("language", "ur")
REPORT = Cell("wrong", "suit")
NAMES = sorted(table.name for table in TABLES)


def flushed(folder, *cells, day=DAY, rows=ROWS, below=secrets.randbelow):
    """These cells counted and flushed, as by a process that begins and ends."""
    pending = Pending()
    pending.add(cells, day)
    return pending.flush(folder, rows, day, below)


def tables(folder, period=QUARTER):
    with locked_counts(folder):
        return read(folder, period)


def files(folder):
    """Names and bytes of all that stands in a folder, the lock apart."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }

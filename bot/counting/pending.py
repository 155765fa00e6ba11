"""Pending: what was counted and is not yet in a file, in the memory of this process.

These are true counts, which is why they are here and in no file. They are added to the files once
a day; a crash loses those of a day at the most, as the safety study accepts (part 6).
"""

import logging
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from threading import Lock

from bot.counting import counts_file
from bot.counting.counts_file import Tables
from bot.counting.noise import Below
from bot.counting.periods import closed, period_of, running
from bot.counting.tables import TABLES, Cell, Rows
from bot.exceptions import CountsError

# A table is a closed set of rows, but a link's code is what somebody sent. So many are held.
MOST_ROWS = 4096

log = logging.getLogger("linnet")


class Pending:
    """Counts of the running periods, none finer than a period. One for a process.

    `add` may be called while another thread is at `flush`.
    """

    __slots__ = ("_adding", "_counts", "_day", "_flushing", "_today")

    def __init__(self) -> None:
        self._counts: dict[str, Tables] = {}  # by period
        self._day: date | None = None
        self._today: Tables = {}  # by table, within the period that it is counted in today
        self._adding = Lock()
        self._flushing = Lock()

    def add(self, cells: Iterable[Cell], day: date) -> None:
        """Count one more in each cell, in the periods that `day` is in; it is a day in London.

        A row that nobody knows is dropped by `flush`; above 4,096 rows a table, here. Raises
        KeyError: a cell of no table, a mistake in the program.
        """
        with self._adding:
            if day != self._day:
                self._begin(day)
            today = self._today
            for table, row in cells:
                counts = today[table]
                if row in counts:
                    counts[row] += 1
                elif len(counts) < MOST_ROWS:
                    counts[row] = 1

    def flush(self, folder: Path, rows: Rows, day: date, below: Below) -> bool:
        """Add what is pending to the files in `folder`, and make those of the running periods.

        `rows` are all that there can be. Gives whether all was kept; the log has an event for
        each period that was not, and what was not kept is pending again. What belongs to a period that is closed (`periods.closed`) is dropped, because its
        figures stand. It writes and waits for the disk: not for the loop of a server.
        """
        kept = True
        with self._flushing:
            taken = self._take()
            try:
                for period in sorted({*running(day), *taken}):
                    try:
                        self._keep(folder, period, taken, rows, day, below)
                    except CountsError as error:
                        log.warning("counts-not-kept %s", type(error.__cause__ or error).__name__)
                        kept = False
            finally:
                self._give_back(taken)
        return kept

    def _keep(
        self,
        folder: Path,
        period: str,
        taken: dict[str, Tables],
        rows: Rows,
        day: date,
        below: Below,
    ) -> None:
        if not closed(period, day):
            counts_file.add(folder, period, rows, taken.get(period, {}), below)
        taken.pop(period, None)

    def _begin(self, day: date) -> None:
        self._day = day
        self._today = {
            table.name: self._counts.setdefault(period_of(day, table.span), {}).setdefault(
                table.name, {}
            )
            for table in TABLES
        }

    def _take(self) -> dict[str, Tables]:
        with self._adding:
            taken, self._counts, self._day = self._counts, {}, None
        return {period: tables for period, tables in taken.items() if any(tables.values())}

    def _give_back(self, taken: dict[str, Tables]) -> None:
        """What was taken is there again, and what came since with it; the older rows go first."""
        with self._adding:
            since, self._counts, self._day = self._counts, taken, None
            for period, tables in since.items():
                ours = taken.setdefault(period, {})
                for name, counts in tables.items():
                    rows = ours.setdefault(name, {})
                    for row, count in counts.items():
                        if row in rows or len(rows) < MOST_ROWS:
                            rows[row] = rows.get(row, 0) + count

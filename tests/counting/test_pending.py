"""Pending: counts in memory, added to files once, and kept where a file cannot be."""

import logging
import secrets
import threading
from datetime import date

import pytest

from bot.counting.counts_file import paths
from bot.counting.pending import MOST_ROWS, Pending
from bot.counting.tables import Cell
from bot.exceptions import CountsError
from tests.counting.quarters import (
    CELL,
    DAY,
    MONTH,
    NAMES,
    QUARTER,
    REPORT,
    ROWS,
    files,
    flushed,
    tables,
)
from tests.sessions.disks import fill, quick_folder, small_disk

LAST_DAY, NEXT_DAY = date(2026, 9, 30), date(2026, 10, 1)


@pytest.fixture
def folder():
    with quick_folder() as found:
        yield found


def flush(pending, folder, day=DAY, rows=ROWS):
    return pending.flush(folder, rows, day, secrets.randbelow)


def gained(folder, before, period=QUARTER):
    """What the file has more than it had."""
    return {
        Cell(name, row): count - before[name][row]
        for name, rows in tables(folder, period).items()
        for row, count in rows.items()
        if count != before[name][row]
    }


def test_files_of_the_running_periods_are_made_when_nothing_is_pending(folder):
    assert flushed(folder)
    assert sorted(files(folder)) == [
        "2026-08.copy.json", "2026-08.json", "2026-Q3.copy.json", "2026-Q3.json",
    ]  # fmt: skip


def test_what_was_counted_is_in_the_file_once(folder):
    flushed(folder)
    before, pending = tables(folder), Pending()
    pending.add([CELL, Cell("outcome", "web.urgent")], DAY)
    pending.add([CELL], DAY)
    pending.add([], DAY)
    for _ in range(3):
        assert flush(pending, folder)
    assert gained(folder, before) == {CELL: 2, Cell("outcome", "web.urgent"): 1}


def test_counts_are_in_the_period_of_their_day(folder):
    pending = Pending()
    flushed(folder, day=LAST_DAY)
    flushed(folder, day=NEXT_DAY)
    old, new = tables(folder, "2026-Q3"), tables(folder, "2026-Q4")
    months = tables(folder, "2026-09"), tables(folder, "2026-10")
    pending.add([CELL, REPORT], LAST_DAY)
    pending.add([CELL, CELL, REPORT], NEXT_DAY)
    assert flush(pending, folder, NEXT_DAY)
    assert gained(folder, old, "2026-Q3") == {CELL: 1}
    assert gained(folder, new, "2026-Q4") == {CELL: 2}
    assert gained(folder, months[0], "2026-09") == {REPORT: 1}
    assert gained(folder, months[1], "2026-10") == {REPORT: 1}


def test_rows_that_nobody_knows_are_dropped(folder):
    flushed(folder)
    before = tables(folder)
    flushed(folder, Cell("link", "unknown"), Cell("council", "atlantis"), CELL)
    assert gained(folder, before) == {CELL: 1}
    assert tables(folder)["link"].keys() == {"3fQz9x"}


def test_a_cell_of_no_table_is_a_mistake_in_the_program():
    with pytest.raises(KeyError):
        Pending().add([Cell("languages", "ur")], DAY)


def test_every_table_can_be_counted_in():
    Pending().add([Cell(name, "x") for name in NAMES], DAY)


def held(pending):
    return sum(
        len(rows) for counts in pending._counts.values() for rows in counts.values()
    )  # of all periods


def test_codes_that_somebody_makes_up_fill_no_memory_and_keep_nothing_else_out(folder):
    flushed(folder)
    before, pending = tables(folder), Pending()
    pending.add([Cell("link", "3fQz9x")], DAY)
    for number in range(2 * MOST_ROWS):
        pending.add([Cell("link", f"made up {number}")], DAY)
    pending.add([Cell("link", "3fQz9x"), CELL], DAY)
    assert held(pending) == MOST_ROWS + 1
    assert flush(pending, folder)
    assert gained(folder, before) == {Cell("link", "3fQz9x"): 2, CELL: 1}
    assert held(pending) == 0


# ---- when it fails


@pytest.fixture
def events():
    """The events that were logged, with what stands behind them."""
    seen = []
    handler = logging.Handler()
    handler.emit = lambda record: seen.append((record.levelname, record.msg, record.args))
    logger = logging.getLogger("linnet")
    logger.addHandler(handler)
    yield seen
    logger.removeHandler(handler)


def test_what_cannot_be_written_waits_in_memory(folder, events):
    flushed(folder)
    before, pending = tables(folder), Pending()
    pending.add([CELL], DAY)
    (folder / "no folder").write_bytes(b"")
    assert not flush(pending, folder / "no folder")
    # The quarter and the month.
    assert events == [("WARNING", "counts-not-kept %s", ("FileExistsError",))] * 2
    pending.add([CELL], DAY)
    assert flush(pending, folder)
    assert gained(folder, before) == {CELL: 2}


def test_a_full_disk_loses_nothing(tmp_path, events):
    with small_disk(tmp_path) as disk:
        flushed(disk)
        before, pending = tables(disk), Pending()
        fill(disk)
        for _ in range(3):
            pending.add([CELL], DAY)
            assert not flush(pending, disk)
        assert set(events) == {("WARNING", "counts-not-kept %s", ("OSError",))}
        (disk / "junk").unlink()
        assert flush(pending, disk)
        assert gained(disk, before) == {CELL: 3}


def test_one_damaged_file_does_not_keep_the_others_waiting(folder, events):
    flushed(folder)
    before, pending = tables(folder, MONTH), Pending()
    for path in paths(folder, QUARTER):
        path.write_bytes(b"half a fi")
    pending.add([CELL, REPORT], DAY)
    assert not flush(pending, folder)
    assert events == [("WARNING", "counts-not-kept %s", (CountsError.__name__,))]
    assert gained(folder, before, MONTH) == {REPORT: 1}
    before = tables(folder, MONTH)
    assert flush(pending, folder)
    assert gained(folder, before, MONTH) == {}
    assert tables(folder).keys() == ROWS.keys() - {"wrong"}


class StoppedError(Exception):
    """Something that nobody foresaw."""


def test_what_nobody_foresaw_loses_nothing_either(folder):
    pending = Pending()
    pending.add([CELL, REPORT], DAY)

    def below(_n):
        raise StoppedError

    with pytest.raises(StoppedError):
        pending.flush(folder, ROWS, DAY, below)
    flushed(folder)
    before, month = tables(folder), tables(folder, MONTH)
    assert flush(pending, folder)
    assert gained(folder, before) == {CELL: 1}
    assert gained(folder, month, MONTH) == {REPORT: 1}


def test_what_comes_while_a_flush_fails_is_held_and_bounded(folder):
    flushed(folder)
    before, pending = tables(folder), Pending()
    pending.add([Cell("link", f"old {number}") for number in range(MOST_ROWS - 1)], DAY)

    def below(_n):
        pending.add([CELL, Cell("link", "3fQz9x"), Cell("link", "one too many")], DAY)
        raise StoppedError

    with pytest.raises(StoppedError):
        pending.flush(folder / "other", ROWS, DAY, below)
    assert held(pending) == MOST_ROWS + 1
    assert flush(pending, folder)
    assert gained(folder, before) == {CELL: 1, Cell("link", "3fQz9x"): 1}


def test_what_could_not_be_kept_until_the_period_closed_is_dropped(folder):
    """Its figures may stand by then; a file made now would be one more beside them."""
    pending = Pending()
    pending.add([CELL, REPORT], LAST_DAY)
    flushed(folder, day=LAST_DAY)
    before = files(folder)
    assert flush(pending, folder, date(2026, 10, 14))
    assert {name: data for name, data in files(folder).items() if name in before} == before
    assert held(pending) == 0


def test_the_day_before_it_closes_it_is_still_taken(folder):
    pending = Pending()
    pending.add([CELL], LAST_DAY)
    flushed(folder, day=LAST_DAY)
    before = tables(folder)
    assert flush(pending, folder, date(2026, 10, 13))
    assert gained(folder, before) == {CELL: 1}


def test_threads_that_count_while_another_flushes_lose_nothing(folder):
    flushed(folder)
    before, pending, times = tables(folder), Pending(), 4000

    def count():
        for _ in range(times):
            pending.add([CELL, CELL], DAY)

    threads = [threading.Thread(target=count) for _ in range(3)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert flush(pending, folder)
    assert flush(pending, folder)
    assert gained(folder, before) == {CELL: 3 * 2 * times}

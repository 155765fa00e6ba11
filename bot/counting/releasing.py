"""Releasing: the figures of a quarter, made once from all its files and never made again.

A folder of counts has the files of one writer in it, or a folder for each writer, or both. Each
file is one source. The release is `released/2026-Q3.json`; once it stands, the files it was made
of are taken away, so that nothing finer is left to subtract from it.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from bot.counting import counts_file, records
from bot.counting.counts_file import Counts, Tables, locked_counts
from bot.counting.periods import first_day, last_day, shown_from, span_of
from bot.counting.private_files import read_private, sync_folder, write_private
from bot.counting.releases import FEWEST, STEP, Release
from bot.counting.tables import WRONG, Span
from bot.exceptions import CountsError

VERSION = 1
RELEASED = "released"
FEWEST_REPORTS = 2
_FILE = re.compile(r"(2[0-9]{3}-(?:Q[1-4]|0[1-9]|1[0-2]))(?:\.copy)?\.json(?:\.broken)?")


# ---- as data


def shown(noised: int) -> int | None:
    """A count as it is shown: None below 10, else the nearest multiple of 5."""
    return None if noised < FEWEST else (noised + STEP // 2) // STEP * STEP


def release_of(period: str, made: date, files: list[Counts]) -> Release:
    """The figures of one quarter from the tables of its files: added up, then each as shown."""
    tables = {
        name: {row: shown(noised) for row, noised in sorted(rows.items())}
        for name, rows in sorted(_added(files).items())
    }
    return Release(period, made, len(files), tables)


def pack(release: Release) -> bytes:
    """The bytes of a release; the same release is the same bytes."""
    return records.pack({
        "version": VERSION,
        "period": release.period,
        "made": release.made.isoformat(),
        "sources": release.sources,
        "tables": release.tables,
    })  # fmt: skip


def unpack(data: bytes, period: str) -> Release | None:
    """The release in the bytes of its file; None where it is damaged or of another quarter."""
    found = records.unpack(data)
    if found is None or found.keys() != {"version", "period", "made", "sources", "tables"}:
        return None
    if found["version"] != VERSION or found["period"] != period or not _are_shown(found["tables"]):
        return None
    if not records.is_count(found["sources"]) or found["sources"] < 1:
        return None
    try:
        made = date.fromisoformat(found["made"])
    except (TypeError, ValueError):
        return None
    return Release(period, made, found["sources"], found["tables"])


# ---- as files


def release(folder: Path, period: str, day: date) -> Release:
    """The release of a quarter; made on `day` (in London) when there is none yet.

    From then on it is always the very same. The quarter's files are taken away, as are those of
    months that ended before the quarter began. Raises CountsError, whose sentence says which: it
    is no quarter, it is not over for 14 days, nothing was counted, or a file cannot be used.
    """
    _demand(period, Span.QUARTER, day)
    with _all_locked(folder) as sources:
        made = _released(folder, period) or _make(folder, sources, period, day)
        for source in sources:
            for old in (period, *_months_before(source, period)):
                counts_file.remove(source, old)
    return made


def is_released(folder: Path, period: str) -> bool:
    """Whether there is a release of the quarter already; it may be damaged."""
    return _path(folder, period).exists()


def due_reports(folder: Path, month: str, day: date) -> tuple[str, ...]:
    """The services that women said have something wrong on their card: their ids, in order.

    Each whose count with noise is 2 or more; empty also where nothing was counted. `day` (in London)
    must be after the month. With one source, a service is named with the chance

        reports   0     1     2     3     5
        chance    0.10  0.27  0.73  0.90  0.99

    so one that is named deserves a look, and is not shown to be wrong. With more sources there is
    more noise, and these are nearer to each other. Raises CountsError: it is no month, it is not
    over, or a file cannot be used.
    """
    _demand(month, Span.MONTH, day)
    with _all_locked(folder) as sources:
        sums = _added(_files(sources, month))
    return tuple(sorted(id for id, noised in sums.get(WRONG.name, {}).items() if is_due(noised)))


def is_due(noised: int) -> bool:
    """Whether so many reports, with noise, name a service."""
    return noised >= FEWEST_REPORTS


def _demand(period: str, span: Span, day: date) -> None:
    try:
        found, first = span_of(period), shown_from(period)
    except ValueError as error:
        raise CountsError(str(error)) from error
    if found is not span:
        raise CountsError(f"{period} is no {span}")
    if day < first:
        raise CountsError(f"the counts of {period} are not shown before {first.isoformat()}")


def _make(folder: Path, sources: list[Path], period: str, day: date) -> Release:
    files = _files(sources, period)
    if not files:
        raise CountsError(f"there are no counts of {period} in {folder}")
    made = release_of(period, day, files)
    path = _path(folder, period)
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder)  # the files it is made of go next
        write_private(path, pack(made))
    except OSError as error:
        raise CountsError(f"{path} cannot be written: {error.strerror}") from error
    return made


def _released(folder: Path, period: str) -> Release | None:
    path = _path(folder, period)
    try:
        data = read_private(path)
    except OSError as error:
        raise CountsError(f"{path} cannot be read: {error.strerror}") from error
    found = None if data is None else unpack(data, period)
    if data is not None and found is None:
        # Another one, of other sources or another day, could be subtracted from the first.
        raise CountsError(
            f"{path} is damaged; put back a copy of it, because a quarter is released once only"
        )
    return found


def _files(sources: list[Path], period: str) -> list[Counts]:
    found = [counts_file.read(source, period) for source in sources]
    return [tables for tables in found if tables is not None]


@contextmanager
def _all_locked(folder: Path) -> Iterator[list[Path]]:
    """The folder and the writers' folders in it, locked until the end in one and the same order."""
    inside = [path for path in _listed(folder) if path.is_dir() and not path.is_symlink()]
    writers = [path for path in inside if path.name != RELEASED and _periods_in(path)]
    with ExitStack() as locks:
        for source in (folder, *writers):
            locks.enter_context(locked_counts(source))
        yield [folder, *writers]


def _periods_in(folder: Path) -> list[str]:
    """The periods that the folder has files of. Other people's files say nothing."""
    names = [_FILE.fullmatch(path.name) for path in _listed(folder)]
    return sorted({found[1] for found in names if found})


def _months_before(source: Path, quarter: str) -> list[str]:
    """The months with files in the folder that ended before the quarter began."""
    return [
        period
        for period in _periods_in(source)
        if span_of(period) is Span.MONTH and last_day(period) < first_day(quarter)
    ]


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise CountsError(f"{folder} cannot be read: {error.strerror}") from error


def _added(files: list[Counts]) -> Tables:
    sums: Tables = {}
    for tables in files:
        for name, rows in tables.items():
            into = sums.setdefault(name, {})
            for row, noised in rows.items():
                into[row] = into.get(row, 0) + noised
    return sums


def _path(folder: Path, period: str) -> Path:
    return folder / RELEASED / f"{period}.json"


def _are_shown(found: Any) -> bool:  # noqa: ANN401  # whatever stood in the file
    return isinstance(found, dict) and all(
        isinstance(rows, Mapping) and all(map(_is_shown, rows.values())) for rows in found.values()
    )


def _is_shown(value: object) -> bool:
    return value is None or (
        isinstance(value, int) and records.is_count(value) and value == shown(value)
    )

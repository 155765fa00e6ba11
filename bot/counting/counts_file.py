"""A file of counts: one period of one writer, with noise in every row from the first moment on.

It is JSON: version, period, tables of rows with whole numbers, checksum. A row gets its noise when
the file is made, or when it first is among the rows that there can be; whether anybody ever fell
into it plays no part. So no file holds a true count, and no row says anything by being there.

Each file has two copies, `2026-Q4.json` and `2026-Q4.copy.json`; one that was damaged is written
again from the other. Where both are, they are set aside as `….broken`, and what was counted in that
period until then is lost; the next flush begins a new file.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from bot.counting import records
from bot.counting.noise import Below, laplace
from bot.counting.periods import span_of
from bot.counting.private_files import (
    left_behind,
    locked,
    read_private,
    remove_private,
    write_private,
)
from bot.counting.tables import TABLES, Rows
from bot.exceptions import CountsError

VERSION = 1

Counts = Mapping[str, Mapping[str, int]]  # by table, then by row
Tables = dict[str, dict[str, int]]


# ---- as data


def pack(period: str, tables: Counts) -> bytes:
    """The bytes of a file. The same counts are the same bytes, in whatever order they came."""
    return records.pack({"version": VERSION, "period": period, "tables": tables})


def unpack(data: bytes, period: str) -> Tables | None:
    """The tables in the bytes of a file; None where it is damaged or of another period."""
    record = records.unpack(data)
    if record is None or record.keys() != {"version", "period", "tables"}:
        return None
    tables = record["tables"]
    if record["version"] != VERSION or record["period"] != period or not _are_tables(tables):
        return None
    return {name: dict(rows) for name, rows in tables.items()}


def with_new_rows(tables: Counts, period: str, rows: Rows, below: Below) -> Tables:
    """The tables with noise in each row of the period that had none. Rows are never taken out."""
    span = span_of(period)
    grown = {name: dict(counts) for name, counts in tables.items()}
    for table in TABLES:
        if table.span is span:
            counts = grown.setdefault(table.name, {})
            for row in rows.get(table.name, ()):
                if row not in counts:
                    counts[row] = laplace(table.scale, below)
    return grown


def with_counts(tables: Counts, counts: Counts) -> Tables:
    """The tables with the counts added. What belongs to no row of theirs is dropped."""
    return {
        name: {row: count + counts.get(name, {}).get(row, 0) for row, count in rows.items()}
        for name, rows in tables.items()
    }


# ---- as files


def add(folder: Path, period: str, rows: Rows, counts: Counts, below: Below) -> None:
    """Add the counts to the file of the period; make it where there is none.

    `rows` are all that there can be now. Raises CountsError: nothing was added, and its sentence
    names the file.
    """
    with locked_counts(folder):
        tables = with_new_rows(read(folder, period) or {}, period, rows, below)
        data = pack(period, with_counts(tables, counts))
        path, copy = paths(folder, period)
        try:
            write_private(path, data)
        except OSError as error:
            raise _unusable(path, "written", error) from error
        _write_copy(copy, data)


def read(folder: Path, period: str) -> Tables | None:
    """The tables of a period; None where there is no file. The caller has the folder locked.

    A damaged copy is written again from the other. Raises CountsError: it cannot be read, or both
    copies are damaged; then they are set aside, so that the next call finds none.
    """
    path, copy = paths(folder, period)
    first, second = _read_one(path), _read_one(copy)
    if first is None and second is None:
        return None
    # The first is written first: where both are whole and differ, a kill came between them.
    for data, other, other_data in ((first, copy, second), (second, path, first)):
        tables = None if data is None else unpack(data, period)
        if data is not None and tables is not None:
            if other_data != data:
                _write_copy(other, data)
            return tables
    _set_aside(path, copy)
    raise CountsError(
        f"{path} and its copy are damaged and were set aside; what was counted in {period} "
        "until now is lost, and counting begins again"
    )


def remove(folder: Path, period: str) -> None:
    """Take away all that there is of a period. The caller has the folder locked.

    Raises CountsError: something stands there still.
    """
    for path in paths(folder, period):
        for name in (*left_behind(path), _aside(path)):
            try:
                remove_private(name)
            except OSError as error:
                raise _unusable(name, "removed", error) from error


def paths(folder: Path, period: str) -> tuple[Path, Path]:
    """The file of a period, and its copy."""
    return folder / f"{period}.json", folder / f"{period}.copy.json"


@contextmanager
def locked_counts(folder: Path) -> Iterator[None]:
    """The folder for this process alone until the end. Raises CountsError: it cannot be had."""
    with ExitStack() as lock:
        try:
            lock.enter_context(locked(folder))
        except OSError as error:
            raise _unusable(folder, "used", error) from error
        yield


def _unusable(path: Path, how: str, error: OSError) -> CountsError:
    why = error.strerror or "the system gives no reason"
    return CountsError(f"{path} cannot be {how}: {why}")


def _read_one(path: Path) -> bytes | None:
    try:
        return read_private(path)
    except OSError as error:
        raise _unusable(path, "read", error) from error


def _write_copy(path: Path, data: bytes) -> None:
    """Write the second of two copies; where that fails, leave none.

    Harm prevented: an old copy beside a new file would differ from it by the counts of one day.
    """
    try:
        write_private(path, data)
    except OSError:
        with suppress(OSError):
            remove_private(path)


def _set_aside(*damaged: Path) -> None:
    for path in damaged:
        try:
            path.replace(_aside(path))
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _unusable(path, "set aside", error) from error


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.broken")


def _are_tables(found: Any) -> bool:  # noqa: ANN401  # whatever stood in the file
    return isinstance(found, dict) and all(
        isinstance(rows, dict) and all(map(records.is_count, rows.values()))
        for rows in found.values()
    )

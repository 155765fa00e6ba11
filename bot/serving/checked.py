"""The checked directory: read and checked once, kept as a snapshot, and served from it.

A start with the same files on the same day takes the snapshot. When the directory as a whole cannot
be used, for example because its helplines are gone, the last good one is served and the log says so.
"""

import hashlib
import logging
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot import app
from bot.conversation.acting import World
from bot.directory.model import Service, Status
from bot.directory.snapshot import pack, unpack
from bot.exceptions import DataError
from bot.settings import Settings

NAME = "directory.snapshot"

log = logging.getLogger("linnet")


def read_world(
    settings: Settings, runtime: Path, old: Callable[[bool], None] = lambda _: None
) -> World:
    """Flows, directory and translations as they are now; the snapshot is in `runtime`.

    `old` gets whether the directory is the last good one in place of that in the files. Raises SettingsError and DataError.
    """
    where, today = app.folders(settings), app.today()
    stamp, file = stamp_of(where.directory, today), runtime / NAME
    kept_stamp, kept = _read(file)
    if kept is not None and kept_stamp == stamp:
        world = app.build_world(app.read_data(where, kept), settings, today)
        old(False)
        return world
    data = app.read_data(where)
    try:
        world = app.build_world(data, settings, today)
    except DataError as error:
        elsewhere = [
            one for one in error.problems if not one.path.startswith("directory/services")
        ]
        if kept is None or elsewhere:
            raise
        log.error("directory-from-snapshot")
        # Harm prevented: what is paused or closed now is gone now, whatever else is wrong.
        stopped = {one.id for one in data.services if one.status is not Status.ACTIVE}
        kept = tuple(one for one in kept if one.id not in stopped)
        world = app.build_world(app.read_data(where, kept), settings, today)
        old(True)
        return world
    old(False)
    _write(file, stamp, pack(world.material.services.values()))
    return world


def stamp_of(directory: Path, today: date) -> bytes:
    """What a snapshot holds for: every byte of the directory, and the day, on which checks rest."""
    found = hashlib.sha256(today.isoformat().encode())
    for path in sorted(path for path in directory.rglob("*") if path.is_file()):
        found.update(f"\0{path.relative_to(directory)}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest().encode()


def _read(file: Path) -> tuple[bytes, tuple[Service, ...] | None]:
    try:
        stamp, _, data = file.read_bytes().partition(b"\n")
    except OSError:
        return b"", None
    return stamp, unpack(data)


def _write(file: Path, stamp: bytes, data: bytes) -> None:
    """Whole or not at all. Without room there is no snapshot, and the files are read next time."""
    beside = file.with_name(f"{file.name}.new")
    try:
        with beside.open("wb") as written:
            written.write(stamp + b"\n" + data)
            written.flush()
            os.fsync(written.fileno())
        beside.replace(file)
    except OSError:
        beside.unlink(missing_ok=True)

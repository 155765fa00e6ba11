"""Private files: read without following a link, written in one step, taken away with what stood there.

Nothing here knows what a count is. Whoever calls holds the lock of the folder.
"""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MOST_BYTES = 4 * 2**20
LOCK = "lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The folder, made where there is none, for this process alone until the end.

    Waits for another process that has it; one that is killed gives it up. One process must not
    take the same folder twice. Raises OSError: it cannot be made or locked.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def read_private(path: Path) -> bytes | None:
    """The bytes of the file; None where nothing is there.

    A link, a folder, a pipe and what is longer than 4 MiB give no bytes, so no checksum will fit
    them. Raises OSError: it cannot be read.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return b""
        # Should it have become something else since: never follow it, never wait for it.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb") as file:
        data = file.read(MOST_BYTES + 1)
    return data if len(data) <= MOST_BYTES else b""


def write_private(path: Path, data: bytes) -> None:
    """Put `data` in place of the file in one step, safe on the disk, readable by this user only.

    Raises OSError: the file is as it was. When it returns, the new one stands there, and where
    the file system writes in place, nothing of the old one is left.
    """
    beside = _beside(path)
    remove_private(beside)  # what a kill left
    try:
        with os.fdopen(_open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with _wiped(path):
            beside.replace(path)
            # It stands already. Were this to fail loudly, the same counts would be added twice.
            with suppress(OSError):
                sync_folder(path.parent)
    except OSError:
        with suppress(OSError):
            remove_private(beside)
        raise


def remove_private(path: Path) -> None:
    """Take the file away, with what stood in it. Raises OSError; not where nothing is there."""
    with suppress(FileNotFoundError), _wiped(path):
        path.unlink()


def sync_folder(folder: Path) -> None:
    """Make what was named in the folder safe on the disk. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def left_behind(path: Path) -> tuple[Path, ...]:
    """The names under which something of this file may stand: itself, and what a kill left."""
    return path, _beside(path)


@contextmanager
def _wiped(path: Path) -> Iterator[None]:
    """Write noughts over what stands at `path`, once it has lost its name in between.

    Harm prevented: all files of one period hold the same noise. An older one that was only
    unlinked, taken from a later one, would be the true counts of a day.
    """
    handle = None
    with suppress(OSError):  # nothing there, or a link
        handle = _open(path, os.O_WRONLY | os.O_NONBLOCK)
    try:
        yield
        if handle is not None:
            with suppress(OSError):
                _overwrite(handle)
    finally:
        if handle is not None:
            os.close(handle)


def _overwrite(handle: int) -> None:
    found = os.fstat(handle)
    if stat.S_ISREG(found.st_mode) and found.st_nlink == 0:  # else it has a name, or another one
        os.pwrite(handle, bytes(min(found.st_size, MOST_BYTES)), 0)
        os.fsync(handle)


def _open(path: Path, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")

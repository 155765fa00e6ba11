"""Holding: a file is changed by one process at a time, and nobody's change is lost."""

import fcntl
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.exceptions import SettingsError

TRIES = 100
PAUSE = 0.1  # seconds: ten in all, where the largest file is changed in about two
_READ = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC  # a pipe of that name is not waited for


@contextmanager
def held(
    path: Path,
    most: int,
    *,
    make: bool = False,
    tries: int = TRIES,
    lock: Callable[[int, int], None] = fcntl.flock,
) -> Iterator[bytes]:
    """The bytes of a file, of which `most` and one more are read, while no other may change it.

    With `make` a file that is not there is made, empty; only its owner may read it, and where
    nothing is put into it, it goes again. Raises SettingsError for what is no file, cannot be
    opened, or is still held by somebody else after as many `tries`, a tenth of a second apart.
    """
    path = Path(os.path.realpath(path))
    opened, is_new = _taken(path, make, tries, lock)
    try:
        with os.fdopen(opened, "rb", closefd=False) as file:
            yield file.read(most + 1)
    finally:
        if is_new and _is_there(path, opened) and not os.fstat(opened).st_size:
            path.unlink()
        os.close(opened)


def _taken(
    path: Path, make: bool, tries: int, lock: Callable[[int, int], None]
) -> tuple[int, bool]:
    """The file, locked, and whether it was made here.

    Who waited looks again: the file may have been put in its place anew, or be gone.
    """
    for _ in range(tries):
        opened, is_new = _open(path, make)
        try:
            lock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_there(path, opened):
                return opened, is_new
        except BlockingIOError:
            time.sleep(PAUSE)
        except BaseException:  # Ctrl-C too
            os.close(opened)
            raise
        os.close(opened)
    raise SettingsError(f"somebody else is changing '{path}'; try again")


def _open(path: Path, make: bool) -> tuple[int, bool]:
    try:
        opened, is_new = _made(path) if make else (os.open(path, _READ), False)
    except OSError as error:
        raise SettingsError(f"'{path}' cannot be opened: {error.strerror}") from None
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise SettingsError(f"'{path}' is not a file")
    return opened, is_new


def _made(path: Path) -> tuple[int, bool]:
    """The file that is there, or a new one, and whether it is new."""
    try:
        return os.open(path, _READ | os.O_CREAT | os.O_EXCL, 0o600), True
    except FileExistsError:
        return os.open(path, _READ), False


def _is_there(path: Path, opened: int) -> bool:
    """Whether the file that was opened is still the one of that name."""
    try:
        return os.path.samestat(path.stat(), os.fstat(opened))
    except FileNotFoundError:
        return False

"""Filling the disk: a small one of memory, with all its room taken and given back."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.sessions.disks import fill, small_disk


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """No room on the disk of `folder` meanwhile."""
    fill(folder)
    try:
        yield
    finally:
        (folder / "junk").unlink(missing_ok=True)


def can_mount() -> bool:
    """Whether this user may mount a small disk: root may, most others may not."""
    with tempfile.TemporaryDirectory() as place:
        mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            return False
        subprocess.run(["umount", place], check=True)  # noqa: S607
    return True


@contextmanager
def disk_of_its_own(folder: Path, size: str) -> Iterator[bool]:
    """A small disk at `folder` where one can be mounted, else the folder as it is; which it is."""
    folder.mkdir(exist_ok=True)
    if not can_mount():
        yield False
        return
    with small_disk(folder, size):
        yield True

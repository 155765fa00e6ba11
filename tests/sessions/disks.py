"""Folders on tmpfs, folders as an adversary reads them, a disk so small that it can be filled."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.leaving_out import leave_out

SHARED = Path("/dev/shm")  # noqa: S108


@contextmanager
def quick_folder() -> Iterator[Path]:
    """An empty folder on tmpfs where there is one; gone at the end."""
    with TemporaryDirectory(dir=SHARED if SHARED.is_dir() else None) as folder:
        yield Path(folder)


def every_byte(folder: Path) -> bytes:
    """All that stands in the files of a folder, whatever their names."""
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@contextmanager
def small_disk(folder: Path, size: str = "1m") -> Iterator[Path]:
    """A tmpfs of `size` at `folder`; the test is left out where none can be mounted."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        leave_out("a small disk can be mounted by root only")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)  # noqa: S607


def fill(folder: Path) -> None:
    """Take all the room there is."""
    with (folder / "junk").open("ab", buffering=0) as junk:
        for size in (4096, 1):
            try:
                while junk.write(bytes(size)):
                    pass
            except OSError:
                continue

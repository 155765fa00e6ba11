"""Spoiling files: one bit flipped, the end cut off, something else in their place."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def flip(path: Path, chance: random.Random) -> None:
    """Turn one bit over, somewhere. An empty file stays as it is."""
    data = bytearray(path.read_bytes())
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)


def truncate(path: Path, share: float = 0.5) -> None:
    """Keep only the first part, `share` of it from 0 to 1, in place: whoever has it open sees it."""
    with path.open("r+b") as file:
        file.truncate(int(path.stat().st_size * share))


@contextmanager
def replaced(path: Path, data: bytes) -> Iterator[None]:
    """Other bytes in the place of a file meanwhile; then those that were there before."""
    before = path.read_bytes()
    path.write_bytes(data)
    try:
        yield
    finally:
        path.write_bytes(before)

"""Traces: what a browser has on disk after a talk, every byte of it, in every writing."""

import json
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, quote_plus

MOZ = b"mozLz40\0"


def unpacked(data: bytes) -> bytes:
    """What a mozlz4 file holds: one LZ4 block after twelve bytes."""
    made = bytearray()
    at = len(MOZ) + 4
    while at < len(data):
        mark = data[at]
        length, at = _length(data, at + 1, mark >> 4)
        made += data[at : at + length]
        at += length
        if at >= len(data):
            break
        back = int.from_bytes(data[at : at + 2], "little")
        length, at = _length(data, at + 2, mark & 15)
        for _ in range(length + 4):
            made.append(made[-back])
    return bytes(made)


def _length(data: bytes, at: int, length: int) -> tuple[int, int]:
    if length < 15:
        return length, at
    while True:
        more = data[at]
        length, at = length + more, at + 1
        if more != 255:
            return length, at


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the profile: as it is, and unpacked where it is packed."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        try:
            data = path.read_bytes()
        except FileNotFoundError:  # a lock that went away just now
            continue
        name = str(path.relative_to(folder))
        yield name, data
        if data.startswith(MOZ):
            yield f"{name} (unpacked)", unpacked(data)
        at = data.find(b"\x1f\x8b\x08")
        if at >= 0:
            yield f"{name} (unzipped)", _unzipped(data[at:])


def _unzipped(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(data)
    except zlib.error:
        return b""


def hits(folder: Path, canaries: Iterable[str]) -> list[tuple[str, str]]:
    """(canary, file) for every canary that is found in any file of the profile."""
    looked = [(canary, writings(canary)) for canary in canaries]
    return [
        (canary, name)
        for name, data in files(folder)
        for canary, forms in looked
        if any(form in data for form in forms)
    ]


def writings(canary: str) -> set[bytes]:
    """The bytes that a word may stand in: two encodings, and the two escapes of files and forms."""
    escaped = json.dumps(canary)[1:-1]
    forms = {canary, escaped, quote(canary), quote_plus(canary)}
    return {each.encode(code) for each in forms for code in ("utf-8", "utf-16-le")}


def visits(folder: Path, query: str, name: str) -> list[tuple[str, str, int]]:
    """Rows of (address, title, visits) of a history database of the profile."""
    with tempfile.TemporaryDirectory() as elsewhere:
        for part in folder.rglob(f"{name}*"):
            shutil.copy(part, elsewhere)
        with closing(sqlite3.connect(Path(elsewhere) / name)) as base:
            return [(str(u), str(t or ""), int(n)) for u, t, n in base.execute(query)]

"""A world in which every text has been read aloud, by a short sound that is made here.

No voice, neither of a person nor of a machine, is in this project: the sound is a second of an
Opus stream whose frames all hold the same few bytes, which decoders play as a steady tone.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bot import app
from bot.conversation.acting import World
from bot.locales.catalogues import Catalogues
from bot.locales.recording_checks import recordables
from bot.locales.recordings import FOLDER, find_recordings
from bot.settings import Settings

LOCALES = app.folders(Settings()).locales
CODES = ("en", "ur", "pl")
SERIAL = 7
FRAMES = 50  # of 20 ms
RATE = 48_000
_TOC = bytes([0b11111000])  # CELT, the whole band, 20 ms, one channel, one frame a packet


def tone(mark: int = 0) -> bytes:
    """A valid Ogg Opus file of one second; another one for another `mark` below 256."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, RATE, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 0) + struct.pack("<I", 0)
    frames = [_TOC + bytes([0x5A, 0x3C, mark, 0x96]) for _ in range(FRAMES)]
    return b"".join(
        [
            _page(0, 2, 0, [head]),
            _page(1, 0, 0, [tags]),
            _page(2, 4, FRAMES * RATE // 50, frames),
        ]
    )


def _page(number: int, kind: int, position: int, packets: Iterable[bytes]) -> bytes:
    """A page of short packets; `kind` 2 begins the stream, 4 ends it."""
    packets = list(packets)
    sizes = bytes(map(len, packets))
    body = bytes([len(sizes)]) + sizes + b"".join(packets)
    begins = b"OggS" + struct.pack("<BBqII", 0, kind, position, SERIAL, number)
    return begins + struct.pack("<I", _sum(begins + bytes(4) + body)) + body


def _sum(data: bytes) -> int:
    """The check sum of a page, as RFC 3533 has it: not that of zip files."""
    found = 0
    for byte in data:
        found ^= byte << 24
        for _ in range(8):
            found = (found << 1 ^ (0x04C11DB7 if found & 0x80000000 else 0)) & 0xFFFFFFFF
    return found


def record(data: app.Data, folder: Path, codes: Iterable[str] = CODES) -> None:
    """Put a recording of every text that is read aloud under `folder`."""
    for code in codes:
        home = folder / code / FOLDER
        home.mkdir(parents=True, exist_ok=True)
        for one in recordables(data.folders.locales, code, app.messages(data)):
            (home / one.file).write_bytes(tone(len(one.words) % 256))


def world_with(world: World, recordings: dict[str, Path]) -> World:
    """The world with these recordings by name."""
    catalogues = replace(Catalogues.read(LOCALES), recordings=recordings)
    return replace(world, catalogues=catalogues, material=replace(world.material, drawn={}))


def recorded_world(world: World, data: app.Data, folder: Path) -> World:
    """The world with everything read aloud."""
    record(data, folder)
    return world_with(world, find_recordings(folder, CODES))


def pages(sound: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and packets of each page; fails where the stream is not as RFC 3533 has it."""
    at = 0
    while at < len(sound):
        begins, given = sound[at : at + 22], sound[at + 22 : at + 26]
        assert begins.startswith(b"OggS")
        sizes = sound[at + 27 : at + 27 + sound[at + 26]]
        end = at + 27 + len(sizes) + sum(sizes)
        assert struct.pack("<I", _sum(begins + bytes(4) + sound[at + 26 : end])) == given
        yield begins[5], sound[at + 27 + len(sizes) : end]
        at = end

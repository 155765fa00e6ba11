"""Recordings: which words somebody has read aloud, found by a hash of the words as they are now.

A recording is a file `locales/<code>/audio/<hash>.opus`. The hash is that of the message with its
translation, so a recording of words that were changed since is never played. No file is read
before somebody wants to hear it.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from bot.locales.ledger import fingerprint
from bot.locales.pofile import Entry

FOLDER = "audio"
SUFFIX = ".opus"
LOCAL = "local"  # the folder in which an operator changes single words
MOST_BYTES = 512 * 1024  # more than two minutes of a voice; her data may be dear
BEGINS = b"OggS"

_HASH = re.compile(r"[0-9a-f]{64}\Z")


def sum_of(english: str, said: str) -> str:
    """The hash of a message, by the English and the words she gets; in English both are the same."""
    return fingerprint(Entry("", english, "", (said,)))


def find_recordings(folder: Path, codes: Iterable[str]) -> dict[str, Path]:
    """The recordings of these languages under `folder`, by names such as `ur/<hash>`.

    Of each file only its size and first letters are looked at. Harm prevented: what cannot be
    played is left out, so that no card offers what then stays silent.
    """
    return {
        f"{code}/{path.stem}": path
        for code in codes
        for path in files_of(folder, code)
        if path.suffix == SUFFIX and _HASH.match(path.stem) and is_sound(path)
    }


def is_sound(path: Path) -> bool:
    """Whether a file can be read, is not too large, and begins as an Ogg file does."""
    try:
        with path.open("rb") as file:
            return file.read(len(BEGINS)) == BEGINS and path.stat().st_size <= MOST_BYTES
    except OSError:
        return False


def sound_of(path: Path) -> bytes:
    """The bytes of a recording; empty where it is gone, or was changed into what `is_sound` refuses."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        return b""
    return data if data.startswith(BEGINS) and len(data) <= MOST_BYTES else b""


def files_of(folder: Path, code: str) -> list[Path]:
    """Every file beside the recordings of a language, also those that are none."""
    return sorted(path for path in (folder / code / FOLDER).glob("*") if path.is_file())

"""The files of a SQLite store, as somebody reads them who has the disk."""

from pathlib import Path

from bot.sessions.model import Session, pack
from tests.sessions.disks import every_byte

CHAT = 7_123_456_789
TALK = pack(
    Session("0123456789abcdef", "triage.children", "kurmanji", trail=(("triage.me", "pregnant"),))
)
CANARIES = (
    str(CHAT).encode(),
    *(CHAT.to_bytes(size, order) for size in (5, 6, 8) for order in ("big", "little")),
    b"triage.children",
    b"pregnant",
    b"kurmanji",
    TALK,
)


def seen_in(folder: Path) -> list[bytes]:
    """The canaries that somebody who reads every file of the folder finds."""
    found = every_byte(folder)
    return [canary for canary in CANARIES if canary in found]


def beside(path: Path, end: str) -> Path:
    """The file of the same name with `end` behind it: the journal, the ballast, a broken one."""
    return path.with_name(path.name + end)

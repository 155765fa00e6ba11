"""Sealing: the keys that make what is stored unreadable, and the keys rows are found by.

Three kinds of key, as the safety study sets out:

- the root: 32 random bytes, from `LINNET_SECRET_FILE` or made once a boot in the runtime folder;
- a day's key, worked out from the root: it makes the row keys, so that one person's rows of two
  days cannot be linked. A bare hash of a Telegram id is the id: the whole space is hours of work;
- an epoch's key: a quarter of an hour long, each worked out from the one before and never back.
  Old ones are wiped, and whatever was sealed under them, on a disk or in a backup, is noise.

Nothing here reads a clock: `now` is seconds that only grow, the same for every process of one
boot (CLOCK_MONOTONIC), so a clock that jumps neither keeps a key nor loses one.
"""

import hmac
import math
import os
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.exceptions import SettingsError

KEY_BYTES = 32
EPOCH_SECONDS = 900
SCHEMA = 2  # of what is sealed; another version is unreadable on purpose
BLOCK = 512  # bytes; nearly every session is deflated into one block, so its length says nothing
_NONCE_BYTES = 12
_LONGEST = 0xFFFF

Cipher = AESGCM  # under one key


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose; the key it comes from cannot be worked out from it."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def cipher_for(key: bytes) -> AESGCM:
    """What seals and opens under this key."""
    return AESGCM(key)


def sealed_under(cipher: AESGCM, epoch: int, data: bytes, bound_to: bytes) -> bytes:
    """`data` deflated, padded and sealed. Raises ValueError: longer than any session."""
    packed = zlib.compress(data, wbits=-zlib.MAX_WBITS)
    if max(len(data), len(packed)) > _LONGEST:
        raise ValueError("a session of this size is no session")
    nonce = os.urandom(_NONCE_BYTES)
    head = bytes([SCHEMA]) + epoch.to_bytes(4, "big")
    return head + nonce + cipher.encrypt(nonce, _padded(packed), head + bound_to)


def epoch_of(sealed: bytes) -> int:
    """The epoch whose key opens it; -1 for what was never sealed here."""
    if len(sealed) < 5 or sealed[0] != SCHEMA:
        return -1
    return int.from_bytes(sealed[1:5], "big")


def opened_with(cipher: AESGCM, sealed: bytes, bound_to: bytes) -> bytes | None:
    """What was sealed with this cipher; None when it was changed or stood in another row."""
    head, nonce, body = sealed[:5], sealed[5:17], sealed[17:]
    try:
        padded = cipher.decrypt(nonce, body, head + bound_to)
    except (InvalidTag, ValueError):
        return None
    packed = padded[2 : 2 + int.from_bytes(padded[:2], "big")]
    return zlib.decompress(packed, wbits=-zlib.MAX_WBITS)  # ours: it was sealed with our key


class RowKeys:
    """Makes the opaque key of a person on one channel; the key changes at midnight UTC."""

    def __init__(self, root: bytes) -> None:
        self._root = root
        self._days: dict[str, bytes] = {}

    def key(self, channel: str, person: str, at: datetime) -> str:
        """32 hexadecimal letters. `at` is aware; only its day in UTC counts."""
        message = f"{channel}\0{person}".encode()
        return hmac.digest(self._of_day(at), message, "sha256").hex()[:32]

    def keys(self, channel: str, person: str, at: datetime) -> tuple[str, str]:
        """Today's key and yesterday's, under which a talk from before midnight still stands."""
        return self.key(channel, person, at), self.key(channel, person, at - timedelta(days=1))

    def _of_day(self, at: datetime) -> bytes:
        day = at.astimezone(UTC).date().isoformat()
        if day not in self._days:
            # Two days at the most are in use; older ones must not be kept.
            self._days = dict(list(self._days.items())[-1:])
            self._days[day] = derive(self._root, f"linnet row keys {day}")
        return self._days[day]


class Sealing(Protocol):
    """Seals what is stored under a key that is soon gone, and opens it until then."""

    def seal(self, data: bytes, bound_to: bytes) -> bytes:
        """`data` sealed; it opens only with the same `bound_to`. Raises ValueError: too long."""
        ...

    def open(self, sealed: bytes, bound_to: bytes) -> bytes | None:
        """What was sealed; None when it is not ours, was changed, or its key is gone."""
        ...

    def wipe_old(self) -> None:
        """Forget keys past their time."""
        ...


class Epochs:
    """The keys of the present and of the last epochs, in memory and in one file on tmpfs.

    `keep_seconds` is how long something sealed can be opened again; a talk must fit into it.
    `path` None keeps the keys in memory only: then a restart forgets every session.
    """

    def __init__(self, now: Callable[[], float], keep_seconds: float, path: Path | None) -> None:
        self._now = now
        self._keep = math.ceil(keep_seconds / EPOCH_SECONDS) + 1
        self._path = path
        self._keys: dict[int, bytes] = {}
        self._ready: dict[int, AESGCM] = {}
        self._start = now()
        if not self._read():
            self._keys = {0: os.urandom(KEY_BYTES)}
            self._write(first=True)
        self._advance()

    def seal(self, data: bytes, bound_to: bytes) -> bytes:
        """`data` padded and sealed under the present key; it opens only with the same `bound_to`."""
        self._advance()
        epoch = max(self._keys)
        return sealed_under(self._cipher(epoch), epoch, data, bound_to)

    def open(self, sealed: bytes, bound_to: bytes) -> bytes | None:
        """What was sealed; None when it is not ours, was changed, or its key is gone."""
        self._advance()  # another process of this boot may have sealed in a quarter that is new here
        epoch = epoch_of(sealed)
        return opened_with(self._cipher(epoch), sealed, bound_to) if epoch in self._keys else None

    def wipe_old(self) -> None:
        """Forget keys past their time: what was sealed under them can never be read again."""
        self._advance()
        old = [epoch for epoch in self._keys if epoch <= max(self._keys) - self._keep]
        for epoch in old:
            del self._keys[epoch]
            self._ready.pop(epoch, None)
        if old:
            self._write()

    def _cipher(self, epoch: int) -> AESGCM:
        if epoch not in self._ready:
            self._ready[epoch] = cipher_for(self._keys[epoch])
        return self._ready[epoch]

    def _advance(self) -> None:
        wanted = int((self._now() - self._start) // EPOCH_SECONDS)
        newest = max(self._keys)
        if wanted <= newest:
            return
        key = self._keys[newest]
        for epoch in range(newest + 1, wanted + 1):
            key = derive(key, "linnet next epoch")
            if epoch > wanted - self._keep:
                self._keys[epoch] = key
        self._write()

    # ---- the file: the second of the start, then a line an epoch

    def _read(self) -> bool:
        if self._path is None:
            return False
        try:
            first, *rest = self._path.read_text("ascii").split() or [""]
            start = float(first)
            keys = {
                int(number): bytes.fromhex(key)
                for number, _, key in (line.partition(":") for line in rest)
            }
        except (OSError, ValueError):
            return False
        if not keys or any(len(key) != KEY_BYTES for key in keys.values()):
            return False
        # What lies ahead is of an earlier boot: its keys are of no use any more.
        now = self._now()
        if (
            not 0 <= start <= now
            or not 0 <= min(keys) <= max(keys) <= (now - start) // EPOCH_SECONDS
        ):
            return False
        self._start, self._keys = start, keys
        return True

    def _write(self, *, first: bool = False) -> None:
        """Put the present keys into the file. Raises OSError, but only the first time."""
        if self._path is None:
            return
        lines = [repr(self._start), *(f"{n}:{key.hex()}" for n, key in self._keys.items())]
        data = "\n".join(lines).encode()
        try:
            write_private(self._path, data)
        except OSError:
            if first:
                raise
            # Harm prevented: on a full disk the old file would stay, with keys that must be gone.
            # Without any file a restart forgets every session; until then all goes on.
            with suppress(OSError):
                self._path.unlink()
                write_private(self._path, data)


def write_private(path: Path, data: bytes) -> None:
    """Put `data` in place of the file in one step, readable by this user only."""
    beside = path.with_name(f".{path.name}.new")  # one name: what a kill leaves is written over
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def read_root(secret_file: Path | None, runtime: Path) -> bytes:
    """The root key: the secret file's, or one that is made in the runtime folder and ends with it.

    Raises SettingsError where the secret file cannot be read or does not hold 32 bytes.
    """
    if secret_file is not None:
        return _root_in(secret_file)
    path = runtime / "root"
    try:
        return _root_in(path)
    except SettingsError:
        write_private(path, os.urandom(KEY_BYTES))
        return _root_in(path)


def _root_in(path: Path) -> bytes:
    try:
        root = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"the secret file cannot be read: {error.strerror}") from error
    if len(root) != KEY_BYTES:
        raise SettingsError(f"the secret file must hold exactly {KEY_BYTES} random bytes")
    return root


def _padded(data: bytes) -> bytes:
    framed = len(data).to_bytes(2, "big") + data
    return framed + bytes(-len(framed) % BLOCK)

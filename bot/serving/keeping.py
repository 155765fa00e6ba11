"""Keeping: the sealed store of the settings, and the keys that its rows are found by."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot import app
from bot.exceptions import SettingsError, StoreUnavailable
from bot.sessions.memory import MemoryStore
from bot.sessions.model import Lifetimes, SessionStore
from bot.sessions.redis_address import read_address
from bot.sessions.sealed import SealedStore
from bot.sessions.sealing import EPOCH_SECONDS, Epochs, RowKeys, read_root
from bot.sessions.shared_epochs import SharedEpochs
from bot.sessions.sqlite import SqliteStore
from bot.settings import Settings, is_nearby

if TYPE_CHECKING:
    from bot.sessions.redis import RedisStore


async def _nothing() -> None:
    """What a store of this process alone has to do before the first call, and after the last."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where talks are kept. `chores` are to be done every second, `close` at the end.

    `begin` and `end` stand around all calls, on the loop that makes them; `begin` raises
    SettingsError. `claims` is what workers that keep the same talks settle with who paints a card;
    None where there is only one.
    """

    store: SessionStore
    keys: RowKeys
    chores: Callable[[], None]
    close: Callable[[], None]
    begin: Callable[[], Awaitable[None]] = _nothing
    end: Callable[[], Awaitable[None]] = _nothing
    claims: "RedisStore | None" = None


def open_store(settings: Settings, runtime: Path) -> Kept:
    """The sealed store of the settings. Raises SettingsError, StoreUnavailable."""
    lifetimes = app.lifetimes(settings)
    keep = lifetimes.most_seconds + EPOCH_SECONDS
    if settings.store.startswith("redis"):
        return _shared_store(settings, lifetimes, keep)
    keys = RowKeys(read_root(settings.secret_file, runtime))
    if settings.store == "memory:":
        memory = MemoryStore(time.monotonic, lifetimes)
        return Kept(memory, keys, lambda: None, lambda: None)
    # Not for memory alone: nobody would ever wipe a key from the file.
    epochs = Epochs(time.monotonic, keep, runtime / "epochs")
    path = Path(settings.store.partition(":")[2] or runtime / "sessions.db")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        store = SqliteStore(path, time.monotonic, lifetimes)
    except OSError as error:
        raise SettingsError(f"LINNET_STORE cannot be used: {error.strerror}") from error
    except StoreUnavailable as error:
        raise SettingsError(f"LINNET_STORE cannot be used: {error}") from error

    def chores() -> None:
        store.checkpoint()
        epochs.wipe_old()

    return Kept(SealedStore(store, epochs), keys, chores, store.close)


def _shared_store(settings: Settings, lifetimes: Lifetimes, keep: float) -> Kept:
    if settings.secret_file is None:
        raise SettingsError("LINNET_SECRET_FILE is needed where workers share LINNET_STORE")
    # Only here: a region that runs one process needs no Redis.
    from bot.sessions.redis import RedisStore  # noqa: PLC0415

    root = read_root(settings.secret_file, settings.secret_file.parent)
    epochs = SharedEpochs(root, time.time, keep)
    store = RedisStore(read_address(settings.store, is_nearby), time.monotonic, lifetimes)
    return Kept(
        SealedStore(store, epochs),
        RowKeys(root),
        epochs.wipe_old,
        lambda: None,
        begin=store.refuse_disk,
        end=store.close,
        claims=store,
    )

"""Keeping: the sealed store of the settings, and the keys that its rows are found by."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot import app
from bot.documents import SettingsError, StoreUnavailable
from bot.sessions.memory import MemoryStore
from bot.sessions.model import SessionStore
from bot.sessions.sealed import SealedStore
from bot.sessions.sealing import EPOCH_SECONDS, Epochs, RowKeys, read_root
from bot.sessions.sqlite import SqliteStore
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Kept:
    """Where talks are kept. `chores` are to be done every second, `close` at the end."""

    store: SessionStore
    keys: RowKeys
    chores: Callable[[], None]
    close: Callable[[], None]


def open_store(settings: Settings, runtime: Path) -> Kept:
    """The sealed store of the settings. Raises SettingsError, StoreUnavailable."""
    lifetimes = app.lifetimes(settings)
    keep = lifetimes.most_seconds + EPOCH_SECONDS
    epochs = Epochs(time.monotonic, keep, runtime / "epochs")
    keys = RowKeys(read_root(settings.secret_file, runtime))
    if settings.store == "memory:":
        memory = MemoryStore(time.monotonic, lifetimes)
        return Kept(memory, keys, lambda: None, lambda: None)
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

"""A program that saves one version after the other and says which are saved, until it is killed.

`python -m tests.sessions.saving DATABASE ROUNDS KEY…` prints `key version` after each save.
"""

import sys
import time
from pathlib import Path

from bot.sessions.sqlite import SqliteStore
from tests.sessions.clocks import done


def data(key: str, version: int) -> bytes:
    """What stands in a version; a thousand bytes, so that half of it could not be overlooked."""
    return f"{key} {version} ".encode() * 100


def update(key: str, version: int) -> str:
    """The update that a version came from."""
    return f"{key}-{version}"


def save(store: SqliteStore, key: str) -> int:
    """Save the next version of `key`; 0 when somebody else was faster."""
    found = done(store.load(key))
    old = found.version if found else 0
    name = update(key, old + 1)
    saved = done(store.save(key, data(key, old + 1), old, tended=True, update=name))
    return old + 1 if saved else 0


def main(path: str, rounds: str, *keys: str) -> None:
    """Save every key `rounds` times."""
    store = SqliteStore(Path(path), time.monotonic)
    for _ in range(int(rounds)):
        for key in keys:
            if version := save(store, key):
                sys.stdout.write(f"{key} {version}\n")  # at once, so that a kill cuts no line
                sys.stdout.flush()
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The stores that tests ask, by name: each alone or sealed, with sessions that live for minutes."""

import atexit
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import cast

from bot.sessions.memory import MOST_SESSIONS, MemoryStore
from bot.sessions.model import Lifetimes, SessionStore
from bot.sessions.redis import RedisStore
from bot.sessions.redis_address import read_address
from bot.sessions.sealed import SealedStore
from bot.sessions.sealing import Epochs
from bot.sessions.sqlite import SqliteStore
from tests.sessions.servers import PROGRAMS, Server, Waited

IDLE, MOST = 60, 600
LIVES = Lifetimes(IDLE, MOST)
ALONE = ("memory", "sqlite", "sealed memory", "sealed sqlite")
NAMES = (*ALONE, *PROGRAMS, *(f"sealed {program}" for program in PROGRAMS))


def on_server(program: str, clock: Callable[[], float], name: str = "") -> RedisStore:
    """A store on a server of this kind, which holds nothing yet."""
    server = running(program, name)
    server.ask("flushall")
    address = read_address(server.address, lambda _: True)
    return RedisStore(address, time.monotonic, LIVES, clock)


@cache
def running(program: str, name: str) -> Server:
    """One server of each kind for all tests; `name` tells those that stand beside each other."""
    server = Server(program=program).start()
    atexit.register(server.close)
    return server


def make(
    name: str,
    clock: Callable[[], float],
    folder: Path,
    end: ExitStack,
    limit: int = MOST_SESSIONS,
) -> SessionStore:
    """One of the stores, for calls that are waited for at once; `end` closes it.

    It holds `limit` sessions, but for a server, which has a limit of its own.
    """
    program = name.removeprefix("sealed ")
    inner: SessionStore
    if program in PROGRAMS:
        waited = Waited(on_server(program, clock, name))
        end.callback(waited.end)
        inner = cast("SessionStore", waited)  # it hands on every call
    elif program == "memory":
        inner = MemoryStore(clock, LIVES, limit)
    else:
        kept = SqliteStore(folder / "sessions.db", clock, LIVES, limit)
        end.callback(kept.close)
        inner = kept
    if program == name:
        return inner
    return SealedStore(inner, Epochs(clock, MOST, folder / "epochs"))

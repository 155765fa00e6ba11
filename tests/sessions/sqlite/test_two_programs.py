"""Two programs with one SQLite store: neither loses what the other saved."""

import sqlite3
import subprocess
import sys

import pytest

from bot.exceptions import StoreUnavailable
from bot.sessions.model import Stored
from bot.sessions.sqlite import BUSY_SECONDS, SqliteStore
from tests.sessions.clocks import Clock, done
from tests.sessions.stores import LIVES


async def test_of_two_programs_exactly_one_wins(store, path, clock):
    other = SqliteStore(path, clock, LIVES)
    assert await store.save("a", b"one", 0)
    assert not await other.save("a", b"two", 0)
    assert await other.save("a", b"two", 1)
    assert await store.load("a") == Stored(b"two", 2)
    other.close()


async def test_a_program_that_starts_forgets_nothing_that_another_saves_meanwhile(store, path):
    await store.save("a", b"one", 0)
    SqliteStore(path, Clock(-BUSY_SECONDS), LIVES).close()
    assert await store.load("a") == Stored(b"one", 1)


async def test_an_update_taken_by_one_program_is_seen_by_the_other(store, path, clock):
    other = SqliteStore(path, clock, LIVES)
    await store.save("a", b"one", 0, update="u")
    assert not await other.save("b", b"two", 0, update="u")
    other.close()


def test_programs_that_save_at_once_lose_nothing(store, path):
    command = [sys.executable, "-m", "tests.sessions.saving", str(path), "150", "a"]
    savers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [line.split()[1] for saver in savers for line in saver.communicate()[0].splitlines()]
    assert sorted(map(int, said)) == list(range(1, done(store.load("a")).version + 1))


async def test_a_file_held_by_another_program_is_away_and_not_waited_for(store, path):
    await store.save("a", b"one", 0)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(StoreUnavailable):
        await store.save("a", b"two", 1)
    assert await store.load("a") == Stored(b"one", 1)
    other.close()

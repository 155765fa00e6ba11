"""The SQLite store after a restart: what was saved is there, and what is too old is not."""

import random
import subprocess
import sys
import time

import pytest

from bot.sessions.model import Due, Stored
from bot.sessions.sqlite import SqliteStore
from tests.sessions import saving
from tests.sessions.clocks import done
from tests.sessions.sqlite.files import TALK, beside, seen_in
from tests.sessions.stores import LIVES


async def test_what_was_saved_is_there_after_a_restart(store, path, clock):
    await store.save("a", b"one", 0, tended=True, update="u")
    store.close()
    again = SqliteStore(path, clock, LIVES)
    assert await again.due(10, unpainted=True) == [Due("a", Stored(b"one", 1), painted=False)]
    assert await again.seen("u")
    again.close()


@pytest.mark.parametrize("tended", [True, False])
async def test_fault_26_what_was_saved_before_the_machine_started_anew_is_forgotten(
    store, path, clock, tmp_path, tended
):
    clock.seconds = 500_000
    await store.save("a", TALK, 0, tended=tended)
    store.close()
    clock.seconds = 10
    again = SqliteStore(path, clock, LIVES)
    again.checkpoint()
    assert await again.load("a") is None
    assert seen_in(tmp_path) == []
    again.close()


def test_what_a_killed_program_said_was_saved_is_saved(path):
    chance = random.Random(4)  # noqa: S311
    said = dict.fromkeys("abc", 0)
    for _ in range(20):
        kill_while_saving(path, said, chance.randrange(1, 40))
        store = SqliteStore(path, time.monotonic)
        for key, version in said.items():
            said[key] = newest(store, key, version)
        store.close()
    assert not beside(path, ".broken").exists()


def kill_while_saving(path, said, lines):
    """Run the program that saves, kill it after some lines, note what it said."""
    command = [sys.executable, "-m", "tests.sessions.saving", str(path), "1000000", *said]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as saver:
        for number, line in enumerate(saver.stdout):
            key, version = line.split()
            said[key] = int(version)
            if number == lines:
                saver.kill()


def newest(store, key, said):
    """The version that is kept: the last one said or, if the kill came before the word, one more."""
    found = done(store.load(key))
    assert found is not None or said == 0
    version = found.version if found else 0
    assert version in {said, said + 1}
    assert found is None or found.data == saving.data(key, version)
    assert version == 0 or done(store.seen(saving.update(key, version)))
    assert not done(store.seen(saving.update(key, version + 1)))
    return version

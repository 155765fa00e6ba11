"""The SQLite store's files: no word of a talk stands in them, and nobody else reads them."""

import shutil
import sqlite3
from datetime import UTC, datetime

import pytest

from bot.sessions.sealed import SealedStore
from bot.sessions.sealing import Epochs, RowKeys
from bot.sessions.sqlite import SqliteStore
from tests.sessions.disks import every_byte
from tests.sessions.sqlite.files import CHAT, TALK, beside, seen_in
from tests.sessions.stores import IDLE, LIVES


@pytest.fixture
def key():
    return RowKeys(bytes(32)).key("telegram", str(CHAT), datetime(2026, 11, 25, tzinfo=UTC))


@pytest.fixture
def sealed(store, clock, tmp_path):
    return SealedStore(store, Epochs(clock, 600, tmp_path / "epochs"))


async def test_no_file_shows_a_word_of_a_talk_that_is_kept(sealed, key, tmp_path):
    for version in range(5):
        await sealed.save(key, TALK, version, tended=True, update=f"u{version}")
    assert beside(tmp_path / "sessions.db", "-wal").stat().st_size > 5 * len(TALK)
    assert seen_in(tmp_path) == []


async def test_no_file_shows_a_word_of_a_talk_that_is_over(sealed, store, key, tmp_path):
    await sealed.save(key, TALK, 0)
    await sealed.delete(key)
    store.checkpoint()
    assert seen_in(tmp_path) == []
    assert key.encode() not in every_byte(tmp_path)


async def test_even_unsealed_nothing_is_left_of_what_was_deleted(store, tmp_path):
    for version in range(5):
        await store.save("a", TALK, version)
    await store.delete("a")
    store.checkpoint()
    assert seen_in(tmp_path) == []


async def test_even_unsealed_nothing_is_left_of_what_was_deleted_from_the_table(store, tmp_path):
    for number in range(40):
        await store.save(f"a{number}", TALK, 0)
    store.checkpoint(always=True)
    for number in range(40):
        await store.delete(f"a{number}")
    store.checkpoint()
    assert seen_in(tmp_path) == []


async def test_what_expired_is_erased_though_nobody_asks_for_it(store, clock, tmp_path):
    await store.save("a", TALK, 0)
    clock.seconds = IDLE
    store.checkpoint()
    assert seen_in(tmp_path) == []


async def test_what_expired_is_erased_when_somebody_asks_what_is_due(store, clock, path, tmp_path):
    await store.save("a", TALK, 0)
    clock.seconds = IDLE
    await store.due(10)
    with sqlite3.connect(path) as other:
        assert other.execute("select count(*) from sessions").fetchone() == (0,)
    other.close()


async def test_even_unsealed_nothing_is_left_of_what_was_found_expired(store, clock, tmp_path):
    await store.save("a", TALK, 0)
    clock.seconds = IDLE
    await store.load("a")
    store.checkpoint()
    assert seen_in(tmp_path) == []


async def test_even_unsealed_nothing_is_left_of_what_a_new_talk_replaced(store, clock, tmp_path):
    await store.save("a", TALK, 0)
    clock.seconds = IDLE
    await store.save("a", b"new", 0)
    store.checkpoint()
    assert seen_in(tmp_path) == []


async def test_at_the_end_no_journal_is_left(path, clock):
    store = SqliteStore(path, clock, LIVES)
    await store.save("a", TALK, 0)
    store.close()
    assert not beside(path, "-wal").exists()


async def test_what_a_killed_program_had_erased_is_gone_after_the_next_start(
    store, clock, tmp_path
):
    await store.save("a", TALK, 0)
    await store.delete("a")
    killed = shutil.copytree(tmp_path, tmp_path / "as it was")
    assert seen_in(killed)
    again = SqliteStore(killed / "sessions.db", clock, LIVES)
    again.checkpoint()
    assert seen_in(killed) == []
    again.close()


async def test_while_somebody_reads_the_journal_is_emptied_later(store, path, tmp_path):
    reader = sqlite3.connect(path, isolation_level=None)
    await store.save("a", TALK, 0)
    reader.execute("begin")
    reader.execute("select count(*) from sessions").fetchone()
    await store.delete("a")
    store.checkpoint()
    assert seen_in(tmp_path)
    reader.close()
    store.checkpoint()
    assert seen_in(tmp_path) == []


async def test_all_files_are_for_this_user_only(store, tmp_path):
    await store.save("a", TALK, 0)
    modes = {
        path.name: path.stat().st_mode & 0o777
        for path in tmp_path.iterdir()
        if not path.name.endswith(".ballast")  # zeros
    }
    assert modes == dict.fromkeys(["sessions.db", "sessions.db-wal", "sessions.db-shm"], 0o600)


def test_a_database_that_others_could_read_is_closed_to_them(path, clock):
    path.touch(0o644)
    SqliteStore(path, clock).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_is_deleted_is_written_over(store):
    assert store._database.execute("pragma secure_delete").fetchone() == (1,)

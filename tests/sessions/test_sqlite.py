"""The SQLite store: what stands in its files, and what happens when they or the disk break."""

import hashlib
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.documents import StoreUnavailable
from bot.sessions.memory import REMEMBERED
from bot.sessions.model import Due, Lifetimes, Session, Stored, pack
from bot.sessions.sealed import SealedStore
from bot.sessions.sealing import Epochs, RowKeys
from bot.sessions.sqlite import BALLAST_BYTES, BUSY_SECONDS, SqliteStore
from tests.sessions import saving
from tests.sessions.clocks import Clock, done
from tests.sessions.disks import every_byte, fill, small_disk

IDLE = 60
LIVES = Lifetimes(IDLE, 600)
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


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sessions.db"


@pytest.fixture
def store(path, clock):
    store = SqliteStore(path, clock, LIVES)
    yield store
    store.close()


def seen_in(folder):
    """The canaries that somebody who reads every file of the folder finds."""
    found = every_byte(folder)
    return [canary for canary in CANARIES if canary in found]


def beside(path, end):
    return path.with_name(path.name + end)


# ---- what stands in the files


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


# ---- restarts


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


# ---- two programs


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


# ---- updates


async def test_the_last_ten_thousand_updates_are_remembered(store):
    for number in range(REMEMBERED + 500):
        await store.save(str(number % 3), b"", number // 3, update=f"u{number}")
    forgotten = [
        number for number in range(REMEMBERED + 500) if not await store.seen(f"u{number}")
    ]
    assert forgotten == list(range(len(forgotten)))
    assert 200 < len(forgotten) <= 500


# ---- a full disk


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path, "2m") as disk:
        yield disk


@pytest.fixture
def full(disk, clock):
    """A store with 40 talks on a disk without room; half of the talks are tended."""
    store = SqliteStore(disk / "sessions.db", clock, LIVES)
    for number in range(40):
        done(store.save(f"a{number}", TALK * 5, 0, tended=number % 2 == 0))
    fill(disk)
    yield store
    store.close()


def save_until_full(store):
    for number in range(10_000):
        done(store.save(f"b{number}", bytes(1000), 0))


async def test_fault_23_on_a_full_disk_talks_can_be_read(full):
    assert await full.load("a7") == Stored(TALK * 5, 1)


async def test_on_a_full_disk_saving_says_that_the_store_is_away(full):
    with pytest.raises(StoreUnavailable):
        save_until_full(full)


async def test_what_could_not_be_saved_changes_nothing(full):
    with pytest.raises(StoreUnavailable):
        save_until_full(full)
    with pytest.raises(StoreUnavailable):
        await full.save("a7", bytes(100_000), 1, update="u")
    assert await full.load("a7") == Stored(TALK * 5, 1)
    assert not await full.seen("u")


async def test_fault_23_on_a_full_disk_every_talk_can_be_erased_from_every_file(full, disk):
    with pytest.raises(StoreUnavailable):
        save_until_full(full)
    for number in range(40):
        await full.delete(f"a{number}")
        fill(disk)
    full.checkpoint()
    assert seen_in(disk) == []


async def test_a_disk_that_fills_up_with_talks_lets_every_one_be_erased(disk, clock):
    store = SqliteStore(disk / "sessions.db", clock, LIVES)
    with pytest.raises(StoreUnavailable):
        save_until_full(store)
    for number in range(1000):
        await store.delete(f"b{number}")
    assert await store.due(10) == []
    store.close()


async def test_on_a_full_disk_what_expired_is_erased_and_the_rest_looked_after(full, disk, clock):
    with pytest.raises(StoreUnavailable):
        save_until_full(full)
    clock.seconds = IDLE
    assert len(await full.due(100)) == 20
    for number in range(0, 40, 2):
        await full.delete(f"a{number}")
    full.checkpoint()
    assert seen_in(disk) == []


async def test_the_ballast_comes_back_when_there_is_room(full, disk):
    ballast = disk / "sessions.db.ballast"
    ballast.unlink()
    fill(disk)
    full.checkpoint()
    assert not ballast.exists()
    (disk / "junk").unlink()
    full.checkpoint()
    assert ballast.stat().st_size == BALLAST_BYTES


async def test_on_a_full_disk_the_program_starts_all_the_same(full, disk, clock):
    full.close()
    fill(disk)
    again = SqliteStore(disk / "sessions.db", clock, LIVES)
    assert await again.load("a7") is not None
    again.close()


async def test_where_nothing_more_fits_saving_fails_and_the_rest_goes_on(store):
    await store.save("a", b"one", 0)
    store._database.execute("pragma max_page_count = 1")  # needs no small disk and no root
    with pytest.raises(StoreUnavailable):
        save_until_full(store)
    assert await store.load("a") == Stored(b"one", 1)
    await store.delete("a")
    assert await store.load("a") is None


def test_ballast_that_was_cut_off_is_put_anew(store, path):
    beside(path, ".ballast").write_bytes(b"short")
    store.checkpoint()
    assert beside(path, ".ballast").stat().st_size == BALLAST_BYTES


# ---- a file that is broken


def other_table(path):
    with sqlite3.connect(path) as database:
        database.execute("create table sessions (id integer)")
    database.close()


def other_column(path):
    with sqlite3.connect(path) as database:
        database.execute("alter table sessions rename column began to started")
    database.close()


def index_of_something_else(path):
    lie = "CREATE INDEX waiting on sessions (expires) where due is not null"
    with sqlite3.connect(path) as database:
        database.execute("pragma writable_schema = on")
        database.execute("update sqlite_master set sql = ? where name = 'waiting'", (lie,))
    database.close()


def no_unicode(path):
    """Not even the message about what is wrong can be read."""
    whole = path.read_bytes().replace(b"tablesessions", b"table\xf5essions")
    path.write_bytes(whole.replace(b"CREATE TABLE sess", b"CREATE TABEL sess"))


GARBAGE = hashlib.shake_256(b"garbage").digest(5_000_000)
BREAKING = {
    "garbage": lambda path: path.write_bytes(GARBAGE),
    "text": lambda path: path.write_text("not a database\n" * 1000),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "another version's": other_column,
    "no unicode": no_unicode,
    "an index that lies": index_of_something_else,
}


@pytest.fixture
def saved(path, clock):
    """A database with some talks, closed."""
    store = SqliteStore(path, clock, LIVES)
    for number in range(100):
        done(store.save(f"a{number}", b"x" * 1000, 0, tended=True))
    store.close()
    return path


async def works(store):
    assert await store.save("new", b"one", 0, tended=True)
    assert await store.load("new") == Stored(b"one", 1)
    return True


@pytest.mark.parametrize("broken", BREAKING.values(), ids=BREAKING)
async def test_fault_24_a_database_that_cannot_be_used_is_moved_aside_at_the_start(
    saved, clock, broken
):
    broken(saved)
    store = SqliteStore(saved, clock, LIVES)
    assert await works(store)
    assert await store.load("a1") is None
    assert beside(saved, ".broken").is_file()
    store.close()


async def test_another_programs_database_is_moved_aside(path, clock):
    other_table(path)
    store = SqliteStore(path, clock, LIVES)
    assert await works(store)
    assert beside(path, ".broken").is_file()
    store.close()


async def test_an_empty_file_becomes_a_database(path, clock):
    path.touch()
    store = SqliteStore(path, clock, LIVES)
    assert await works(store)
    store.close()


async def test_the_second_broken_database_takes_the_place_of_the_first(saved, clock):
    beside(saved, ".broken").write_text("the first")
    saved.write_text("the second")
    SqliteStore(saved, clock).close()
    assert beside(saved, ".broken").read_text() == "the second"


async def use(store):
    """Everything that is done with a store, over all of its rows."""
    await store.due(1000, unpainted=True)
    for number in range(100):
        found = await store.load(f"a{number}")
        await store.save(f"a{number}", b"y" * 1000, found.version if found else 0)
    for number in range(100):
        await store.delete(f"a{number}")
    store.checkpoint()


async def faults(store):
    """How often the store is away until everything works."""
    for fault in range(5):
        try:
            await use(store)
        except StoreUnavailable:
            continue
        return fault
    raise AssertionError("the store stays away")


def overwrite(path, at, data):
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(at=st.floats(0, 0.999), data=st.binary(min_size=1, max_size=60))
async def test_whatever_bytes_are_broken_the_store_works_again(saved, clock, at, data):
    whole = saved.read_bytes()
    overwrite(saved, int(at * len(whole)), data)
    store = SqliteStore(saved, clock, LIVES)
    assert await faults(store) <= 1
    store.close()
    for path in saved.parent.iterdir():
        path.unlink()
    saved.write_bytes(whole)


@pytest.fixture
def large(path, clock):
    """A store in use whose database does not fit into SQLite's own memory."""
    store = SqliteStore(path, clock, LIVES)
    for number in range(75):
        done(store.save(f"a{number}", b"x" * 40_000, 0, tended=True))
    yield store
    store.close()


@pytest.mark.parametrize("size", [0, 4096, 1_000_000])
async def test_fault_24_a_database_that_is_cut_off_while_it_is_used_costs_one_turn(
    large, path, size
):
    with path.open("r+b") as file:
        file.truncate(size)
    assert await faults(large) == 1


async def test_a_database_that_is_garbage_while_it_is_used_costs_one_turn(large, path):
    overwrite(path, 0, GARBAGE)
    assert await faults(large) == 1
    assert beside(path, ".broken").exists()


@pytest.mark.parametrize("size", [0, 4096, 100_000])
async def test_a_journal_that_is_cut_off_costs_no_more_than_what_stood_in_it(large, path, size):
    with beside(path, "-wal").open("r+b") as file:
        file.truncate(size)
    assert await faults(large) <= 1


async def test_a_journal_that_is_garbage_costs_no_more_than_what_stood_in_it(large, path):
    overwrite(beside(path, "-wal"), 0, GARBAGE)
    assert await faults(large) <= 1


async def test_a_broken_database_that_cannot_be_moved_aside_is_tried_again(large, path):
    beside(path, ".broken").mkdir()
    overwrite(path, 0, GARBAGE)
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            await use(large)
    beside(path, ".broken").rmdir()
    assert await faults(large) == 1


@pytest.mark.parametrize("at", ["a folder/sessions.db", "sessions.db"])
def test_where_no_database_can_be_the_store_is_away(tmp_path, clock, at):
    (tmp_path / "sessions.db").mkdir()
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        SqliteStore(tmp_path / at, clock)


def test_a_checkpoint_that_cannot_be_made_raises_nothing(store):
    store._database.close()
    store.checkpoint(always=True)
    assert done(works(store))

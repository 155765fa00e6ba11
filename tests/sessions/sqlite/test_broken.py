"""A SQLite database that is broken: it is put aside, and the store works again."""

import hashlib
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.exceptions import StoreUnavailable
from bot.sessions.model import Stored
from bot.sessions.sqlite import SqliteStore
from tests.sessions.clocks import done
from tests.sessions.sqlite.files import beside
from tests.sessions.stores import LIVES


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

"""The SQLite store on a full disk: talks can be read and erased, with ballast to do it."""

import pytest

from bot.exceptions import StoreUnavailable
from bot.sessions.model import Stored
from bot.sessions.sqlite import BALLAST_BYTES, SqliteStore
from tests.sessions.clocks import done
from tests.sessions.disks import fill, small_disk
from tests.sessions.sqlite.files import TALK, beside, seen_in
from tests.sessions.stores import IDLE, LIVES


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

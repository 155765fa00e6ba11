"""What every store of sessions must do."""

import asyncio

import pytest

from bot.sessions.memory import MemoryStore
from bot.sessions.model import Stored


class Clock:
    """Seconds that move only when a test says so."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["memory"])
def store(clock):
    return MemoryStore(clock, lifetime_seconds=60, limit=3)


async def test_what_was_saved_is_loaded(store):
    assert await store.save("a", b"one", 0)
    assert await store.load("a") == Stored(b"one", 1)


async def test_what_was_never_saved_is_nothing(store):
    assert await store.load("a") is None


async def test_the_slower_of_two_workers_loses(store):
    await store.save("a", b"one", 0)
    assert await store.save("a", b"fast", 1)
    assert not await store.save("a", b"slow", 1)
    assert await store.load("a") == Stored(b"fast", 2)


async def test_a_first_save_does_not_overwrite_another(store):
    await store.save("a", b"one", 0)
    assert not await store.save("a", b"two", 0)


async def test_of_two_at_once_exactly_one_wins(store):
    wins = await asyncio.gather(*(store.save("a", b"x", 0) for _ in range(5)))
    assert sorted(wins) == [False, False, False, False, True]


async def test_what_was_deleted_is_nothing(store):
    await store.save("a", b"one", 0)
    await store.delete("a")
    await store.delete("a")
    assert await store.load("a") is None


async def test_a_quiet_session_is_forgotten(store, clock):
    await store.save("a", b"one", 0)
    clock.seconds = 61
    assert await store.load("a") is None
    assert await store.save("a", b"new", 0)


async def test_every_turn_gives_a_session_its_time_again(store, clock):
    await store.save("a", b"one", 0)
    clock.seconds = 50
    await store.save("a", b"two", 1)
    clock.seconds = 100
    assert await store.load("a") == Stored(b"two", 2)


async def test_when_full_the_session_that_was_quiet_longest_goes(store):
    for key in "abc":
        await store.save(key, b"x", 0)
    await store.save("a", b"y", 1)
    await store.save("d", b"x", 0)
    assert await store.load("b") is None
    assert await store.load("a") is not None

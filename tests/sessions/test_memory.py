"""The memory store alone: what it holds, and what goes from it."""

from bot.sessions.memory import REMEMBERED, MemoryStore
from tests.sessions.stores import IDLE, LIVES


async def test_a_turn_in_a_full_store_costs_no_other_session(clock):
    store = MemoryStore(clock, LIVES, limit=3)
    for key in "abc":
        await store.save(key, b"x", 0)
    await store.save("b", b"y", 1)
    assert list(store._kept) == ["a", "c", "b"]


async def test_memory_remembers_the_last_ten_thousand_updates_and_no_more(clock):
    store = MemoryStore(clock, LIVES)
    for number in range(REMEMBERED + 2):
        await store.save(str(number), b"", 0, update=f"u{number}")
    assert not await store.seen("u1")
    assert await store.seen("u2")


async def test_a_session_that_waits_for_its_channel_keeps_no_other_in_memory(clock):
    store = MemoryStore(clock, LIVES)
    await store.save("waits", b"x", 0, tended=True)
    await store.save("goes", b"secret", 0)
    clock.seconds = IDLE
    await store.due(10)
    assert list(store._kept) == ["waits"]


async def test_what_is_found_expired_goes_from_memory(clock):
    store = MemoryStore(clock, LIVES)
    await store.save("waits", b"x", 0, tended=True)
    await store.save("goes", b"secret", 0)
    clock.seconds = IDLE
    await store.load("goes")
    assert list(store._kept) == ["waits"]


async def test_what_is_over_goes_from_memory_with_any_other_turn(clock):
    store = MemoryStore(clock, LIVES)
    for key in "ab":
        await store.save(key, b"secret", 0)
    clock.seconds = IDLE
    await store.load("c")
    assert list(store._kept) == []

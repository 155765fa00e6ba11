"""Every store: an update is taken once."""

from bot.sessions.model import Stored


async def test_an_update_is_seen_with_its_session(store):
    assert not await store.seen("u")
    await store.save("a", b"one", 0, update="u")
    assert await store.seen("u")


async def test_an_update_that_was_seen_changes_nothing(store):
    await store.save("a", b"one", 0, update="u")
    assert not await store.save("a", b"two", 1, update="u")
    assert await store.load("a") == Stored(b"one", 1)


async def test_an_update_that_was_seen_begins_nothing(store):
    await store.save("a", b"one", 0, update="u")
    assert not await store.save("b", b"two", 0, update="u")
    assert await store.load("b") is None


async def test_the_update_of_the_slower_is_not_seen(store):
    await store.save("a", b"one", 0)
    await store.save("a", b"slow", 0, update="u")
    assert not await store.seen("u")


async def test_an_update_stays_seen_when_its_session_is_forgotten(store):
    await store.save("a", b"one", 0, update="u")
    await store.delete("a")
    assert await store.seen("u")


async def test_what_came_from_no_update_is_not_taken_for_a_second_one(store):
    assert await store.save("a", b"one", 0)
    assert await store.save("a", b"two", 1)
    assert not await store.seen("")

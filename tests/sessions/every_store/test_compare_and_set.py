"""Every store: of two who save at once one wins, and what was deleted is gone."""

import asyncio

from bot.sessions.model import Stored

# ---- compare and set


async def test_what_was_saved_is_loaded(store):
    assert await store.save("a", b"one", 0)
    assert await store.load("a") == Stored(b"one", 1)


async def test_any_bytes_come_back_as_they_were(store):
    for version, data in enumerate((b"", b"\0", bytes(range(256)), b"x" * 3000)):
        await store.save("a", data, version)
        assert await store.load("a") == Stored(data, version + 1)


async def test_what_was_never_saved_is_nothing(store):
    assert await store.load("a") is None


async def test_keys_do_not_touch_each_other(store):
    await store.save("a", b"one", 0)
    await store.save("b", b"two", 0)
    await store.delete("b")
    assert await store.load("a") == Stored(b"one", 1)


async def test_the_slower_of_two_workers_loses(store):
    await store.save("a", b"one", 0)
    assert await store.save("a", b"fast", 1)
    assert not await store.save("a", b"slow", 1)
    assert await store.load("a") == Stored(b"fast", 2)


async def test_a_first_save_does_not_overwrite_another(store):
    await store.save("a", b"one", 0)
    assert not await store.save("a", b"two", 0)


async def test_a_later_save_of_what_is_gone_is_refused(store):
    assert not await store.save("a", b"two", 1)
    assert await store.load("a") is None


async def test_of_two_at_once_exactly_one_wins(store):
    wins = await asyncio.gather(*(store.save("a", b"x", 0) for _ in range(5)))
    assert sorted(wins) == [False, False, False, False, True]


# ---- forgetting on request


async def test_what_was_deleted_is_nothing(store):
    await store.save("a", b"one", 0)
    await store.delete("a")
    await store.delete("a")
    assert await store.load("a") is None


async def test_after_a_talk_was_deleted_the_next_begins_anew(store):
    await store.save("a", b"one", 0)
    await store.save("a", b"two", 1)
    await store.delete("a")
    assert await store.save("a", b"three", 0)
    assert await store.load("a") == Stored(b"three", 1)


async def test_deleting_an_old_version_leaves_the_newer(store):
    await store.save("a", b"one", 0)
    await store.save("a", b"two", 1)
    await store.delete("a", 1)
    assert await store.load("a") == Stored(b"two", 2)


async def test_deleting_the_present_version_forgets_it(store):
    await store.save("a", b"one", 0)
    await store.delete("a", 1)
    assert await store.load("a") is None

"""Every store: which sessions a channel is to look after, and when."""

from bot.sessions.model import Due, Painted, Stored
from tests.sessions.stores import IDLE


async def keys(store, most=10, **wanted):
    return [each.key for each in await store.due(most, **wanted)]


async def test_a_session_whose_card_was_not_painted_is_due_soon(store, clock):
    await store.save("a", b"one", 0, tended=True)
    assert await store.due(10) == []
    clock.seconds = 2
    assert await store.due(10) == [Due("a", Stored(b"one", 1), painted=False)]


async def test_what_a_crash_left_unpainted_can_be_asked_for_at_once(store):
    await store.save("a", b"one", 0, tended=True)
    assert await store.due(10, unpainted=True) == [Due("a", Stored(b"one", 1), painted=False)]


async def test_what_is_painted_and_not_due_is_not_asked_for(store):
    await store.save("a", b"one", 0, tended=True)
    await store.settle([Painted("a", 1, 30)])
    assert await store.due(10, unpainted=True) == []


async def test_what_is_painted_and_due_is_asked_for_with_the_unpainted(store, clock):
    await store.save("a", b"one", 0, tended=True)
    await store.settle([Painted("a", 1, 1)])
    clock.seconds = 1
    await store.save("b", b"two", 0, tended=True)
    assert await keys(store, unpainted=True) == ["a", "b"]


async def test_nobody_looks_after_what_is_not_tended(store, clock):
    await store.save("a", b"one", 0)
    clock.seconds = 30
    assert await store.due(10, unpainted=True) == []


async def test_the_longest_waiting_come_first(store, clock):
    for key in "cab":
        await store.save(key, b"x", 0, tended=True)
        clock.seconds += 1
    clock.seconds = 30
    assert await keys(store) == ["c", "a", "b"]
    assert await keys(store, 2, unpainted=True) == ["c", "a"]


async def test_a_painted_card_is_due_again_when_the_channel_said(store, clock):
    await store.save("a", b"one", 0, tended=True)
    await store.settle([Painted("a", 1, 30)])
    clock.seconds = 29
    assert await store.due(10) == []
    clock.seconds = 30
    assert await store.due(10) == [Due("a", Stored(b"one", 1), painted=True)]


async def test_a_painted_card_is_due_at_the_latest_when_its_time_is_over(store, clock):
    await store.save("a", b"one", 0, tended=True)
    await store.settle([Painted("a", 1, 100_000)])
    clock.seconds = IDLE
    assert await store.due(10) == [Due("a", Stored(b"one", 1, expired=True), painted=True)]


async def test_a_version_that_has_moved_on_is_not_painted(store):
    await store.save("a", b"one", 0, tended=True)
    await store.save("a", b"two", 1, tended=True)
    await store.settle([Painted("a", 1, 30)])
    assert await store.due(10, unpainted=True) == [Due("a", Stored(b"two", 2), painted=False)]


async def test_what_is_held_is_given_to_nobody_else_for_a_while(store, clock):
    await store.save("a", b"one", 0, tended=True)
    clock.seconds = 2
    assert await keys(store, hold=5) == ["a"]
    assert await keys(store) == []
    clock.seconds = 6
    await store.hold(["a", "nobody"], 5)
    clock.seconds = 10
    assert await keys(store) == []
    clock.seconds = 11
    assert await store.due(10) == [Due("a", Stored(b"one", 1), painted=False)]


async def test_holding_never_brings_anything_nearer(store, clock):
    await store.save("a", b"one", 0, tended=True)
    await store.settle([Painted("a", 1, 30)])
    await store.hold(["a"], 5)
    clock.seconds = 29
    assert await keys(store) == []


async def test_settling_passes_over_what_nobody_tends_or_knows(store, clock):
    await store.save("a", b"one", 0)
    await store.save("b", b"two", 0, tended=True)
    await store.settle(Painted(key, 1, 5) for key in ("nobody", "a", "b"))
    clock.seconds = 5
    assert await store.due(10, unpainted=True) == [Due("b", Stored(b"two", 1), painted=True)]


async def test_the_next_turn_is_unpainted_again(store):
    await store.save("a", b"one", 0, tended=True)
    await store.settle([Painted("a", 1, 30)])
    await store.save("a", b"two", 1, tended=True)
    assert await store.due(10, unpainted=True) == [Due("a", Stored(b"two", 2), painted=False)]


async def test_what_was_deleted_is_not_looked_after(store, clock):
    await store.save("a", b"one", 0, tended=True)
    await store.delete("a")
    clock.seconds = 30
    assert await store.due(10, unpainted=True) == []

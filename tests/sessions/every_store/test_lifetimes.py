"""Every store: how long a session lives, and what is kept of it for a channel to clean up."""

from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sessions.model import Stored
from tests.sessions.clocks import Clock, done
from tests.sessions.disks import quick_folder
from tests.sessions.stores import IDLE, MOST, make

# ---- time


async def test_a_session_lives_until_its_quiet_time_is_over(store, clock):
    await store.save("a", b"one", 0)
    clock.seconds = IDLE - 0.1
    assert await store.load("a") == Stored(b"one", 1)


async def test_a_quiet_session_is_forgotten(store, clock):
    await store.save("a", b"one", 0)
    clock.seconds = IDLE
    assert await store.load("a") is None


async def test_after_a_quiet_session_the_next_begins_anew_unasked(store, clock):
    await store.save("a", b"one", 0)
    clock.seconds = IDLE
    assert await store.save("a", b"new", 0)
    assert await store.load("a") == Stored(b"new", 1)


async def test_a_save_that_comes_too_late_wakes_nothing(store, clock):
    await store.save("a", b"one", 0)
    clock.seconds = IDLE
    assert not await store.save("a", b"late", 1)
    assert await store.load("a") is None


async def test_every_turn_gives_a_session_its_time_again(store, clock):
    await store.save("a", b"one", 0)
    clock.seconds = 50
    await store.save("a", b"two", 1)
    clock.seconds = 100
    assert await store.load("a") == Stored(b"two", 2)


async def talk(store, clock, until):
    """One session, busy every 50 seconds; its version at the end."""
    await store.save("a", b"0", 0)
    for version, seconds in enumerate(range(50, until, 50), 1):
        clock.seconds = seconds
        await store.save("a", b"%d" % seconds, version)
    return version + 1


async def test_no_session_lives_longer_than_the_most_however_busy(store, clock):
    await talk(store, clock, MOST)
    clock.seconds = MOST - 1
    assert await store.load("a") is not None
    clock.seconds = MOST
    assert await store.load("a") is None


async def test_beginning_anew_gives_the_whole_time_again(store, clock):
    version = await talk(store, clock, MOST)
    await store.save("a", b"again", version, anew=True)
    for more in range(1, 11):
        clock.seconds += 50
        assert await store.save("a", b"again", version + more)
    assert clock.seconds > MOST + 400


@given(st.lists(st.tuples(st.sampled_from([1, 30, 59, 61, 3600, 86_400]), st.booleans())))
@pytest.mark.parametrize("name", ["memory", "sqlite"])
def test_fault_26_however_the_clock_jumps_nothing_lives_longer_than_the_most(name, jumps):
    with quick_folder() as folder, ExitStack() as end:
        clock = Clock()
        store = make(name, clock, folder, end)
        began = None
        for seconds, tended in jumps:
            clock.seconds += seconds
            found = done(store.load("a"))
            living = found is not None and not found.expired
            assert not living or clock() - began < MOST
            began = began if living else clock()
            done(
                store.save(
                    "a", b"x", found.version if found else 0, tended=tended, anew=not living
                )
            )


# ---- what a channel must clean up after


async def test_a_tended_session_is_kept_as_expired(store, clock):
    await store.save("a", b"one", 0, tended=True)
    clock.seconds = IDLE
    assert await store.load("a") == Stored(b"one", 1, expired=True)


async def test_a_tended_session_is_kept_until_it_is_deleted(store, clock):
    await store.save("a", b"one", 0, tended=True)
    clock.seconds = 1_000_000
    assert await store.load("a") is not None
    await store.delete("a")
    assert await store.load("a") is None


async def test_what_is_left_of_an_expired_session_stays_expired(store, clock):
    version = await talk(store, clock, MOST)
    await store.save("a", b"husk", version, tended=True)
    clock.seconds = MOST
    assert await store.save("a", b"husk again", version + 1, tended=True)
    assert await store.load("a") == Stored(b"husk again", version + 2, expired=True)


async def test_an_expired_session_that_is_begun_anew_lives(store, clock):
    await store.save("a", b"one", 0, tended=True)
    clock.seconds = MOST + 1
    assert await store.save("a", b"two", 1, tended=True, anew=True)
    assert await store.load("a") == Stored(b"two", 2)


async def test_a_session_that_is_tended_no_more_goes_when_its_time_is_over(store, clock):
    await store.save("a", b"one", 0, tended=True)
    await store.save("a", b"two", 1)
    clock.seconds = IDLE
    assert await store.load("a") is None


async def test_a_session_is_forgotten_also_beside_one_that_is_kept(store, clock):
    await store.save("kept", b"one", 0, tended=True)
    await store.save("quiet", b"two", 0)
    clock.seconds = IDLE
    assert await store.load("quiet") is None
    assert await store.load("kept") is not None

"""Every store that has a limit: which session goes when it is full."""

from contextlib import ExitStack

import pytest

from bot.sessions.memory import HARDLY_ANSWERED
from tests.sessions.stores import ALONE, make


@pytest.fixture(params=ALONE)
def small(request, clock, tmp_path):
    """A store that holds three sessions."""
    with ExitStack() as end:
        yield make(request.param, clock, tmp_path, end, 3)


async def begin(store, clock, *keys, **more):
    for key in keys:
        clock.seconds += 1
        await store.save(key, b"x", 0, **more)


async def answer(store, clock, *keys):
    """So often that it is a talk."""
    for key in keys:
        clock.seconds += 1
        version = (await store.load(key)).version
        for more in range(HARDLY_ANSWERED):
            await store.save(key, b"y", version + more)


async def kept(store):
    return [key for key in "abcdefgh" if await store.load(key)]


async def test_when_full_the_session_that_was_quiet_longest_goes(small, clock):
    await begin(small, clock, "a", "b", "c")
    clock.seconds += 1
    await small.save("a", b"y", 1)
    await begin(small, clock, "d")
    assert await kept(small) == ["a", "c", "d"]


async def test_when_full_a_talk_that_somebody_answers_in_is_kept(small, clock):
    """Harm prevented: whoever begins thousands of talks must not push her out of hers."""
    await begin(small, clock, "a", "b")
    await answer(small, clock, "a")
    await begin(small, clock, *"cdefgh")
    assert await kept(small) == ["a", "g", "h"]


async def test_when_all_are_answered_the_longest_quiet_goes(small, clock):
    await begin(small, clock, "a", "b", "c")
    await answer(small, clock, "b", "c", "a")
    await begin(small, clock, "d")
    assert await kept(small) == ["a", "c", "d"]


async def test_when_full_those_that_a_channel_looks_after_go_too(small, clock):
    await begin(small, clock, *"abcdefgh", tended=True)
    assert await kept(small) == ["f", "g", "h"]
    assert len(await small.due(99, unpainted=True)) == 3


async def test_when_full_an_update_is_still_taken_once(small, clock):
    await begin(small, clock, "a", "b", "c")
    for key, taken in (("d", True), ("e", False)):
        assert await small.save(key, b"x", 0, update="u") == taken
    assert await kept(small) == ["b", "c", "d"]

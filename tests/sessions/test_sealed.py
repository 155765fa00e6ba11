"""The sealed store: what the store below sees, and rows that cannot be opened."""

import pytest

from bot.sessions.memory import MemoryStore
from bot.sessions.model import Due, Lifetimes, Session, Stored, pack
from bot.sessions.sealed import SealedStore
from bot.sessions.sealing import EPOCH_SECONDS, Epochs

LONG = Lifetimes(1e9, 1e9)
TALK = pack(Session("f", "triage.children", "kurmanji", trail=(("triage.area", "birmingham"),)))


@pytest.fixture
def below(clock):
    return MemoryStore(clock, LONG)


@pytest.fixture
def epochs(clock):
    return Epochs(clock, EPOCH_SECONDS, None)


@pytest.fixture
def store(below, epochs):
    return SealedStore(below, epochs)


async def swap(below, one, other):
    """Put the row of `one` also in the place of `other`."""
    await below.delete(other)
    await below.save(other, (await below.load(one)).data, 0, tended=True)


def lose_keys(clock, epochs):
    clock.seconds += 4 * EPOCH_SECONDS
    epochs.wipe_old()


async def test_the_store_below_sees_nothing_of_a_talk(store, below):
    await store.save("a", TALK, 0)
    kept = (await below.load("a")).data
    assert not [word for word in (TALK, b"triage.children", b"kurmanji") if word in kept]


async def test_talks_of_any_length_look_alike_below(store, below):
    await store.save("a", b"", 0)
    await store.save("b", TALK, 0)
    assert len((await below.load("a")).data) == len((await below.load("b")).data)


async def test_a_row_in_the_place_of_another_counts_as_none(store, below):
    await store.save("a", TALK, 0)
    await swap(below, "a", "b")
    assert await store.load("b") is None


async def test_a_row_that_cannot_be_opened_is_deleted(store, below):
    await below.save("a", b"no sealed bytes", 0)
    await store.load("a")
    assert await below.load("a") is None


async def test_where_a_row_could_not_be_opened_a_new_talk_begins(store, below):
    await below.save("a", b"no sealed bytes", 0)
    await store.load("a")
    assert await store.save("a", TALK, 0)
    assert await store.load("a") == Stored(TALK, 1)


async def test_a_row_whose_key_is_gone_counts_as_none(store, clock, epochs):
    await store.save("a", TALK, 0)
    lose_keys(clock, epochs)
    assert await store.load("a") is None


async def test_what_cannot_be_opened_is_not_looked_after_but_deleted(store, below, clock):
    await below.save("a", b"no sealed bytes", 0, tended=True)
    await store.save("b", TALK, 0, tended=True)
    clock.seconds = 2
    assert await store.due(10) == [Due("b", Stored(TALK, 1), painted=False)]
    assert await below.load("a") is None


async def test_a_swapped_row_is_not_looked_after(store, below):
    await store.save("a", TALK, 0, tended=True)
    await swap(below, "a", "b")
    assert [each.key for each in await store.due(10, unpainted=True)] == ["a"]


async def test_what_is_too_large_for_a_session_is_not_kept(store, below):
    with pytest.raises(ValueError, match="no session"):
        await store.save("a", bytes(0x10000), 0)
    assert await below.load("a") is None


# ---- another worker


class OvertakenStore(MemoryStore):
    """A store that another worker uses in the moment after a row was read from it."""

    other = None

    async def load(self, key):
        return await self._then_other(await super().load(key))

    async def due(self, most, **more):
        return await self._then_other(await super().due(most, **more))

    async def _then_other(self, found):
        if self.other is not None:
            other, self.other = self.other, None
            await other()
        return found


@pytest.mark.parametrize("read", ["load", "due"])
async def test_a_talk_that_another_worker_began_in_place_of_an_unreadable_row_stays(
    clock, epochs, read
):
    below = OvertakenStore(clock, LONG)
    store, beside = SealedStore(below, epochs), SealedStore(below, epochs)
    await below.save("a", b"no sealed bytes", 0, tended=True)
    await below.save("a", b"no sealed bytes", 1, tended=True)

    async def begin():
        await beside.load("a")
        await beside.save("a", TALK, 0, tended=True)

    clock.seconds = 2
    below.other = begin
    await (store.load("a") if read == "load" else store.due(10))
    assert await store.load("a") == Stored(TALK, 1)

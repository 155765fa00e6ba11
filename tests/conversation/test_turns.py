"""Whole turns: a first act, buttons pressed late or twice, acts at once, a store that fails."""

import asyncio

import pytest

from bot.conversation.messages import Button, Incoming, Start, Typed, Word
from bot.conversation.turns import Turns
from bot.exceptions import StoreUnavailable
from bot.sessions.memory import MemoryStore
from bot.sessions.model import unpack
from tests.conversation.card_blocks import alerts


def test_any_other_first_message_starts_the_talk(world, moment):
    turns = Turns(world, MemoryStore(lambda: 0.0), lambda: moment)
    assert asyncio.run(turns.take(Incoming("new", Typed("hi")))).step == "welcome.language"


# ---- buttons


def test_a_button_of_a_card_before_shows_the_present_card_and_says_so(talk):
    first = talk.card
    talk.type("1", "Walsall")
    card = talk.act(Button(first.step, ("danger",), first.turn))
    assert card.step == "about.what"
    assert "That button is from before." in talk.text


def test_a_doubled_press_changes_nothing(talk):
    first = talk.card
    talk.act(Button(first.step, ("yes",), first.turn))
    kept = talk.kept()
    talk.act(Button(first.step, ("yes",), first.turn))
    assert talk.kept() == kept
    assert "from before" not in talk.text


def test_a_word_button_works_like_the_typed_word(talk):
    assert talk.act(Word("urgent")).step == "urgent.now"
    assert talk.act(Word("nothing like this")).step == "urgent.now"


def test_start_begins_afresh(talk):
    talk.type("1", "Walsall")
    assert talk.act(Start(None)).step == "welcome.language"


def test_a_language_nobody_offers_is_asked(talk):
    assert talk.act(Start("xx")).step == "welcome.language"


# ---- faults


class BrokenStore(MemoryStore):
    """A store that does not answer."""

    async def load(self, key):
        raise StoreUnavailable


class SlowStore(MemoryStore):
    """A store in which somebody else is always faster."""

    async def save(self, key, data, expected_version, **more):
        return False


@pytest.mark.parametrize("store", [BrokenStore, SlowStore])
def test_when_the_store_fails_the_urgent_card_stands(world, moment, store):
    turns = Turns(world, store(lambda: 0.0), lambda: moment)
    card = asyncio.run(turns.take(Incoming("key", Start("en"))))
    assert "In danger now? Ring 999. It is free." in alerts(card)


def test_a_fault_is_logged_by_its_kind_alone(world, moment, caplog):
    turns = Turns(world, BrokenStore(lambda: 0.0), lambda: moment)
    asyncio.run(turns.take(Incoming("key", Typed("my secret"))))
    assert [record.getMessage() for record in caplog.records] == ["turn-failed StoreUnavailable"]


class YieldingStore(MemoryStore):
    """A store that lets others run between its load and its save, as a real one does."""

    async def load(self, key):
        found = await super().load(key)
        await asyncio.sleep(0)
        return found

    async def save(self, key, data, expected_version, **more):
        await asyncio.sleep(0)
        return await super().save(key, data, expected_version, **more)


def test_two_acts_at_once_are_both_taken_one_after_the_other(world, moment):
    store = YieldingStore(lambda: 0.0)
    turns = Turns(world, store, lambda: moment)

    async def both():
        await turns.take(Incoming("key", Start("en")))
        await asyncio.gather(
            turns.take(Incoming("key", Typed("next"))), turns.take(Incoming("key", Typed("next")))
        )
        return unpack((await store.load("key")).data)

    assert [name for name, _ in asyncio.run(both()).trail] == [
        "welcome.language", "welcome.safe", "triage.area",
    ]  # fmt: skip


class BusyStore(MemoryStore):
    """A store in which, once, something else is done between a load and what comes of it."""

    between = None

    async def load(self, key):
        found = await super().load(key)
        if self.between:
            between, self.between = self.between, None
            await between()
        return found


def left_while(world, moment, first, between, leave):
    """What is kept after she left while something else of hers was kept."""
    store = BusyStore(lambda: 0.0)
    turns = Turns(world, store, lambda: moment)

    async def done():
        if first:
            await turns.take(Incoming("key", first))
        store.between = lambda: turns.take(Incoming("key", between))
        await turns.take(leave)
        return await store.load("key")

    return asyncio.run(done())


def test_leaving_erases_also_what_was_kept_while_she_left(world, moment):
    leave = Incoming("key", Word("leave"))
    assert left_while(world, moment, Start("en"), Typed("next"), leave) is None


def test_a_talk_that_began_while_an_old_leave_was_taken_stays(world, moment):
    leave = Incoming("key", Word("leave"))
    assert left_while(world, moment, None, Start("en"), leave) is not None


def test_who_leaves_at_one_version_erases_no_other(world, moment):
    leave = Incoming("key", Word("leave"), version=1)
    assert left_while(world, moment, Start("en"), Typed("next"), leave) is not None

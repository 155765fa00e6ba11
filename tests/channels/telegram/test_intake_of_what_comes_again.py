"""Intake: what the store did not take comes again, a few times and past the gate, and no more."""

import pytest

from bot.channels.limits import BURST
from bot.channels.telegram.gate import gate
from bot.channels.telegram.intake import AGAIN, MOST_LATER
from tests.channels.telegram.fakes import HER, data_of, person, press, private

ALWAYS = 10_000


@pytest.fixture
async def away(wired):
    """A talk at a question, and a store that takes nothing any more."""
    await wired.to_question()
    wired.store.fail("save", ALWAYS)
    return wired


async def come(wired, update):
    """Let it come until it is not to come again; how often it came."""
    for times in range(1, ALWAYS):
        await wired.deliver(update)
        if not wired.again:
            return times
    raise AssertionError("it comes for ever")


async def test_a_press_comes_again_a_few_times_and_then_her_next_one_is_taken(away):
    """Behind it in Telegram's queue stands "Leave", which works on a full disk."""
    card, buttons = max(away.api.cards()), data_of(away.shows())
    update = {"update_id": 9000, "callback_query": press(card, data=buttons["Birmingham"])}
    assert await come(away, update) == 1 + AGAIN
    assert "Please try again soon." in away.shows().text
    await away.press_data(buttons["Leave and wipe"], card)
    assert away.api.cards() == {}
    assert await away.kept() is None


async def test_a_press_that_came_too_often_has_no_effect_until_it_is_made_again(away):
    card, data = max(away.api.cards()), data_of(away.shows())["Birmingham"]
    update = {"update_id": 9000, "callback_query": press(card, data=data)}
    await come(away, update)
    away.store._failing.clear()
    assert (await away.kept()).at == "triage.area"
    await away.press_data(data, card)
    assert (await away.kept()).at == "about.what"
    await away.deliver(update)
    assert (await away.kept()).at == "about.what"
    assert list(away.api.cards()) == [card]


async def test_what_comes_again_is_counted_by_no_limit(wired):
    wired.gate = gate(wired.clock, b"secret")
    wired.begin()
    card = await wired.to_question()
    data = data_of(wired.shows())["Birmingham"]
    wired.store.fail("save", 1)
    update = {"update_id": 9000, "callback_query": press(card, data=data)}
    await wired.deliver(update)
    assert wired.again
    for _ in range(BURST):
        await wired.press_data("meaningless", card)
    await wired.deliver(update)
    assert not wired.again
    assert "What would you like help with" in wired.shows().text


async def test_what_is_kept_is_remembered_no_longer(wired):
    await wired.to_question()
    wired.store.fail("save")
    update = await wired.press("Birmingham")
    assert wired.intake._later == {update["update_id"]: 1}
    await wired.deliver(update)
    assert wired.intake._later == {}


async def test_of_very_many_that_are_to_come_again_the_oldest_is_forgotten(away):
    away.intake._later.update((number, 1) for number in range(MOST_LATER))
    card, data = max(away.api.cards()), data_of(away.shows())["Birmingham"]
    await away.deliver({"update_id": 90_000, "callback_query": press(card, HER, data)})
    assert away.again
    assert len(away.intake._later) == MOST_LATER
    assert 0 not in away.intake._later
    assert 90_000 in away.intake._later


async def test_who_blocked_the_bot_while_the_store_is_away_is_forgotten_when_it_is_back(wired):
    await wired.to_question()
    change = {"user": person(1), "status": "kicked"}
    gone = {"chat": private(HER), "from": person(HER), "new_chat_member": change}
    wired.store.fail("delete")
    update = {"update_id": 9000, "my_chat_member": gone}
    await wired.deliver(update)
    assert wired.again
    assert await wired.kept() is not None
    await wired.deliver(update)
    assert not wired.again
    assert await wired.kept() is None
    wired.store.fail("delete", ALWAYS)
    assert await come(wired, update) == 1 + AGAIN

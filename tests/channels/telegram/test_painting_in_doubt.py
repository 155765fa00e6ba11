"""A send whose effect is not known: what may stand in the chat is swept away, and the card is not."""

import pytest

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.painter import (
    FIRST_PAUSE,
)
from bot.channels.telegram.sweeping import SWEPT
from bot.locales import phrases as say
from tests.channels.telegram.fakes import (
    ANOTHER,
    HER,
    quiet,
)

EMPTIED, CLOSED, HIDDEN = say.PLAIN_BYE.text, say.CLOSED.text, say.HIDDEN.text


@pytest.mark.parametrize("times", [1, 2, 5])
async def test_a_card_that_was_sent_unseen_is_swept_away(wired, times):
    wired.api.fail("send", *[Fault.UNREACHABLE] * times, effect=True)
    await wired.text("/start")
    assert len(wired.api.cards()) == 1
    await wired.clock.move(60)
    for _ in range(times):
        await wired.clock.move(60)
    assert list(wired.api.cards()) == [(await wired.place()).card]


async def test_a_card_that_was_sent_unseen_before_another_start_is_swept_away(wired):
    wired.api.fail("send", Fault.UNREACHABLE, effect=True)
    await wired.text("/start")
    await wired.text("/start")
    await wired.clock.move(60)
    assert list(wired.api.cards()) == [(await wired.place()).card]


async def test_a_card_that_was_sent_as_she_began_anew_goes(wired):
    """The new one stands below what she wrote last, where she looks for it."""
    wired.api.hold("delete")
    await wired.text("/start")
    (first,) = wired.api.cards()
    await wired.text("/start")
    wired.api.release("delete")
    await wired.clock.move(60)
    assert list(wired.api.chats[HER]) == [(await wired.place()).card]
    assert (await wired.place()).card > first


async def test_a_card_that_was_sent_unseen_before_a_crash_is_swept_away(wired):
    wired.api.fail("send", Fault.UNREACHABLE, effect=True)
    await wired.text("/start")
    await wired.restart()
    assert list(wired.api.cards()) == [(await wired.place()).card]


async def test_a_card_in_doubt_that_she_presses_becomes_the_card(wired):
    wired.api.fail("send", Fault.UNREACHABLE, effect=True)
    await wired.text("/start")
    (seen,) = wired.api.cards()
    await wired.press("English")
    await wired.clock.move(60)
    assert list(wired.api.cards()) == [seen]
    assert "Hello" in wired.shows().text


async def test_a_card_in_doubt_is_gone_when_she_leaves(wired):
    wired.api.fail("send", Fault.UNREACHABLE, effect=True)
    await wired.text("/start")
    await wired.text("leave")
    await wired.clock.move(60)
    assert wired.api.chats[HER] == {}


async def test_a_card_in_doubt_is_gone_when_she_leaves_before_it_was_swept(wired):
    """The card after it was sent, but not told to the store, because what she typed stayed."""
    wired.api.fail("send", Fault.UNREACHABLE, effect=True)
    await wired.text("/start")
    await wired.text("/start")
    wired.api.fail("delete", Fault.UNREACHABLE)
    await wired.painter.close()
    await wired.restart()
    await wired.text("leave")
    await wired.clock.move(60)
    assert wired.api.chats[HER] == {}


async def test_a_second_card_in_doubt_is_gone_when_she_leaves(wired):
    """She deleted the card and wrote; the new one was sent unseen; then she wrote "leave"."""
    card = await wired.to_question()
    del wired.api.chats[HER][card]
    wired.api.fail("send", Fault.UNREACHABLE, effect=True)
    await wired.text("back")
    await wired.text("leave")
    await wired.clock.move(60)
    assert wired.api.chats[HER] == {}


async def test_two_cards_in_doubt_are_gone_when_she_leaves_by_one_of_them(wired):
    wired.api.fail("send", Fault.UNREACHABLE, Fault.UNREACHABLE, effect=True)
    await wired.text("/start")
    await wired.clock.move(FIRST_PAUSE)
    first, _ = wired.api.cards()
    await wired.press("Leave and wipe", on=first)
    await wired.clock.move(60)
    assert wired.api.chats[HER] == {}


async def test_a_second_card_in_doubt_is_swept_away_by_a_start(wired):
    card = await wired.to_question()
    del wired.api.chats[HER][card]
    wired.api.fail("send", Fault.UNREACHABLE, effect=True)
    await wired.text("back")
    await wired.text("/start")
    await wired.clock.move(60)
    assert list(wired.api.cards()) == [(await wired.place()).card]


@pytest.mark.parametrize("act", ["type", "press"])
async def test_cards_in_doubt_are_gone_when_the_time_of_the_talk_is_over(wired, act):
    wired.api.fail("send", *[Fault.UNREACHABLE] * 2, effect=True)
    await wired.text("/start")
    await wired.clock.move(3600)
    first, _ = wired.api.cards()
    await (wired.text("/language") if act == "type" else wired.press("English", on=first))
    await wired.clock.move(60)
    (card,) = wired.api.cards().values()
    assert card.text.startswith("Which language" if act == "type" else CLOSED)


async def test_an_old_card_that_she_presses_while_it_cannot_be_deleted_goes_all_the_same(wired):
    await wired.text("/start")
    (old,) = wired.api.cards()
    wired.api.fail("delete", Fault.UNREACHABLE)
    await wired.text("/start")
    await wired.press("English", on=old)
    await wired.clock.move(60)
    assert list(wired.api.cards()) == [(await wired.place()).card]


async def test_two_starts_at_once_bring_one_card(wired):
    gate = wired.api.hold("send")
    await wired.text("/start")
    await wired.text("/start")
    gate.set()
    await quiet()
    await wired.clock.move(60)
    await wired.tending.tend()
    await quiet()
    assert list(wired.api.cards()) == [(await wired.place()).card]


async def test_a_start_while_the_card_before_is_tidied_leaves_one_card_even_after_a_crash(wired):
    await wired.to_question()
    gate = wired.api.hold("delete")
    await wired.text("hello")
    await wired.text("/start")
    wired.api.fail("send", Fault.UNREACHABLE, effect=True)
    gate.set()
    await quiet()
    assert len(wired.api.cards()) == 2
    await wired.restart()
    assert list(wired.api.cards()) == [(await wired.place()).card]


async def test_a_send_that_succeeded_at_once_sweeps_nothing(wired):
    await wired.text("/start")
    assert len(wired.api.made("delete")) == 1


async def test_sweeping_never_takes_the_card(wired):
    wired.api.fail("send", *[Fault.UNREACHABLE] * 3, effect=True)
    wired.api.fail("delete", Fault.UNREACHABLE, effect=True)
    await wired.text("/start")
    for _ in range(6):
        await wired.clock.move(60)
    card = (await wired.place()).card
    assert card in wired.api.cards()
    assert not [call for call in wired.api.made("delete") if card in call.messages]


async def test_a_card_in_doubt_is_swept_away_though_the_talk_before_began_long_ago(wired):
    await wired.to_question()
    for _ in range(3 * SWEPT):  # what others write counts the ids up
        wired.api.wrote(ANOTHER)
    wired.api.fail("send", Fault.UNREACHABLE, effect=True)
    await wired.text("/start")
    await wired.clock.move(60)
    assert list(wired.api.cards()) == [(await wired.place()).card]


async def test_sweeping_asks_for_no_more_than_a_thousand_messages(wired):
    wired.api.fail("send", Fault.UNREACHABLE, effect=True)
    await wired.text("/start")
    for _ in range(SWEPT * 2):
        wired.api.wrote(ANOTHER)
    await wired.clock.move(60)
    assert max(len(call.messages) for call in wired.api.made("delete")) <= SWEPT
    assert len(wired.api.cards()) == 1

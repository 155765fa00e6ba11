"""Painting the next talk: what another worker still does for the one before takes none of its card."""

import pytest

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.shared_painter import HELD_SECONDS
from tests.channels.telegram.fakes import HER, data_of, quiet
from tests.channels.telegram.several import seconds


async def test_who_cannot_leave_gives_way_to_a_start_that_another_took(wired, workers):
    """What she does next must not wait for what Telegram does not take."""
    _, other = workers
    await wired.to_question()
    await seconds(wired, 1, *workers)
    wired.api.fail("delete", *[Fault.UNREACHABLE] * 1000)
    await wired.press("Leave and wipe")
    other.takes()
    await wired.text("/start")
    await seconds(wired, 20, *workers)
    assert any("Which language" in card.text for card in wired.api.cards().values())


@pytest.mark.parametrize("answers", [0, 1])
async def test_who_cannot_leave_gives_way_to_a_talk_that_counts_from_one_again(
    wired, workers, answers
):
    """Also where it stands by then at the version of the one that is over."""
    _, other = workers
    await wired.text("/start")
    await wired.press("English")
    await seconds(wired, 1, *workers)
    wired.api.fail("delete", *[Fault.UNREACHABLE] * 1000)
    await wired.press("Leave and wipe")
    key = wired.keys(str(HER))[0]
    over = (await wired.store.load(key)).version
    await wired.store.delete(key)
    other.takes()
    for _ in range(over if answers else 1):
        await wired.text("/start")
    assert (await wired.store.load(key)).version == (over if answers else 1)
    await seconds(wired, 20, *workers)
    assert any("Which language" in card.text for card in wired.api.cards().values())


async def test_a_card_of_the_talk_before_is_no_card_of_one_at_its_version(wired, workers):
    """What is left of the one that is gone goes, and the other is not taken for painted."""
    one, other = workers
    wired.api.hold("send")
    await wired.text("/start")
    await wired.store.delete(wired.keys(str(HER))[0])
    other.takes()
    await wired.text("/start")
    await other.painter.close()
    wired.api.release("send")
    await quiet()
    await seconds(wired, HELD_SECONDS + 2, one)
    assert list(wired.api.chats[HER]) == [(await wired.place()).card]


async def test_a_start_gets_a_card_though_who_sent_the_last_did_not_keep_it(wired, workers):
    """That one is gone with its talk, and must not be taken for the card of the next."""
    _, other = workers
    wired.api.fail("delete", *[Fault.UNREACHABLE] * 1000)
    await wired.text("/start")
    other.takes()
    await wired.press("Leave and wipe")
    wired.api.chats[HER].clear()
    await wired.text("/start")
    await other.painter.close()
    wired.api.calm()
    wired.api.chats[HER].clear()  # also what the other sent last
    await seconds(wired, 10, workers[0])
    assert [card.text[:14] for card in wired.api.cards().values()] == ["Which language"]
    assert list(wired.api.cards()) == [(await wired.place()).card]


@pytest.mark.parametrize("slow", ["edit", "delete"])
async def test_a_second_leave_at_another_worker_takes_no_card_of_the_next_talk(
    wired, workers, slow
):
    one, other = workers
    card = await wired.to_question()
    leave = data_of(wired.shows())["Leave and wipe"]
    await wired.press_data(leave, card)
    await seconds(wired, 3, *workers)
    assert wired.api.chats[HER] == {}
    wired.api.hold(slow)
    other.takes()
    await wired.press_data(leave, card)
    one.takes()
    await wired.text("/start")
    wired.api.release(slow)
    await seconds(wired, 5, *workers)
    assert [card.text[:14] for card in wired.api.cards().values()] == ["Which language"]


async def test_a_leave_that_waited_takes_nothing_of_a_talk_that_stands_at_its_version(
    wired, workers
):
    one, other = workers
    await wired.text("/start")
    card = max(wired.api.cards())
    leave = data_of(wired.shows())["Leave and wipe"]
    key = wired.keys(str(HER))[0]
    one.claims._by_key[key] = ("a third one", wired.clock() + 1)
    await wired.press_data(leave, card)  # version 2, over; it waits for the claim
    await wired.turns.forget(key)
    one.claims._by_key[key] = ("other", wired.clock() + 1)
    other.takes()
    await wired.text("/start")
    await wired.press("English")
    assert (await wired.kept()).turn == 2
    await seconds(wired, 5, *workers)
    assert (await wired.kept()).at == "welcome.safe"
    assert len(wired.api.cards()) == 1


async def test_a_start_that_waited_sends_no_card_of_a_talk_that_is_over(wired, workers):
    """She would press its buttons in vain: the next talk stands at the same version."""
    one, other = workers
    key = wired.keys(str(HER))[0]
    one.claims._by_key[key] = ("a third one", wired.clock() + 1)
    await wired.text("/start")
    await wired.turns.forget(key)
    other.takes()
    await wired.text("/start")
    await seconds(wired, 5, one)
    nonce = (await wired.kept()).nonce
    for sent in wired.api.made("send"):
        assert data_of(sent.drawn)["English"].startswith(nonce)
    await seconds(wired, 5, *workers)
    assert len(wired.api.cards()) == 1
    await wired.press("English")
    assert (await wired.kept()).at == "welcome.safe"

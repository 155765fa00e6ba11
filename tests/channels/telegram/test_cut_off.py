"""A worker that is cut off from the others, and is back: nothing it had begun comes later."""

import asyncio

import pytest

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.shared_painter import (
    CLAIM_SECONDS,
    HELD_SECONDS,
    LONGEST_QUESTION,
)
from bot.locales import phrases as say
from tests.channels.telegram.fakes import HER, quiet
from tests.channels.telegram.several import SOON, seconds

HIDDEN = say.HIDDEN.text


async def cut_off(one, other):
    """Nobody hears from the first any more; the other takes what she does."""
    one.claims.away = True
    other.takes()
    await asyncio.sleep(2 * SOON)
    await quiet()


async def test_what_was_on_its_way_as_one_was_cut_off_sweeps_no_later_card_away(wired, cut):
    one, other = cut
    await wired.to_question()
    await wired.api.send(HER, wired.shows())  # unseen, so that there are two
    late = wired.api.hold("delete")
    await wired.press("Birmingham")
    del wired.api._held["delete"]
    await cut_off(one, other)
    await wired.clock.move(CLAIM_SECONDS)
    await wired.text("/start")
    late.set()
    await quiet()
    assert [shown.text[:14] for shown in wired.api.cards().values()] == ["Which language"]


async def test_what_was_on_its_way_as_one_was_cut_off_brings_no_old_question_back(wired, cut):
    one, other = cut
    await wired.to_question()
    late = wired.api.hold("edit")
    await wired.press("Birmingham")
    del wired.api._held["edit"]
    await cut_off(one, other)
    await seconds(wired, CLAIM_SECONDS + HELD_SECONDS, other)
    await wired.press("My drinking")
    shown = wired.shows()
    late.set()
    await quiet()
    assert wired.shows() == shown
    one.claims.away = False
    await wired.clock.move(LONGEST_QUESTION)
    await quiet()
    assert wired.shows() == shown
    assert len(wired.api.cards()) == 1


async def test_who_can_say_its_claims_goes_on_for_as_long_as_a_call_takes(wired, cut):
    one, _ = cut
    await wired.to_question()
    wired.api.hold("edit")
    edits = len(wired.api.made("edit"))
    await wired.press("Birmingham")
    for _ in range(10):
        await asyncio.sleep(SOON / 5)
        await one.painter.go_on()
    wired.api.release("edit")
    await quiet()
    assert len(wired.api.made("edit")) == edits + 1
    assert "What would you like help with?" in wired.shows().text


async def test_a_claim_that_another_has_by_now_ends_the_painting_at_once(wired, workers):
    """As after a store that came back empty."""
    one, _ = workers
    await wired.to_question()
    await seconds(wired, 1, *workers)
    late = wired.api.hold("edit")
    await wired.press("Birmingham")
    del wired.api._held["edit"]
    one.claims._by_key[wired.keys(str(HER))[0]] = ("other", wired.clock() + CLAIM_SECONDS)
    await one.painter.go_on()
    await quiet()
    edits = wired.api.cards()
    late.set()
    await quiet()
    assert wired.api.cards() == edits
    await seconds(wired, CLAIM_SECONDS + HELD_SECONDS, *workers)
    assert "What would you like help with?" in wired.shows().text


@pytest.mark.parametrize("label", ["Leave and wipe", "Hide"])
async def test_leaving_and_hiding_that_were_kept_wait_for_no_claim_while_nobody_answers(
    wired, cut, label
):
    one, _ = cut
    await wired.to_question()
    wired.api.fail("edit", *[Fault.UNREACHABLE] * 3)
    one.claims.away = True
    wired.store.fail("delete", 100)
    await wired.press(label)
    await asyncio.sleep(2 * SOON)
    for _ in range(5):
        await wired.clock.move(LONGEST_QUESTION * 2)
    shown = [card.text for card in wired.api.cards().values()]
    assert shown == ([HIDDEN] if label == "Hide" else [])
    assert not any(len(call.messages) > 3 for call in wired.api.made("delete"))  # no sweeping

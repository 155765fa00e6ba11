"""A worker that is cut off from the others, and is back: nothing it had begun comes later."""

import asyncio

import pytest

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.painter import FIRST_PAUSE
from bot.channels.telegram.shared_painter import (
    CLAIM_SECONDS,
    HELD_SECONDS,
    HELP_SECONDS,
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


async def unkept(wired, label):
    """She presses, and neither is it kept nor can Telegram be reached; the update."""
    wired.store.fail("load")
    wired.api.fail("edit", Fault.UNREACHABLE)
    update = await wired.press(label)
    assert wired.again
    return update


async def test_a_frozen_card_gives_way_to_what_came_of_her_press_at_another(wired, workers):
    _, other = workers
    await wired.to_question()
    await seconds(wired, 1, *workers)
    update = await unkept(wired, "Birmingham")
    other.takes()
    await wired.deliver(update)
    shown = wired.shows()
    assert "What would you like help with?" in shown.text
    await seconds(wired, 3, *workers)
    assert wired.shows() == shown


async def test_a_frozen_card_comes_while_her_press_has_not_come_again(wired, workers):
    await wired.to_question()
    await seconds(wired, 1, *workers)
    await unkept(wired, "Birmingham")
    assert "999" not in wired.shows().text
    await wired.clock.move(FIRST_PAUSE)
    await quiet()
    assert "999" in wired.shows().text


async def test_a_frozen_card_comes_again_and_again_while_nobody_answers(wired, workers):
    one, _ = workers
    await wired.to_question()
    await seconds(wired, 1, *workers)
    wired.api.fail("edit", *[Fault.UNREACHABLE] * 3)
    one.claims.away = True
    await unkept(wired, "Birmingham")
    for _ in range(4):
        await wired.clock.move(LONGEST_QUESTION)
    assert "999" in wired.shows().text


async def test_what_comes_behind_a_frozen_card_is_painted_with_a_claim(wired, workers):
    one, _ = workers
    await wired.to_question()
    await seconds(wired, 1, *workers)
    update = await unkept(wired, "Birmingham")
    key = wired.keys(str(HER))[0]
    one.claims._by_key[key] = ("other", wired.clock() + CLAIM_SECONDS)
    await wired.deliver(update)
    edits = len(wired.api.made("edit"))
    await wired.clock.move(CLAIM_SECONDS - 1)
    assert len(wired.api.made("edit")) == edits
    await wired.clock.move(1 + LONGEST_QUESTION)
    await quiet()
    assert "What would you like help with?" in wired.shows().text


async def test_help_is_shown_before_a_press_comes_again(wired, workers):
    """It comes again at once, perhaps to another worker: help must not cover what comes of it."""
    await wired.to_question()
    wired.store.fail("save")
    wired.api.hold("edit")
    coming = asyncio.create_task(wired.press("Birmingham"))
    await quiet()
    assert not coming.done()
    wired.api.release("edit")
    await coming
    assert wired.again
    assert "Please try again soon." in wired.shows().text


async def test_help_that_cannot_be_shown_does_not_keep_a_press_for_long(wired, workers):
    await wired.to_question()
    wired.store.fail("save")
    wired.api.hold("edit")
    async with asyncio.timeout(2 * HELP_SECONDS):
        await wired.press("Birmingham")
    assert wired.again
    wired.api.release("edit")
    await quiet()

"""Painting frozen cards: at once, without waiting for others, and never over what came of her press."""

import asyncio

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.painter import FIRST_PAUSE
from bot.channels.telegram.shared_painter import CLAIM_SECONDS, HELP_SECONDS, LONGEST_QUESTION
from bot.locales import phrases as say
from tests.channels.telegram.fakes import HER, HIDE_SECONDS, quiet
from tests.channels.telegram.several import seconds, unkept

HIDDEN = say.HIDDEN.text


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


async def test_help_for_a_press_on_an_old_card_takes_the_new_one_not_away(wired, workers):
    """The store knows the new one by then, and nobody would send another."""
    old = await wired.to_question()
    await seconds(wired, 1, *workers)
    wired.api.hold("delete")
    await wired.text("/start")
    wired.store.fail("load")
    coming = asyncio.create_task(wired.press("Birmingham", on=old))
    await quiet()
    wired.api.release("delete")
    update = await coming
    await quiet()
    assert "999" in wired.shows().text
    await wired.deliver(update)
    await seconds(wired, 3, *workers)
    assert "Which language" in wired.shows().text
    assert list(wired.api.chats[HER]) == [(await wired.place()).card]


async def test_help_for_words_written_as_her_card_is_sent_takes_it_not_away(wired, workers):
    wired.api.hold("send")
    await wired.text("/start")
    wired.store.fail("load")
    await wired.text("hello")
    wired.api.release("send")
    await quiet()
    assert any("999" in card.text for card in wired.api.cards().values())
    await seconds(wired, HIDE_SECONDS + 20, *workers)
    assert [card.text for card in wired.api.cards().values()] == [HIDDEN]


async def test_help_over_a_row_that_cannot_be_opened_is_tried_less_and_less_often(wired, workers):
    """As one whose key is gone: it stands there, and nothing can be made of it."""
    await wired.to_question()
    await seconds(wired, 1, *workers)
    key = wired.keys(str(HER))[0]
    await wired.store.save(key, b"noise", (await wired.store.load(key)).version)
    wired.api.fail("send", *[Fault.UNREACHABLE] * 5)
    wired.store.fail("load")
    wired.clock.slept.clear()
    await wired.text("hello")
    for _ in range(5):
        await wired.clock.move(4)
    assert wired.clock.slept == [FIRST_PAUSE, FIRST_PAUSE, 0.4, 0.8, 1.6]
    assert "999" in wired.shows().text

"""The shared painter: two workers over one store and one chat, of which either may die."""

import asyncio

import pytest

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.painter import FIRST_PAUSE, Target
from bot.channels.telegram.place import Place
from bot.channels.telegram.shared_painter import CLAIM_SECONDS, HELD_SECONDS, LONGEST_QUESTION
from bot.conversation.blank_cards import farewell
from bot.conversation.messages import Taken
from bot.exceptions import StoreUnavailable
from bot.locales import phrases as say
from bot.sessions.memory import REPAIRED_AFTER
from tests.channels.telegram.fakes import ANOTHER, HER, HIDE_SECONDS, data_of, quiet
from tests.channels.telegram.several import Worker, seconds

HIDDEN = say.HIDDEN.text
IDLE = 1800


async def press_unanswered(wired, workers):
    """She presses, and who paints it gets no answer of Telegram; the number of edits before."""
    await wired.to_question()
    await seconds(wired, 1, *workers)
    wired.api.hold("edit")
    edits = len(wired.api.made("edit"))
    await wired.press("Birmingham")
    return edits


@pytest.mark.parametrize("first", [0, 1])
async def test_what_one_is_painting_no_other_paints(wired, workers, first):
    workers = (workers[first], workers[1 - first])
    edits = await press_unanswered(wired, workers)
    await seconds(wired, 60, *workers)
    assert len(wired.api.made("edit")) == edits + 1
    wired.api.release("edit")
    await seconds(wired, 2, *workers)
    assert "What would you like help with?" in wired.shows().text


async def test_what_one_died_over_another_paints_once_it_is_held_no_more(wired, workers):
    one, other = workers
    await press_unanswered(wired, workers)
    await seconds(wired, 2, *workers)
    await one.painter.close()
    wired.api.release("edit")
    await seconds(wired, HELD_SECONDS - 1, other)
    assert "Where should we look?" in wired.shows().text
    await seconds(wired, 2, other)
    assert "What would you like help with?" in wired.shows().text


async def test_who_comes_later_waits_and_draws_the_talk_as_it_stands_then(wired, workers):
    _, other = workers
    await press_unanswered(wired, workers)
    slow = wired.api._held.pop("edit")
    edits = len(wired.api.made("edit"))
    other.takes()
    await wired.text("no")
    await wired.clock.move(CLAIM_SECONDS - 1)
    assert len(wired.api.made("edit")) == edits
    slow.set()
    await quiet()
    await wired.clock.move(LONGEST_QUESTION)
    await quiet()
    assert "What would you like help with?" in wired.shows().text
    assert len(wired.api.made("edit")) == edits + 1


async def test_while_nobody_can_be_asked_nothing_is_painted_and_then_all(wired, workers):
    one, _ = workers
    await wired.to_question()
    one.claims.away = True
    edits = len(wired.api.made("edit"))
    await wired.press("Birmingham")
    await wired.clock.move(10 * LONGEST_QUESTION)
    assert len(wired.api.made("edit")) == edits
    one.claims.away = False
    await wired.clock.move(LONGEST_QUESTION)
    await quiet()
    assert "What would you like help with?" in wired.shows().text


async def test_after_what_another_took_meanwhile_tries_come_often_again(wired, workers):
    _, other = workers
    await wired.to_question()
    await seconds(wired, 1, *workers)
    wired.api.fail("edit", *[Fault.UNREACHABLE] * 6)
    await wired.press("Birmingham")
    for pause in (FIRST_PAUSE, 0.4, 0.8, 1.6):
        await wired.clock.move(pause)
    other.takes()
    await wired.text("no")
    await wired.clock.move(3.2)
    assert "Where should we look?" in wired.shows().text
    await wired.clock.move(FIRST_PAUSE)
    assert "What would you like help with?" in wired.shows().text


async def test_a_card_that_one_sent_and_died_over_goes_when_another_sends_one(wired, workers):
    one, other = workers
    wired.api.hold("delete")
    await wired.text("/start")
    assert len(wired.api.cards()) == 1
    await one.painter.close()
    wired.api.release("delete")
    await wired.clock.move(CLAIM_SECONDS)
    other.takes()
    await wired.text("hello")
    await seconds(wired, 2, other)
    assert list(wired.api.cards()) == [(await wired.place()).card]
    assert list(wired.api.chats[HER]) == list(wired.api.cards())


@pytest.mark.parametrize("way", ["Leave and wipe", "Urgent help"])
async def test_help_and_leaving_wait_for_no_claim_while_nobody_answers(wired, workers, way):
    one, _ = workers
    card = await wired.to_question()
    data = data_of(wired.shows())[way]
    one.claims.away = True
    for method in ("load", "save", "delete"):
        wired.store.fail(method, 1000)
    await wired.press_data(data, card)
    await quiet()
    assert "999" in str(wired.shows())


async def test_what_the_other_worker_is_drawing_again_is_not_drawn_a_third_time(wired, workers):
    one, _ = workers
    await wired.to_question()
    await wired.press("Birmingham")
    await one.look()
    edits = len(wired.api.made("edit"))
    await seconds(wired, 3, *workers)
    assert len(wired.api.made("edit")) == edits


async def test_a_start_paints_nothing_that_another_is_painting(wired, workers):
    one, _ = workers
    await wired.to_question()
    await one.look()
    wired.api.hold("edit")
    await wired.press("Birmingham")
    edits = len(wired.api.made("edit"))
    await one.look()
    started = Worker(wired, one.claims, "started")
    await started.tending.tend(unpainted=True)
    await seconds(wired, 30, one, started)
    assert len(wired.api.made("edit")) == edits
    wired.api.release("edit")
    await quiet()


async def test_what_all_died_over_is_painted_soon_after_a_start(wired, workers):
    one, _ = workers
    await wired.to_question()
    await one.look()
    wired.api.hold("edit")
    await wired.press("Birmingham")
    await one.painter.close()
    wired.api.release("edit")
    started = Worker(wired, one.claims, "started")
    await started.tending.tend(unpainted=True)
    await seconds(wired, REPAIRED_AFTER + 1, started)
    assert "What would you like help with?" in wired.shows().text


async def test_a_quiet_card_is_hidden_once(wired, workers):
    await wired.to_question()
    await seconds(wired, 1, *workers)
    edits = len(wired.api.made("edit"))
    await seconds(wired, HIDE_SECONDS + 10, *workers)
    assert wired.shows().text == HIDDEN
    assert len(wired.api.made("edit")) == edits + 1


async def test_of_two_that_look_at_the_same_moment_one_hides_a_card(wired, workers):
    await wired.to_question()
    await seconds(wired, 1, *workers)
    await wired.clock.move(HIDE_SECONDS)
    real = wired.turns.waiting

    async def waiting(most, **more):
        found = await real(most, **more)
        await asyncio.sleep(0)
        return found

    wired.turns.waiting = waiting
    edits = len(wired.api.made("edit"))
    await asyncio.gather(*(each.tending.tend() for each in workers))
    await quiet()
    assert wired.shows().text == HIDDEN
    assert len(wired.api.made("edit")) == edits + 1


async def test_a_talk_whose_time_is_over_is_removed_once(wired, workers):
    await wired.to_question()
    await seconds(wired, 1, *workers)
    await wired.clock.move(IDLE)
    await seconds(wired, 20, *workers)
    assert wired.api.chats[HER] == {}
    assert len(wired.api.made("delete")) == 2  # her start, and the card
    assert await wired.kept() is None


async def test_of_cards_that_two_sent_at_once_one_stays(wired, workers):
    """Two starts of hers went to two workers."""
    one, other = workers
    wired.api.hold("send")
    await wired.text("/start")
    other.takes()
    await wired.text("/start")
    wired.api.release("send")
    await quiet()
    await wired.clock.move(LONGEST_QUESTION)
    await quiet()
    assert len(wired.api.cards()) == 1
    await seconds(wired, HELD_SECONDS + 3, *workers)
    assert list(wired.api.chats[HER]) == [(await wired.place()).card]
    await wired.press("English")
    await seconds(wired, 3, one, other)
    assert list(wired.api.cards()) == [(await wired.place()).card]


async def test_a_store_that_is_away_for_a_moment_hides_a_card_a_second_later(wired, workers):
    await wired.to_question()
    await seconds(wired, 1, *workers)
    await wired.clock.move(HIDE_SECONDS)
    wired.store.fail("due", 2)
    for each in workers:
        with pytest.raises(StoreUnavailable):
            await each.look()
    await seconds(wired, 1 + FIRST_PAUSE, *workers)
    await quiet()
    assert wired.shows().text == HIDDEN


async def test_what_another_is_painting_waits_though_nobody_answers_about_another_chat(
    wired, workers
):
    """Both chats are to be emptied, and nothing is kept of either talk any more."""
    one, _ = workers
    card = await wired.to_question()
    answer = asyncio.Event()

    async def claim(key, who, seconds):
        if key == "another":
            raise StoreUnavailable("a test wants it so")
        await answer.wait()  # and then it is somebody else's

    one.claims.claim = claim
    calls = len(wired.api.made("edit", "delete"))
    bye = farewell(wired.turns.voice("en"))
    one.painter.show(Target(Taken("hers", bye, over=True), Place(HER, card)))
    await quiet()
    one.painter.show(Target(Taken("another", bye, over=True), Place(ANOTHER, 1)))
    await quiet()
    answer.set()
    await quiet()
    assert len(wired.api.made("edit", "delete")) == calls
    assert wired.api.made("edit", chat=ANOTHER)
    await one.painter.close()


async def test_claims_are_said_again_though_the_store_takes_no_word_of_what_is_painted(
    wired, workers
):
    one, _ = workers
    await press_unanswered(wired, workers)
    await wired.clock.move(CLAIM_SECONDS - 1)

    async def settle(_):
        raise StoreUnavailable("a test wants it so")

    wired.store.settle = settle
    with pytest.raises(StoreUnavailable):
        await one.look()
    assert one.claims._by_key[wired.keys(str(HER))[0]] == ("one", wired.clock() + CLAIM_SECONDS)
    wired.api.release("edit")
    await quiet()

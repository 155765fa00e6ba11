"""Tending: what is done in her chat though she does nothing."""

import asyncio

import pytest

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.frozen_cards import NUMBER_SECONDS
from bot.channels.telegram.place import Place
from bot.channels.telegram.tending import AT_ONCE
from bot.conversation.messages import Incoming, Start
from bot.exceptions import StoreUnavailable
from bot.locales import phrases as say
from bot.sessions.memory import REPAIRED_AFTER
from bot.sessions.model import Session, pack
from tests.channels.telegram.fakes import ANOTHER, HER, HIDE_SECONDS, quiet

HIDDEN, CLOSED = say.HIDDEN.text, say.CLOSED.text
IDLE, MOST = 1800, 5400  # seconds that a talk is kept


async def pass_by(wired, seconds):
    """Let time go by as the program does, with a look every second it matters."""
    await wired.tending.tend()
    await quiet()
    await wired.clock.move(seconds)
    await wired.tending.tend()
    await quiet()
    await wired.tending.tend()


# ---- what was left unpainted


async def test_a_card_that_a_crash_left_unpainted_is_painted(wired):
    await wired.to_question()
    wired.api.hold("edit")
    await wired.press("Birmingham")
    await wired.painter.close()
    wired.api.release("edit")
    await wired.restart()
    assert "What would you like help with?" in wired.shows().text


async def test_a_card_that_a_crash_left_unsent_is_sent(wired):
    wired.api.hold("send")
    await wired.text("/start")
    await wired.painter.close()
    wired.api.release("send")
    await wired.restart()
    assert list(wired.api.cards()) == [(await wired.place()).card]


async def test_what_a_fault_left_unpainted_is_painted_within_seconds(wired):
    await wired.text("/start")
    wired.api.fail("edit", Fault.REFUSED)
    await wired.press("English")
    wired.painter.settled()  # as if the word of it had been lost
    await pass_by(wired, 3)
    assert "Hello" in wired.shows().text


async def test_what_is_being_painted_is_left_to_the_painter(wired):
    await wired.text("/start")
    gate = wired.api.hold("edit")
    await wired.press("English")
    await pass_by(wired, 60)
    assert len(wired.api.made("edit")) == 1
    gate.set()
    await quiet()


async def test_repairing_sends_no_second_card(wired):
    await wired.to_question()
    wired.begin()
    for _ in range(3):
        await wired.tending.tend(unpainted=True)
        await quiet()
    assert len(wired.api.made("send")) == 1


async def test_a_card_she_deleted_is_not_sent_again_by_repairing(wired):
    card = await wired.to_question()
    wired.begin()
    del wired.api.chats[HER][card]
    await wired.tending.tend(unpainted=True)
    await quiet()
    assert wired.api.chats[HER] == {}


# ---- hiding


async def test_a_card_is_hidden_after_the_minutes_of_the_setting(wired):
    await wired.to_question()
    await pass_by(wired, HIDE_SECONDS - 1)
    assert "Birmingham" in str(wired.shows().keyboard)
    await pass_by(wired, 1)
    assert wired.shows().text == HIDDEN


async def test_every_press_begins_the_minutes_anew(wired):
    await wired.to_question()
    await pass_by(wired, HIDE_SECONDS - 1)
    await wired.press("Birmingham")
    await pass_by(wired, HIDE_SECONDS - 1)
    assert wired.shows().text != HIDDEN


async def test_a_card_with_numbers_is_hidden_later(wired):
    await wired.to_services()
    await pass_by(wired, HIDE_SECONDS + 60)
    assert wired.shows().text != HIDDEN
    await pass_by(wired, NUMBER_SECONDS - HIDE_SECONDS - 60)
    assert wired.shows().text == HIDDEN


async def test_a_covered_card_is_never_hidden(wired):
    """Harm prevented: an empty screen where a recipe stood would be noticed."""
    await wired.to_question()
    await wired.press("Someone is here")
    recipe = wired.shows()
    await pass_by(wired, IDLE - 1)
    assert wired.shows() == recipe


async def test_a_hidden_card_opens_where_she_was(wired):
    await wired.to_question()
    await pass_by(wired, HIDE_SECONDS)
    await wired.press("Open")
    assert "Where should we look?" in wired.shows().text


async def test_a_hidden_card_is_hidden_once(wired):
    await wired.to_question()
    await pass_by(wired, HIDE_SECONDS)
    edits = len(wired.api.made("edit"))
    await pass_by(wired, HIDE_SECONDS)
    assert len(wired.api.made("edit")) == edits


async def test_a_card_is_hidden_though_the_program_was_started_anew(wired):
    await wired.to_question()
    await wired.tending.tend()
    await wired.restart()
    await pass_by(wired, HIDE_SECONDS)
    assert wired.shows().text == HIDDEN


async def test_a_card_that_fell_due_while_nobody_ran_is_hidden_at_the_start(wired):
    await wired.to_question()
    await wired.tending.tend()
    wired.begin()
    await wired.clock.move(HIDE_SECONDS)
    await wired.tending.tend(unpainted=True)
    await quiet()
    assert wired.shows().text == HIDDEN


async def test_hiding_sends_no_message(wired):
    await wired.to_question()
    await pass_by(wired, HIDE_SECONDS)
    assert len(wired.api.made("send")) == 1


# ---- talks whose time is over


@pytest.mark.parametrize("open_card", ["to_question", "to_services"])
async def test_a_talk_whose_time_is_over_is_removed_from_the_chat(wired, open_card):
    await getattr(wired, open_card)()
    await pass_by(wired, IDLE)
    assert wired.api.chats[HER] == {}
    assert await wired.kept() is None


async def test_a_hidden_talk_whose_time_is_over_is_removed_too(wired):
    await wired.to_question()
    await pass_by(wired, HIDE_SECONDS)
    await pass_by(wired, IDLE)
    assert wired.api.chats[HER] == {}


async def test_a_covered_talk_whose_time_is_over_is_removed_too(wired):
    await wired.to_question()
    await wired.press("Someone is here")
    await pass_by(wired, IDLE)
    assert wired.api.chats[HER] == {}


async def test_a_talk_ends_at_the_latest_after_an_hour_and_a_half(wired):
    await wired.to_question()
    for _ in range(int(MOST // 100)):
        await wired.clock.move(100)
        if wired.api.cards():
            await wired.press("Open" if wired.shows().text == HIDDEN else "Good to know")
        await wired.tending.tend()
        await quiet()
    assert wired.shows().text == CLOSED if wired.api.cards() else True
    assert await wired.kept() is None


async def test_a_talk_whose_time_ran_out_while_nobody_ran_is_removed_at_the_start(wired):
    await wired.to_question()
    await wired.tending.tend()
    wired.begin()
    await wired.clock.move(IDLE)
    await wired.tending.tend(unpainted=True)
    await quiet()
    assert wired.api.chats[HER] == {}


async def test_leaving_that_a_crash_cut_short_is_finished(wired):
    await wired.to_services()
    wired.api.hold("delete")
    await wired.press("Leave and wipe")
    await wired.painter.close()
    wired.api.release("delete")
    await wired.restart()
    assert wired.api.chats[HER] == {}
    assert await wired.kept() is None


# ---- a talk that moved on


async def race(wired, act):
    """Something she does between the look at what waits and what is done about it."""
    real = wired.turns.waiting

    async def waiting(most, *, unpainted=False, hold=0.0):
        found = await real(most, unpainted=unpainted, hold=hold)
        await act()
        return found

    wired.turns.waiting = waiting
    await wired.tending.tend()
    await quiet()


async def test_a_talk_that_moved_on_is_not_hidden(wired):
    card = await wired.to_question()
    await wired.tending.tend()
    data = wired.shows().keyboard[0][0]["callback_data"]
    await wired.clock.move(HIDE_SECONDS)
    await race(wired, lambda: wired.press_data(data, card))
    assert "What would you like help with?" in wired.shows().text


async def test_a_talk_that_began_anew_is_not_removed(wired):
    await wired.to_question()
    await wired.tending.tend()
    await wired.clock.move(IDLE)
    await race(wired, lambda: wired.text("/start"))
    assert "Which language" in wired.shows().text
    assert (await wired.kept()).at == "welcome.language"


# ---- faults


async def test_a_store_that_is_away_is_told_to_the_caller(wired):
    await wired.to_question()
    await wired.tending.tend()
    wired.store.fail("due")
    with pytest.raises(StoreUnavailable):
        await wired.tending.tend()


@pytest.mark.parametrize("method", ["load", "save"])
async def test_a_store_that_is_away_for_a_moment_loses_no_talk(wired, method):
    await wired.to_question()
    await wired.tending.tend()
    await wired.clock.move(HIDE_SECONDS)
    wired.store.fail(method)
    await wired.tending.tend()
    await quiet()
    assert await wired.kept() is not None
    await pass_by(wired, 1)
    assert wired.shows().text == HIDDEN


async def test_a_talk_without_a_place_is_forgotten(wired):
    """Nobody can say any more where its card stands."""
    lost = pack(Session("", "welcome.safe", "en", place="nowhere"))
    await wired.store.save("key", lost, 0, tended=True)
    await wired.tending.tend(unpainted=True)
    assert await wired.store.load("key") is None
    assert wired.api.calls == []


async def test_what_cannot_be_read_is_forgotten(wired):
    await wired.store.save("key", b"not a session", 0, tended=True)
    await wired.tending.tend(unpainted=True)
    assert await wired.store.load("key") is None


async def test_a_talk_of_another_channel_is_left_alone(wired):
    await wired.turns.turn(Incoming("web", Start("en")))
    await pass_by(wired, HIDE_SECONDS)
    assert await wired.store.load("web") is not None
    assert wired.api.calls == []


async def test_many_talks_are_looked_after_in_one_go(wired):
    for chat in range(1, 31):
        await wired.text("/start", chat)
    await pass_by(wired, HIDE_SECONDS)
    assert {wired.shows(chat).text for chat in range(1, 31)} == {HIDDEN}


async def test_more_talks_than_one_go_takes_are_looked_after_in_the_next(wired):
    for number in range(AT_ONCE + 20):
        place = Place(1000 + number, card=1, after=1).packed()
        talk = pack(Session("", "welcome.language", "en", place=place))
        await wired.store.save(str(number), talk, 0, tended=True)
    await wired.clock.move(IDLE)
    for _ in range(2):
        await wired.tending.tend()
        await quiet()
    assert await wired.everything() == []


async def test_one_chat_that_has_to_wait_keeps_no_other_from_being_hidden(wired):
    await wired.to_question(HER)
    await wired.to_question(ANOTHER)
    await wired.tending.tend()
    wired.api.fail("edit", Fault.WAIT, seconds=60, chat=HER)
    await pass_by(wired, HIDE_SECONDS)
    assert wired.shows(ANOTHER).text == HIDDEN
    assert wired.shows(HER).text != HIDDEN


async def test_others_are_served_while_many_talks_are_looked_after(wired):
    for chat in range(1000, 1020):
        await wired.text("/start", chat)
    await wired.clock.move(REPAIRED_AFTER)
    wired.painter._painted.clear()
    served = []

    async def serve():
        while True:
            served.append(len(wired.api.calls))
            await asyncio.sleep(0)

    serving = asyncio.create_task(serve())
    await asyncio.sleep(0)
    before = len(served)
    await wired.tending.tend()
    serving.cancel()
    assert len(served) - before >= 20

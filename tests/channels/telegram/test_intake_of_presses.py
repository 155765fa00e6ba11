"""Presses of other cards, of another day, or that come after something she did later."""

import pytest

from bot.channels.telegram.intake import Intake
from bot.conversation.codes import code_of
from bot.locales import phrases as say
from tests.channels.telegram.fakes import (
    HER,
    data_of,
    message,
    press,
    quiet,
)

CLOSED, HIDDEN, BYE = say.CLOSED.text, say.HIDDEN.text, say.PLAIN_BYE.text
GROUP = {"id": -100, "type": "supergroup", "title": "A group"}
IDLE = 1800
OLDER = 1  # a message that stood before the card


async def at(wired, chat=HER):
    session = await wired.kept(chat)
    return session.at if session else None


# ---- presses that are not of the card that stands


async def test_a_press_of_another_talk_changes_nothing(wired):
    card = await wired.to_question()
    old = data_of(wired.shows())["Birmingham"].replace("nonce000", "nonce999")
    await wired.press_data(old, card)
    assert await at(wired) == "triage.area"


@pytest.mark.parametrize("carried", ["", "Canary", "nonce000.1.cAAAAAAAAAAAAAAAA"])
async def test_a_press_that_means_nothing_brings_the_card_again(wired, carried):
    card = await wired.to_question()
    before = wired.shows()
    await wired.press_data(carried, card)
    assert wired.shows() == before


async def test_a_press_on_an_older_bubble_takes_the_bubble_away(wired):
    card = await wired.to_question()
    wired.api.chats[HER][OLDER] = wired.shows()
    await wired.press("Birmingham", on=OLDER)
    assert list(wired.api.cards()) == [card]


async def test_a_press_on_a_newer_bubble_makes_it_the_card(wired):
    """It was sent unseen; harm prevented: the card she looks at must not go from under her."""
    await wired.to_question()
    newer = wired.api.wrote()
    wired.api.chats[HER][newer] = wired.shows()
    await wired.press("Birmingham", on=newer)
    assert list(wired.api.cards()) == [newer]
    assert "What would you like help with?" in wired.shows().text


async def test_urgent_help_on_a_button_of_another_talk_is_help(wired):
    card = await wired.to_question()
    old = data_of(wired.shows())["Urgent help"].replace("nonce000", "nonce999")
    await wired.press_data(old, card)
    assert "Ring 999" in wired.shows().text


async def test_leaving_on_a_button_of_another_talk_is_leaving(wired):
    card = await wired.to_question()
    old = data_of(wired.shows())["Leave and wipe"].replace("nonce000", "nonce999")
    await wired.press_data(old, card)
    assert wired.api.chats[HER] == {}


async def old_card(wired):
    """A card in the chat of which nothing is kept."""
    card = await wired.to_question()
    await wired.store.delete(wired.keys(str(HER))[0])
    return card


async def test_a_card_that_is_begun_by_a_press_has_buttons_of_the_new_talk(wired):
    await old_card(wired)
    await wired.press("Birmingham")
    await wired.press("Open")
    data = data_of(wired.shows())["English"]
    assert data.startswith((await wired.kept()).nonce)
    await wired.press("English")
    assert await at(wired) == "welcome.safe"


async def test_a_press_without_a_talk_closes_the_card_and_keeps_nothing(wired):
    card = await old_card(wired)
    await wired.press("Birmingham")
    assert list(wired.api.cards()) == [card]
    assert wired.shows().text == CLOSED
    assert await wired.everything() == []


async def test_a_closed_card_opens_a_new_talk_in_its_place(wired):
    card = await old_card(wired)
    await wired.press("Birmingham")
    await wired.press("Open")
    assert list(wired.api.cards()) == [card]
    assert await at(wired) == "welcome.language"
    assert (await wired.place()).card == card


async def test_a_closed_card_is_taken_away_when_she_leaves_by_it_later(wired):
    await old_card(wired)
    await wired.press("Birmingham")
    await wired.press("Open")
    await wired.press("Leave and wipe")
    assert wired.api.chats[HER] == {}


async def test_urgent_help_without_a_talk_is_help(wired):
    await old_card(wired)
    await wired.press("Urgent help")
    assert "Ring 999" in wired.shows().text


async def test_leaving_without_a_talk_empties_the_chat_as_far_as_it_is_known(wired):
    await old_card(wired)
    await wired.press("Leave and wipe")
    assert wired.api.cards() == {}


async def test_a_press_when_the_time_is_over_brings_no_answer_back(wired):
    await wired.to_services()
    await wired.clock.move(IDLE)
    await wired.press("Answer a few more questions")
    assert wired.shows().text == CLOSED
    assert await wired.everything() == []


async def test_a_press_on_an_older_bubble_when_the_time_is_over_leaves_one_closed_card(wired):
    card = await wired.to_services()
    wired.api.chats[HER][OLDER] = wired.api.cards()[card]
    await wired.clock.move(IDLE)
    await wired.press("Back", on=OLDER)
    assert [drawn.text for drawn in wired.api.cards().values()] == [CLOSED]
    assert await wired.everything() == []


# ---- midnight


async def test_a_talk_goes_on_after_midnight_under_the_key_of_yesterday(wired):
    card = await wired.to_question()
    wired.day += 1
    await wired.press("Birmingham")
    assert "What would you like help with?" in wired.shows().text
    assert list(wired.api.cards()) == [card]
    assert {due.key for due in await wired.everything()} == {f"{wired.day - 1}:{HER}"}


async def test_leaving_after_midnight_leaves_nothing(wired):
    await wired.to_question()
    wired.day += 1
    await wired.press("Leave and wipe")
    assert wired.api.chats[HER] == {}
    assert await wired.everything() == []


async def test_a_talk_of_two_days_ago_is_not_found(wired):
    await wired.to_question()
    wired.day += 2
    await wired.press("Birmingham")
    assert wired.shows().text == CLOSED


# ---- what comes after something that she did later


async def late(wired, number, **fields):
    """An update with a number from before comes only now."""
    await wired.intake.take({"update_id": number, **fields})
    await quiet()


def carried(wired, intent):
    """What the button for this carries on the card that stands."""
    return data_of(wired.shows())["Leave and wipe"].rpartition(".")[0] + ".w" + code_of(intent)


async def pressed_late(wired, card, data, number):
    await late(wired, number, callback_query=press(card, HER, data))


@pytest.mark.parametrize("intent", ["leave", "urgent", "hide", "back"])
async def test_a_press_of_the_talk_before_does_nothing_to_a_new_talk(wired, intent):
    card = await wired.to_question()
    data = carried(wired, intent)
    await wired.press("Leave and wipe")
    await wired.to_question()
    before = await wired.kept()
    await pressed_late(wired, card, data, 0)
    assert await wired.kept() == before
    assert len(wired.api.cards()) == 1


@pytest.mark.parametrize("words", ["/leave", "leave", "/start", "hello", "yes"])
async def test_words_of_before_a_talk_do_nothing_to_it_and_are_deleted(wired, words):
    await wired.text("/start")
    await wired.press("Leave and wipe")
    number = wired.api.wrote(HER)
    await wired.to_question()
    before = await wired.kept()
    await late(wired, 0, message=message(number, HER, text=words))
    after = await wired.kept()
    assert (after.turn, after.trail, after.nonce) == (before.turn, before.trail, before.nonce)
    assert list(wired.api.cards()) == [(await wired.place()).card]
    assert number in [one for call in wired.api.made("delete") for one in call.messages]


@pytest.mark.parametrize("words", ["/urgent", "/help", "help", "he will kill me"])
async def test_a_call_for_help_is_heard_however_late_it_comes(wired, words):
    number = wired.api.wrote(HER)
    await wired.to_question()
    await late(wired, 0, message=message(number, HER, text=words))
    assert "999" in wired.shows().text


async def test_a_leave_button_of_an_old_card_still_leaves(wired):
    card = await wired.to_question()
    data = carried(wired, "leave")
    await wired.text("/start")
    await wired.press_data(data, card)
    assert wired.api.cards() == {}


async def test_a_second_press_on_hide_that_comes_late_hides_nothing_again(wired):
    card = await wired.to_question()
    data = carried(wired, "hide")
    await wired.press_data(data, card)
    second = wired.delayed()
    await wired.press("Open")
    shown = wired.shows()
    await pressed_late(wired, card, data, second)
    assert wired.shows() == shown
    await wired.press_data(data, card)  # and one of today hides it
    assert wired.shows().text == HIDDEN


@pytest.mark.parametrize(("intent", "told"), [("urgent", "999"), ("cover", "soup")])
async def test_a_second_press_for_help_that_comes_late_brings_nothing_again(wired, intent, told):
    card = await wired.to_question()
    data = carried(wired, intent)
    await wired.press_data(data, card)
    second = wired.delayed()
    assert told in wired.shows().text
    await wired.press_data(carried(wired, "language"), card) if intent == "urgent" else None
    await wired.text("xyzzy")
    before = await wired.kept()
    await pressed_late(wired, card, data, second)
    assert await wired.kept() == before


@pytest.mark.parametrize(
    ("intent", "told"), [("urgent", "999"), ("cover", "soup"), ("hide", HIDDEN)]
)
async def test_a_press_for_help_that_comes_late_the_first_time_counts(wired, intent, told):
    card = await wired.to_question()
    data = carried(wired, intent)
    number = wired.delayed()
    await wired.press("Birmingham")
    await pressed_late(wired, card, data, number)
    assert told in wired.shows().text


async def test_a_press_on_leave_that_comes_late_the_first_time_leaves(wired):
    card = await wired.to_question()
    data = carried(wired, "leave")
    number = wired.delayed()
    await wired.press("Birmingham")
    await pressed_late(wired, card, data, number)
    assert wired.api.cards() == {}


@pytest.mark.parametrize("words", ["walsall", "2", "back", "next question"])
async def test_an_answer_that_was_typed_before_a_press_answers_no_other_question(wired, words):
    await wired.to_question()
    number = wired.api.wrote(HER)
    update = wired.delayed()
    await wired.press("Birmingham")
    before = await wired.kept()
    await late(wired, update, message=message(number, HER, text=words))
    after = await wired.kept()
    assert (after.at, after.trail, after.turn) == (before.at, before.trail, before.turn)


@pytest.mark.parametrize("words", ["leave", "/leave", "stop"])
async def test_leaving_by_a_word_that_comes_late_in_the_same_talk_leaves(wired, words):
    await wired.to_question()
    number = wired.api.wrote(HER)
    update = wired.delayed()
    await wired.press("Birmingham")
    await late(wired, update, message=message(number, HER, text=words))
    assert wired.api.cards() == {}


# ---- the store is away


@pytest.mark.parametrize("method", ["load", "save"])
async def test_a_press_that_the_store_did_not_take_comes_again_and_counts_once(wired, method):
    card = await wired.to_question()
    wired.store.fail(method)
    update = await wired.press("Birmingham")
    assert wired.again
    assert "999" in str(wired.shows())
    assert list(wired.api.cards(HER)) == [card]
    await wired.deliver(update)
    assert not wired.again
    assert (await wired.kept()).at == "about.what"
    kept = dict(wired.store._kept)
    await wired.deliver(update)
    assert wired.store._kept == kept
    assert list(wired.api.cards(HER)) == [card]


async def test_of_a_press_that_comes_again_only_a_later_one_has_its_effect(wired):
    await wired.to_question()
    walsall = data_of(wired.shows())["Walsall"]
    wired.store.fail("load")
    update = await wired.press("Birmingham")
    await wired.press_data(walsall, max(wired.api.cards(HER)))
    await wired.deliver(update)
    assert dict((await wired.kept()).trail)["triage.area"] == "walsall"


async def test_what_she_typed_is_not_to_come_again(wired):
    """Each time would leave one more card of urgent help in her chat."""
    await wired.to_question()
    wired.store.fail("load")
    await wired.text("Birmingham")
    assert not wired.again


class Pause:
    """Takes down how often somebody waited; the store is back afterwards when `mends`."""

    def __init__(self, wired, mends):
        self.times = 0
        self._wired, self._mends = wired, mends
        wired.intake = Intake(
            wired.turns, wired.api, wired.painter, wired.keys, wired._fresh, wired.gate, self
        )

    async def __call__(self):
        self.times += 1
        if self._mends:
            self._wired.store._failing.clear()


@pytest.fixture
async def away(wired):
    """A talk at a question, and a store that does not answer any more."""
    await wired.to_question()
    for method in ("load", "save"):
        wired.store.fail(method, 1000)
    return wired


@pytest.mark.parametrize("words", ["Birmingham", "/start"])
async def test_what_she_typed_is_tried_once_more_before_she_is_told_of_a_fault(away, words):
    pause = Pause(away, mends=True)
    await away.text(words)
    assert pause.times == 1
    assert (await away.kept()).at in {"about.what", "welcome.language"}
    assert "999" not in str(away.shows().text)


async def test_a_press_is_tried_once_more_too(away):
    pause = Pause(away, mends=True)
    await away.press("Birmingham")
    assert pause.times == 1
    assert not away.again
    assert (await away.kept()).at == "about.what"


async def test_a_store_that_stays_away_is_asked_once_more_and_then_help_stands(away):
    pause = Pause(away, mends=False)
    await away.press("Birmingham")
    assert pause.times == 1
    assert away.again
    assert "999" in str(away.shows())


@pytest.mark.parametrize("way", ["Urgent help", "Leave and wipe", "help", "/urgent", "leave"])
async def test_help_and_leaving_wait_for_nothing(away, way):
    pause = Pause(away, mends=False)
    pressed = data_of(away.shows()).get(way)
    if pressed:
        await away.press_data(pressed, max(away.api.cards(HER)))
    else:
        await away.text(way)
    assert pause.times == 0
    assert "999" in str(away.shows())

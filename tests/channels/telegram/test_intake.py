"""Intake: what one update does to the talk, to the chat and to nobody else."""

import asyncio
import logging

import pytest

from bot.channels.telegram.faults import Fault
from bot.channels.telegram.intake import IN_FLIGHT, TRIES
from bot.channels.telegram.place import MOST_LITTER
from bot.conversation.codes import code_of
from bot.locales import phrases as say
from tests.channels.telegram.fakes import (
    ANOTHER,
    HER,
    Wired,
    data_of,
    message,
    person,
    press,
    private,
    quiet,
)

CLOSED, HIDDEN, BYE = say.CLOSED.text, say.HIDDEN.text, say.PLAIN_BYE.text
GROUP = {"id": -100, "type": "supergroup", "title": "A group"}
IDLE = 1800
OLDER = 1  # a message that stood before the card


@pytest.fixture
def wired(world, moment):
    return Wired(world, moment)


def messages_of_hers(wired, chat=HER):
    return [number for number, drawn in wired.api.chats[chat].items() if drawn is None]


async def at(wired, chat=HER):
    session = await wired.kept(chat)
    return session.at if session else None


# ---- once and in order


@pytest.mark.parametrize("times", [2, 5, 100])
async def test_a_press_that_is_delivered_many_times_counts_once(wired, times):
    await wired.text("/start")
    update = await wired.press("English")
    before = await wired.kept()
    await asyncio.gather(*(wired.intake.take(update) for _ in range(times - 1)))
    await quiet()
    assert await wired.kept() == before
    assert "Hello" in wired.shows().text


@pytest.mark.parametrize("times", [2, 100])
async def test_a_start_that_is_delivered_many_times_brings_one_card(wired, times):
    update = {"update_id": 7, "message": message(wired.api.wrote(), text="/start")}
    await asyncio.gather(*(wired.intake.take(update) for _ in range(times)))
    await quiet()
    assert len(wired.api.cards()) == 1
    assert len(wired.api.made("send")) == 1


async def test_a_text_that_comes_again_after_a_restart_counts_once(wired):
    await wired.to_question()
    update = {"update_id": 7000, "message": message(wired.api.wrote(), text="Birmingham")}
    await wired.intake.take(update)
    await quiet()
    wired.begin()
    await wired.intake.take(update)
    await quiet()
    assert await at(wired) == "about.what"


async def test_a_message_and_a_press_at_once_are_taken_in_their_order(wired):
    card = await wired.to_question()
    typed = {"update_id": 8001, "message": message(wired.api.wrote(), text="Birmingham")}
    pressed = {"update_id": 8002, "callback_query": press(card, data="nonce000.9.b")}
    await asyncio.gather(wired.intake.take(typed), wired.intake.take(pressed))
    await quiet()
    assert await at(wired) == "about.what"  # "open" on a card from before begins nothing anew


async def test_a_double_press_does_not_answer_the_next_question(wired):
    card = await wired.to_question()
    data = data_of(wired.shows())["Next question"]
    await asyncio.gather(*(wired.press_data(data, card) for _ in range(2)))
    assert await at(wired) == "about.what"


async def test_many_people_at_once_each_get_their_own_card(wired):
    chats = range(1, IN_FLIGHT + 50)
    await asyncio.gather(*(wired.text("/start", chat) for chat in chats))
    assert all(len(wired.api.cards(chat)) == 1 for chat in chats)


# ---- kept before it is confirmed


async def test_an_update_is_kept_before_anything_is_painted(wired):
    wired.api.hold("send")
    await wired.text("/start")
    assert await at(wired) == "welcome.language"
    assert wired.api.cards() == {}
    await wired.painter.close()


async def test_a_press_is_answered_at_once(wired):
    await wired.text("/start")
    gate = wired.api.hold("edit")
    await wired.press("English")
    assert len(wired.api.answered) == 1
    gate.set()
    await quiet()


@pytest.mark.parametrize("fault", Fault)
async def test_a_press_that_cannot_be_answered_counts_all_the_same(wired, fault):
    await wired.text("/start")
    wired.api.fail("answer", fault)
    await wired.press("English")
    assert "Hello" in wired.shows().text


async def test_small_calls_that_are_on_their_way_are_waited_for_at_the_end(wired):
    await wired.text("/start")
    gate = wired.api.hold("answer")
    await wired.press("English")
    resting = asyncio.create_task(wired.intake.rest(5))
    await quiet()
    assert not resting.done()
    gate.set()
    await resting
    assert len(wired.api.answered) == 1


async def test_small_calls_that_never_end_are_given_up(wired):
    await wired.text("/start")
    wired.api.hold("answer")
    await wired.press("English")
    await wired.intake.rest(0.01)
    assert wired.api.answered == []
    assert len(wired.intake._beside) == 0


async def test_resting_with_nothing_on_its_way_is_over_at_once(wired):
    await wired.intake.rest(60)


# ---- what cannot be handled


class BrokenError(RuntimeError):
    """What no update should bring about."""


async def test_an_update_that_makes_the_program_fail_is_dropped_and_others_go_on(wired, caplog):
    tries = []

    def keys(person):
        if person == str(HER):
            tries.append(person)
            raise BrokenError(f"Canary {person}")
        return wired.keys(person)

    wired.intake._keys = keys
    await asyncio.gather(wired.text("Canary words", HER), wired.text("/start", ANOTHER))
    assert len(tries) == TRIES
    assert len(wired.api.cards(ANOTHER)) == 1
    assert caplog.messages == ["update-failed BrokenError"] * TRIES + ["update-dropped"]


async def test_a_press_that_makes_the_program_fail_once_counts(wired):
    await wired.text("/start")
    real, failing = wired.keys, [BrokenError()]

    def keys(person):
        if failing:
            raise failing.pop()
        return real(person)

    wired.intake._keys = keys
    await wired.press("English")
    assert "Hello" in wired.shows().text


@pytest.mark.parametrize("update", [None, 5, [], {}, {"update_id": 1}, {"update_id": 2, "x": {}}])
async def test_what_is_no_update_for_us_is_ignored(wired, update):
    await wired.intake.take(update)
    await quiet()
    assert wired.api.calls == []


@pytest.mark.parametrize(
    "text", ["\ud800", "\x00", "🙂" * 5000, "\u202e\u2066", "a\nb", "/", "//"]
)
async def test_no_text_makes_the_program_fail(wired, caplog, text):
    await wired.to_question()
    await wired.text(text)
    assert not [one for one in caplog.messages if "failed" in one]
    assert await at(wired) == "triage.area"


async def test_nothing_she_typed_or_is_called_is_kept_or_logged(wired, caplog):
    caplog.set_level(logging.DEBUG, "linnet")
    await wired.to_question()
    await wired.text("Canary words")
    await wired.take(edited_message=message(1, text="Canary words"))
    kept = repr(await wired.everything()).lower()
    assert "canary" not in kept + caplog.text.lower()


# ---- elsewhere and away


@pytest.mark.parametrize(
    "fields",
    [
        {"message": message(3, text="/start") | {"chat": GROUP}},
        {"edited_message": message(3, text="/start") | {"chat": GROUP}},
        {"channel_post": {"message_id": 3, "chat": {"id": -100, "type": "channel"}, "text": "x"}},
        {
            "my_chat_member": {
                "chat": GROUP,
                "from": person(HER),
                "new_chat_member": {"user": person(1), "status": "member"},
            }
        },
    ],
    ids=["message", "edit", "post", "added"],
)
async def test_a_group_is_left_and_nothing_else_is_done(wired, fields):
    await wired.take(**fields)
    assert [call[:2] for call in wired.api.calls] == [("leave", -100)]
    assert await wired.everything() == []


async def test_a_group_that_cannot_be_left_does_no_harm(wired):
    wired.api.fail("leave", Fault.REFUSED)
    await wired.take(message=message(3, text="/start") | {"chat": GROUP})
    assert wired.api.left == []


def blocked():
    change = {"user": person(1), "status": "kicked"}
    return {"chat": private(HER), "from": person(HER), "new_chat_member": change}


@pytest.mark.parametrize("days", [0, 1])
async def test_who_blocks_the_bot_is_forgotten_also_under_the_key_of_yesterday(wired, days):
    await wired.to_services()
    wired.day += days
    await wired.take(my_chat_member=blocked())
    assert await wired.everything() == []


async def test_blocking_makes_no_call(wired):
    await wired.to_services()
    wired.api.calls.clear()
    await wired.take(my_chat_member=blocked())
    assert wired.api.calls == []


async def test_who_blocks_the_bot_waits_for_the_act_before(wired):
    await wired.text("/start")
    data = data_of(wired.shows())["English"]
    update = {"update_id": 9001, "callback_query": press(max(wired.api.cards()), data=data)}
    gone = {"update_id": 9002, "my_chat_member": blocked()}
    await asyncio.gather(wired.intake.take(update), wired.intake.take(gone))
    await quiet()
    assert await wired.everything() == []


# ---- what stands in the chat beside the card


LITTER = {
    "photo": {"photo": [{"file_id": "a"}]},
    "voice": {"voice": {"file_id": "a"}},
    "sticker": {"sticker": {"file_id": "a"}},
    "contact": {"contact": {"phone_number": "+441214960000"}},
    "location": {"location": {"latitude": 52.4, "longitude": -1.9}},
    "forwarded": {"text": "1", "forward_origin": {"type": "hidden_user"}},
}


@pytest.mark.parametrize("more", LITTER.values(), ids=LITTER)
async def test_what_means_nothing_is_deleted_and_changes_nothing(wired, more):
    await wired.to_question()
    before = wired.shows()
    await wired.take(message=message(wired.api.wrote(), **more))
    assert messages_of_hers(wired) == []
    assert wired.shows() == before


@pytest.mark.parametrize("more", LITTER.values(), ids=LITTER)
async def test_without_a_talk_what_means_nothing_is_deleted_and_not_answered(wired, more):
    await wired.take(message=message(wired.api.wrote(), **more))
    assert wired.api.chats[HER] == {}
    assert wired.api.made("send") == []


@pytest.mark.parametrize("words", ["Birmingham", "xyzzy", "/language", "/nonsense", "help", "1"])
async def test_every_text_of_hers_is_deleted(wired, words):
    await wired.to_question()
    await wired.text(words)
    assert messages_of_hers(wired) == []


@pytest.mark.parametrize("words", ["/start", "xyzzy", "help", "leave", "/leave", "/language"])
async def test_every_text_of_hers_is_deleted_where_no_talk_stands(wired, words):
    await wired.text(words)
    assert messages_of_hers(wired) == []


@pytest.mark.parametrize("words", ["xyzzy", "help", "leave", "/leave", "/language", "/start"])
async def test_every_text_of_hers_is_deleted_when_the_time_is_over(wired, words):
    await wired.to_services()
    await wired.clock.move(IDLE)
    await wired.text(words)
    assert messages_of_hers(wired) == []


async def test_a_picture_is_deleted_when_the_time_is_over(wired):
    await wired.to_services()
    await wired.clock.move(IDLE)
    await wired.take(message=message(wired.api.wrote(), photo=[]))
    assert messages_of_hers(wired) == []


async def test_of_two_texts_at_once_both_are_deleted(wired):
    await asyncio.gather(wired.text("leave"), wired.text("/start"))
    assert messages_of_hers(wired) == []


async def test_a_picture_is_deleted_though_she_deleted_the_card(wired):
    card = await wired.to_question()
    del wired.api.chats[HER][card]
    await wired.take(message=message(wired.api.wrote(), photo=[]))
    assert wired.api.chats[HER] == {}


async def test_a_text_of_hers_is_deleted_though_its_card_never_comes(wired):
    wired.api.hold("send")
    wired.store.fail("load")
    await wired.text("/language")
    await wired.painter.close()
    assert messages_of_hers(wired) == []


async def test_every_text_of_hers_is_deleted_when_the_store_is_away(wired):
    await wired.to_question()
    wired.store.fail("load")
    await wired.text("Birmingham")
    assert messages_of_hers(wired) == []


async def test_a_flood_of_messages_is_deleted_as_far_as_it_is_known(wired):
    await wired.to_question()
    gate = wired.api.hold("delete")
    for _ in range(MOST_LITTER * 2):
        await wired.text("xyzzy")
    gate.set()
    await quiet()
    await wired.clock.move(3)
    await wired.tending.tend()
    await quiet()
    assert messages_of_hers(wired) == []


async def test_after_a_flood_a_start_still_takes_the_old_card_away(wired):
    card = await wired.to_services()
    wired.api.fail("edit", *[Fault.UNREACHABLE] * 2)
    for _ in range(MOST_LITTER + 5):
        await wired.text("xyzzy")
    await wired.text("/start")
    await wired.clock.move(60)
    assert card not in wired.api.cards()
    assert len(wired.api.cards()) == 1


# ---- commands


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("/start", "welcome.language"),
        ("/start@quiet_notes_bot", "welcome.language"),
        ("/start  ", "welcome.language"),
        ("/start l-ur", "welcome.safe"),
        ("/start l-xx", "welcome.language"),
        ("/start Canary", "welcome.language"),
        ("/language", "language.choose"),
        ("/privacy", "keeps.page"),
        ("/help", "urgent.now"),
        ("/urgent", "urgent.now"),
        ("/help me please", "urgent.now"),
        ("/leave", None),
        ("/stop", None),
        ("/nonsense", "triage.area"),
        ("/LEAVE", None),
        ("/leave_now", "triage.area"),
        ("leave", None),
        ("help", "urgent.now"),
    ],
)
async def test_a_command_does_what_it_says(wired, words, step):
    await wired.to_question()
    await wired.text(words)
    assert await at(wired) == step


@pytest.mark.parametrize("words", ["/help", "/urgent", "help", "999"])
async def test_help_comes_as_the_very_first_act_too(wired, words):
    await wired.text(words)
    assert await at(wired) == "urgent.now"
    assert "Ring 999" in wired.shows().text


@pytest.mark.parametrize("words", ["/leave", "/stop", "leave"])
async def test_leaving_where_no_talk_stands_leaves_an_empty_chat(wired, words):
    await wired.text(words)
    assert wired.api.chats[HER] == {}


async def test_a_start_in_a_talk_brings_a_new_card_at_the_end_of_the_chat(wired):
    card = await wired.to_services()
    await wired.text("/start")
    assert card not in wired.api.cards()
    assert len(wired.api.cards()) == 1
    assert "Which language" in wired.shows().text


async def test_a_link_gives_language_and_council(wired):
    await wired.text("/start l-pl_c-birmingham_k-3fQz9x")
    session = await wired.kept()
    assert session.language == "pl"
    assert ("triage.area", "birmingham") in session.pending


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


# ---- edits of hers, and what is hidden


async def test_an_edited_message_is_no_answer(wired):
    await wired.to_question()
    await wired.take(edited_message=message(1, text="Birmingham"))
    assert await at(wired) == "triage.area"


async def test_an_edited_message_is_deleted(wired):
    await wired.to_question()
    number = wired.api.wrote()
    await wired.take(edited_message=message(number, text="Birmingham"))
    assert messages_of_hers(wired) == []


async def test_a_text_does_not_open_what_is_hidden(wired):
    await wired.to_question()
    await wired.press("Hide")
    await wired.text("Birmingham")
    assert wired.shows().text == HIDDEN
    assert messages_of_hers(wired) == []


async def test_only_the_start_of_a_talk_takes_a_new_nonce(wired):
    await wired.text("/start")
    first = (await wired.kept()).nonce
    await wired.press("English")
    assert (await wired.kept()).nonce == first
    await wired.text("/start")
    assert (await wired.kept()).nonce != first


async def test_a_card_that_is_begun_by_a_press_has_buttons_of_the_new_talk(wired):
    await old_card(wired)
    await wired.press("Birmingham")
    await wired.press("Open")
    data = data_of(wired.shows())["English"]
    assert data.startswith((await wired.kept()).nonce)
    await wired.press("English")
    assert await at(wired) == "welcome.safe"


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

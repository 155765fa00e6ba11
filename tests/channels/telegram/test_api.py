"""The Bot API over HTTP: how cards are sent, edited and deleted, and what is asked beside."""

from tests.channels.telegram.api_calls import CANARY, DRAWN, FULL, last, told
from tests.channels.telegram.fakes import HER
from tests.telegram.fakeapi.faults import Fault as Trouble


async def test_a_card_is_sent_silently_and_without_previews(fake, api, her):
    await api.send(HER, FULL)
    sent = last(fake)
    assert sent.method == "sendMessage"
    assert told(sent) == {
        "chat_id": str(HER),
        "text": FULL.text,
        "disable_notification": "true",
        "link_preview_options": {"is_disabled": True},
        "entities": FULL.entities,
        "reply_markup": {"inline_keyboard": FULL.keyboard},
    }


async def test_a_card_is_edited_with_the_same_words_and_buttons(fake, api, her):
    number = await api.send(HER, DRAWN)
    await api.edit(HER, number, FULL)
    edited = last(fake)
    assert edited.method == "editMessageText"
    assert told(edited) == {
        "chat_id": str(HER),
        "message_id": str(number),
        "text": FULL.text,
        "link_preview_options": {"is_disabled": True},
        "entities": FULL.entities,
        "reply_markup": {"inline_keyboard": FULL.keyboard},
    }


async def test_a_card_without_marks_and_buttons_sends_neither(fake, api, her):
    await api.send(HER, DRAWN)
    assert not {"entities", "reply_markup"} & last(fake).params.keys()


async def test_editing_takes_the_buttons_away(api, her):
    await api.edit(HER, await api.send(HER, FULL), DRAWN)
    assert her.card.markup == []


async def test_everything_asked_of_telegram_keeps_its_promises(fake, api, her):
    number = await api.send(HER, FULL)
    await api.answer(await her.press(number, "First"))
    await api.edit(HER, number, DRAWN)
    await api.delete(HER, [number])
    await api.updates(None, 0)
    assert fake.chats.violations == []
    assert fake.chats.silent_all()


async def test_sending_gives_the_number_of_the_message(api, her):
    assert await api.send(HER, DRAWN) == her.card.id


async def test_answering_a_press_shows_no_words(fake, api, her):
    query = await her.press_data(await api.send(HER, FULL), "x")
    await api.answer(query)
    assert last(fake).params == {"callback_query_id": query}
    assert her.toasts == []


async def test_a_group_is_left_without_a_word(fake, api):
    group = fake.group_update("group_message")["message"]["chat"]["id"]
    await api.leave(group)
    assert fake.chats.rooms[group].left
    assert [call.method for call in fake.calls] == ["leaveChat"]


async def test_many_messages_are_deleted_in_hundreds(fake, api, her):
    await api.delete(HER, range(1, 251))
    asked = [call.params["message_ids"] for call in fake.calls]
    assert asked == [list(range(1, 101)), list(range(101, 201)), list(range(201, 251))]


async def test_deleting_nothing_asks_nothing(fake, api):
    await api.delete(HER, [])
    assert fake.calls == []


async def test_messages_that_are_not_there_are_passed_over(api, her):
    number = await api.send(HER, DRAWN)
    await api.delete(HER, [number, number + 1, number + 999])
    assert her.card is None


async def test_a_card_that_looks_as_it_should_is_fine(fake, api, her):
    number = await api.send(HER, FULL)
    await api.edit(HER, number, FULL)
    assert last(fake).status == 400  # Telegram said no, because nothing was to be done
    assert her.card.edits == 0


async def test_an_edit_that_was_made_needs_no_readable_answer(fake, api, her):
    number = await api.send(HER, FULL)
    fake.faults.next("editMessageText", Trouble("garbled"))
    await api.edit(HER, number, DRAWN)
    assert her.card.text == CANARY

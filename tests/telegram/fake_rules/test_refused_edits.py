"""The fake refuses the edits, deletions and answers that the real server refuses."""

import pytest

from tests.telegram.fake_rules.given import HER, buttons
from tests.telegram.fakeapi import rules


@pytest.mark.parametrize(
    ("method", "params", "refusal"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 404, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "words", "text": "x"}, "chat not found"),
        ("editMessageText", {"chat_id": HER, "text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"chat_id": HER, "message_id": 99, "text": "x"}, "message to edit not found"),
        ("editMessageText", {"chat_id": HER, "message_id": 1, "text": "x"}, "message can't be edited"),
        ("editMessageText", {"chat_id": HER, "message_id": 2, "text": ""}, "message text is empty"),
        ("editMessageReplyMarkup", {"chat_id": HER, "message_id": 99}, "message to edit not found"),
        ("editMessageReplyMarkup", {"chat_id": HER, "message_id": 2, "reply_markup": buttons(callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
        ("deleteMessage", {"chat_id": HER, "message_id": 99}, "message to delete not found"),
        ("deleteMessage", {"chat_id": HER}, "message to delete not found"),
        ("deleteMessages", {"chat_id": HER}, "message identifiers are not specified"),
        ("deleteMessages", {"chat_id": HER, "message_ids": []}, "message identifiers are not specified"),
        ("deleteMessages", {"chat_id": HER, "message_ids": 7}, "expected an Array of message identifiers"),
        ("deleteMessages", {"chat_id": HER, "message_ids": [0]}, "invalid message identifier specified"),
        ("deleteMessages", {"chat_id": HER, "message_ids": list(range(1, 102))}, "too many message identifiers specified"),
        ("answerCallbackQuery", {"callback_query_id": "7"}, rules.QUERY_TOO_OLD),
        ("answerCallbackQuery", {}, rules.QUERY_TOO_OLD),
        ("sendChatAction", {"chat_id": HER}, "wrong parameter action in request"),
        ("getChat", {"chat_id": 404}, "chat not found"),
        ("getChatMember", {"chat_id": HER, "user_id": 404}, "invalid user_id specified"),
        ("leaveChat", {"chat_id": HER}, "chat member status can't be changed in private chats"),
    ],
)  # fmt: skip
async def test_a_bad_call_is_refused_in_the_servers_words(method, params, refusal, call, card):
    said = await call(method, **params)
    assert said == {"ok": False, "error_code": 400, "description": f"Bad Request: {refusal}"}


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("editMessageText", {"text": "Hello", "reply_markup": buttons(text="Yes", callback_data="y")}),
        ("editMessageText", {"text": " Hello\n", "reply_markup": buttons(text="Yes", callback_data="y")}),
        ("editMessageReplyMarkup", {"reply_markup": buttons(text="Yes", callback_data="y")}),
    ],
)  # fmt: skip
async def test_an_edit_that_changes_nothing_is_refused(method, params, call, card):
    said = await call(method, chat_id=HER, message_id=card, **params)
    assert said["description"] == f"Bad Request: {rules.NOT_MODIFIED}"


async def test_an_edit_without_a_keyboard_takes_the_keyboard_away(call, her, card):
    assert (await call("editMessageText", chat_id=HER, message_id=card, text="Hello"))["ok"]
    assert her.card.keyboard == []


async def test_the_keyboard_alone_can_be_changed(call, her, card):
    new = buttons(callback_data="z")
    await call("editMessageReplyMarkup", chat_id=HER, message_id=card, reply_markup=new)
    assert (her.card.text, her.card.keyboard) == ("Hello", [[("Label", "z")]])


async def test_a_message_that_she_deleted_cannot_be_edited(call, her, card):
    await her.delete(card)
    said = await call("editMessageText", chat_id=HER, message_id=card, text="x")
    assert said["description"] == "Bad Request: message to edit not found"


async def test_a_message_of_another_chat_cannot_be_touched(fake, call, card):
    await fake.person(2).start()
    said = await call("deleteMessage", chat_id=2, message_id=card)
    assert said["description"] == "Bad Request: message to delete not found"
    assert (await call("deleteMessages", chat_id=2, message_ids=[card]))["ok"]
    assert fake.person(HER).card.id == card


async def test_a_cleared_chat_is_empty_for_both(call, her, card):
    await her.clear()
    assert her.visible == []
    said = await call("deleteMessage", chat_id=HER, message_id=card)
    assert said["description"] == "Bad Request: message to delete not found"


@pytest.mark.parametrize(
    ("method", "name"), [("deleteMessage", "message_id"), ("deleteMessages", "message_ids")]
)
async def test_a_message_older_than_48_hours_cannot_be_deleted(method, name, fake, call, card):
    fake.chats.age(card, 48.1)
    said = await call(method, chat_id=HER, **{name: [card] if name[-1] == "s" else card})
    assert said["description"] == "Bad Request: message can't be deleted for everyone"
    assert (await call("editMessageText", chat_id=HER, message_id=card, text="-"))["ok"]


async def test_one_message_is_deleted_and_only_once(call, her, card):
    assert (await call("deleteMessage", chat_id=HER, message_id=card))["ok"]
    assert her.card is None
    said = await call("deleteMessage", chat_id=HER, message_id=card)
    assert said["description"] == "Bad Request: message to delete not found"


async def test_her_own_messages_can_be_deleted_by_the_bot(call, her):
    assert (await call("deleteMessages", chat_id=HER, message_ids=her.chat.ids))["ok"]
    assert her.visible == []


async def test_the_bot_cannot_be_the_first_to_write(fake, call):
    fake.person(HER)
    said = await call("sendMessage", chat_id=HER, text="x")
    assert said["description"] == "Bad Request: chat not found"


async def test_unknown_ids_are_skipped_when_many_are_deleted(call, her, card):
    assert (await call("deleteMessages", chat_id=HER, message_ids=[card, 98, 99]))["ok"]
    assert her.card is None


async def test_a_press_is_answered_once(fake, call, her, card):
    query = await her.press(card, "y")
    assert (await call("answerCallbackQuery", callback_query_id=query, text="Done"))["ok"]
    assert her.toasts == ["Done"]
    said = await call("answerCallbackQuery", callback_query_id=query)
    assert said["description"] == f"Bad Request: {rules.QUERY_TOO_OLD}"


async def test_a_press_is_answered_in_time_or_not_at_all(fake, call, her, card):
    query = await her.press(card, "y")
    fake.account.answer_seconds = 0.0
    said = await call("answerCallbackQuery", callback_query_id=query)
    assert said["description"] == f"Bad Request: {rules.QUERY_TOO_OLD}"


async def test_an_answer_to_a_press_is_short(call, her, card):
    query = await her.press(card, "y")
    said = await call("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert said["description"] == "Bad Request: MESSAGE_TOO_LONG"


async def test_only_buttons_that_are_there_can_be_pressed_unless_told_so(fake, her, card):
    with pytest.raises(LookupError):
        await her.press(card, "No")
    assert await her.press_data(card, "No")
    assert fake.unconfirmed[-1]["callback_query"]["data"] == "No"


async def test_a_press_on_a_message_that_is_gone_says_only_where_it_was(fake, bot, her, card):
    await her.delete(card)
    await her.press_data(card, "y")
    message = (await bot.get_updates())[-1].callback_query.message
    assert (message.is_accessible, message.message_id) == (False, card)

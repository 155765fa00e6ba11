"""The fake of the Bot API keeps the real server's rules."""

import asyncio
import itertools
import time

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot, BotCommand, CopyTextButton, LinkPreviewOptions
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup as Keyboard
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from tests.telegram.fakeapi import rules, strangers
from tests.telegram.fakeapi.faults import AFTER, BEFORE, EVERY_KIND, Fault, Faults
from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.fakeapi.updates import chat_of

HER = 501
SECRET = "canary-_"  # noqa: S105 # opens nothing
QUIETLY = {"disable_notification": True, "link_preview_options": {"is_disabled": True}}


@pytest.fixture
async def fake():
    async with FakeTelegram(poll_seconds=1, retry_pace=0.01) as running:
        yield running


@pytest.fixture
async def bot(fake):
    async with Bot(fake.token, base_url=fake.base) as one:
        yield one


@pytest.fixture
async def line():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def call(fake, line):
    """Call a method by JSON: the whole answer, or with `status=True` the HTTP status too."""

    async def calling(method, **params):
        async with line.post(f"{fake.base}{fake.token}/{method}", json=params) as answer:
            said = await answer.json()
            assert answer.status == said.get("error_code", 200)
            return said

    return calling


@pytest.fixture
async def her(fake):
    person = fake.person(HER)
    await person.start()
    return person


@pytest.fixture
async def card(call, her):
    """The id of a message of the bot with one button."""
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    said = await call("sendMessage", chat_id=HER, text="Hello", reply_markup=keyboard, **QUIETLY)
    return said["result"]["message_id"]


def buttons(**button):
    return {"inline_keyboard": [[{"text": "Label"} | button]]}


# ---- a talk, by the library that bots use


async def test_the_library_finds_all_that_it_wants_to_know_of_a_bot(fake, bot):
    me = bot.bot
    assert (me.username, me.can_join_groups, me.supports_inline_queries) == (
        "quiet_notes_bot", False, False,
    )  # fmt: skip
    assert me.can_read_all_group_messages is False
    assert me.has_main_web_app is False


async def test_a_start_comes_with_its_payload_and_marked_as_a_command(fake, bot):
    await fake.person(HER).start("leaflet")
    (update,) = await bot.get_updates()
    assert update.message.text == "/start leaflet"
    assert [(e.type, e.offset, e.length) for e in update.message.entities] == [
        ("bot_command", 0, 6)
    ]
    assert (update.effective_user.language_code, update.effective_chat.type) == ("en", "private")


async def test_a_card_is_sent_pressed_edited_and_deleted(fake, bot, her):
    keyboard = Keyboard([[Button("Yes", callback_data="y"), Button("No", callback_data="n")]])
    off = LinkPreviewOptions(is_disabled=True)
    sent = await bot.send_message(
        HER, "Hello", reply_markup=keyboard, disable_notification=True, link_preview_options=off
    )
    assert her.card.keyboard == [[("Yes", "y"), ("No", "n")]]
    await her.press(sent.message_id, "No")
    query = (await bot.get_updates())[-1].callback_query
    assert (query.data, query.message.message_id) == ("n", sent.message_id)
    await query.answer()
    await query.edit_message_text("Bye", link_preview_options=off)
    assert (her.card.text, her.card.edits, her.card.silent) == ("Bye", 1, True)
    await bot.delete_messages(HER, [message.id for message in her.visible])
    assert her.visible == []
    assert fake.chats.violations == []


async def test_her_screen_shows_copied_texts_and_addresses(fake, bot, her):
    keyboard = Keyboard(
        [
            [Button("Copy", copy_text=CopyTextButton("01214960000"))],
            [Button("Page", url="https://a.org")],
        ]
    )
    sent = await bot.send_message(HER, "Hello", reply_markup=keyboard)
    assert her.card.labels == ["Copy", "Page"]
    assert [await her.press(sent.message_id, label) for label in her.card.labels] == ["", ""]
    assert (her.copied, her.opened) == ("01214960000", "https://a.org")
    assert len(fake.unconfirmed) == 1


@pytest.mark.parametrize(
    "act", ["photo", "voice", "sticker", "contact", "location", "document"]
)  # fmt: skip
async def test_the_library_reads_everything_that_she_can_send(act, fake, bot):
    id = await getattr(fake.person(HER), act)()
    (update,) = await bot.get_updates()
    assert getattr(update.message, act)
    assert update.message.message_id == id


async def test_the_library_reads_forwarded_and_edited_texts(fake, bot, her):
    await her.forwarded("Of somebody")
    await her.edit(her.visible[0].id, "/start again")
    _, forwarded, edited = await bot.get_updates()
    assert forwarded.message.forward_origin.sender_user_name == "Canary Origin"
    assert edited.edited_message.text == "/start again"


@pytest.mark.parametrize("kind", strangers.KINDS)
async def test_the_library_reads_what_comes_from_outside_private_chats(kind, fake, bot):
    id = fake.deliver(fake.group_update(kind))
    (update,) = await bot.get_updates()
    assert update.update_id == id


async def test_ids_of_messages_are_one_sequence_over_all_chats(fake, call):
    first = await fake.person(1).start()
    second = await fake.person(2).start()
    said = await call("sendMessage", chat_id=1, text="Hello")
    assert (second, said["result"]["message_id"]) == (first + 1, first + 2)


async def test_a_person_is_the_same_one_every_time(fake):
    assert fake.person(HER) is fake.person(HER)


# ---- the library's errors


async def test_a_wrong_token_is_refused(fake):
    other = Bot("123456789:AAnother", base_url=fake.base)
    with pytest.raises(InvalidToken):
        await other.initialize()
    await other.shutdown()


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")  # in its own error
async def test_flood_control_says_how_long_to_wait(fake, bot, her):
    fake.faults.next("sendMessage", Fault("too_many", retry_after=3))
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(HER, "Hello")
    assert caught.value._retry_after.total_seconds() == 3


async def test_blocking_the_bot_shows_in_both_directions(fake, bot, her):
    await her.block()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(HER, "Hello")
    change = (await bot.get_updates())[-1].my_chat_member
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")
    await her.unblock()
    assert await bot.send_message(HER, "Hello")


async def test_the_library_sees_an_unchanged_edit_as_a_bad_request(bot, her):
    sent = await bot.send_message(HER, "Hello")
    with pytest.raises(BadRequest, match="not modified"):
        await sent.edit_text("Hello")


@pytest.mark.parametrize("kind", ["hang_before", "hang_after"])
async def test_the_library_times_out_when_nothing_comes(kind, fake, bot, her):
    fake.faults.next("sendMessage", Fault(kind))
    with pytest.raises(TimedOut):
        await bot.send_message(HER, "Hello", read_timeout=0.3)
    assert fake.chats.sends(HER) == (1 if kind == "hang_after" else 0)


@pytest.mark.parametrize("kind", ["reset_before", "reset_after"])
async def test_the_library_calls_a_broken_connection_a_network_error(kind, fake, bot, her):
    fake.faults.next("sendMessage", Fault(kind))
    with pytest.raises(NetworkError):
        await bot.send_message(HER, "Hello")
    assert fake.chats.sends(HER) == (1 if kind == "reset_after" else 0)


@pytest.mark.parametrize("kind", ["server_error", "bad_gateway"])
async def test_the_library_calls_a_broken_server_a_network_error(kind, fake, bot, her):
    fake.faults.next("sendMessage", Fault(kind))
    with pytest.raises(NetworkError):
        await bot.send_message(HER, "Hello")
    assert fake.chats.sends(HER) == 0


async def test_of_two_pollers_the_first_is_ended(bot, call):
    waiting = asyncio.create_task(bot.get_updates(timeout=1))
    await asyncio.sleep(0.05)
    assert (await call("getUpdates"))["result"] == []
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await waiting


# ---- refused texts, keyboards and entities


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": " \n\u200b "}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 4097}, "message is too long"),
        ({"text": "x" * 40_000}, "message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"text": "a <3", "parse_mode": "HTML"}, "can't parse entities: Unclosed start tag"),
        ({"text": "<x>a</x>", "parse_mode": "HTML"}, 'can\'t parse entities: Unsupported start tag "x"'),
        ({"text": "a</b>", "parse_mode": "HTML"}, "can't parse entities: Unexpected end tag"),
        ({"text": "<b>a</i>", "parse_mode": "HTML"}, "can't parse entities: Unmatched end tag"),
        ({"text": "a.b", "parse_mode": "MarkdownV2"}, "can't parse entities: Character '.' is reserved"),
        ({"text": "*a", "parse_mode": "MarkdownV2"}, "can't parse entities: Can't find end of Bold entity"),
        ({"text": "_a", "parse_mode": "Markdown"}, "can't parse entities: Can't find end of the entity"),
        ({"text": "a", "parse_mode": "Word"}, "unsupported parse_mode"),
        ({"text": "a", "entities": 3}, "expected an Array of MessageEntity"),
        ({"text": "a", "entities": "["}, "can't parse entities: Can't parse JSON object"),
        ({"text": "a", "entities": [3]}, "can't parse MessageEntity: expected an Object"),
        ({"text": "a", "entities": [{"type": "bold"}]}, 'can\'t parse MessageEntity: Field "offset"'),
        (
            {"text": "a", "entities": [{"type": "loud", "offset": 0, "length": 1}]},
            "can't parse MessageEntity: Unsupported type",
        ),
        (
            {"text": "a", "entities": [{"type": "bold", "offset": 1, "length": 1}]},
            "entity begins after the end of the text at UTF-16 offset 1",
        ),
        (
            {"text": "a😀", "entities": [{"type": "bold", "offset": 1, "length": 3}]},
            "entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 4",
        ),
    ],
)  # fmt: skip
async def test_a_bad_text_is_refused(params, refusal, fake, call, her):
    said = await call("sendMessage", chat_id=HER, **params)
    assert (said["ok"], said["error_code"]) == (False, 400)
    assert said["description"].startswith(f"Bad Request: {refusal}")
    assert fake.chats.sends(HER) == 0


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (buttons(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (buttons(callback_data="ж" * 33), "BUTTON_DATA_INVALID"),
        (buttons(), "text buttons are unallowed in the inline keyboard"),
        (buttons(callback_data=""), "text buttons are unallowed in the inline keyboard"),
        (buttons(callback_data="a", url="https://a.org"), "text buttons are unallowed"),
        (buttons(copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        (buttons(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (buttons(copy_text="x"), "BUTTON_COPY_TEXT_INVALID"),
        (
            buttons(url="tel:+441214960000"),
            "inline keyboard button URL 'tel:+441214960000' is invalid: Wrong port number specified in the URL",
        ),
        (buttons(url="sms:999"), "inline keyboard button URL 'sms:999' is invalid: Wrong HTTP URL"),
        (buttons(url="https://localhost/x"), "inline keyboard button URL 'https://localhost/x' is invalid: Wrong HTTP URL"),
        (buttons(url="ftp://a.org"), "inline keyboard button URL 'ftp://a.org' is invalid: Unsupported URL protocol"),
        (buttons(url="https://"), "inline keyboard button URL 'https://' is invalid: URL host is empty"),
        ({"inline_keyboard": [["x"]]}, "InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": [[{"callback_data": "x"}]]}, 'field "text" must be of type String'),
        ({"inline_keyboard": ["x"]}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "b"}]] * 101}, "reply markup is too long"),
        ("{", "can't parse reply keyboard markup JSON object"),
        ([1], "object expected as reply markup"),
    ],
)  # fmt: skip
async def test_a_bad_keyboard_is_refused(markup, refusal, fake, call, her):
    said = await call("sendMessage", chat_id=HER, text="Hello", reply_markup=markup)
    assert said["error_code"] == 400
    assert said["description"].startswith(f"Bad Request: {refusal}")


@pytest.mark.parametrize(
    "params",
    [
        {"text": "x" * 4096},
        {"text": "😀" * 4096},
        {"text": "x", "reply_markup": buttons(callback_data="x" * 64)},
        {"text": "x", "reply_markup": buttons(copy_text={"text": "x" * 256})},
        {"text": "x", "reply_markup": buttons(url="https://a.org/b?c=d")},
        {"text": "x", "reply_markup": buttons(url="tg://user?id=1")},
        {"text": "a😀", "entities": [{"type": "bold", "offset": 1, "length": 2}]},
        {"text": "x", "a_word_nobody_knows": 1},
    ],
)
async def test_what_just_fits_is_taken(params, call, her):
    assert (await call("sendMessage", chat_id=HER, **params))["ok"]


@pytest.mark.parametrize(
    ("text", "mode", "plain"),
    [
        ("<b>A &amp; B</b>", "HTML", "A & B"),
        ("*A* \\& B\\.", "MarkdownV2", "A & B."),
        ("_A & B_", "Markdown", "A & B"),
    ],
)
async def test_a_good_parse_mode_becomes_entities(text, mode, plain, call, her):
    said = await call("sendMessage", chat_id=HER, text=text, parse_mode=mode)
    assert said["result"]["text"] == plain
    assert said["result"]["entities"][0]["offset"] == 0


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (" \n Hello \n", "Hello"),
        ("a\tb\x00c", "a b c"),
        ("a\r\nb", "a\nb"),
        ("a\u202eb", "ab"),
        ("a\u2068b\u2069", "a\u2068b\u2069"),
    ],
)
async def test_a_text_is_kept_as_the_server_cleans_it(raw, kept, call, her):
    assert (await call("sendMessage", chat_id=HER, text=raw))["result"]["text"] == kept


# ---- refused edits, deletions and answers


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


# ---- the envelope


async def test_a_method_is_found_whatever_its_capital_letters(call, her):
    assert (await call("SENDmessage", chat_id=HER, text="x"))["ok"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("bot{token}/sendTelepathy", 404, "Not Found"),
        ("bot{token}", 404, "Not Found"),
        ("bot{token}/a/b", 404, "Not Found"),
        ("", 404, "Not Found"),
        ("botnonsense/getMe", 404, "Not Found"),
        ("bot123456789:AAwrong/getMe", 401, "Unauthorized"),
    ],
)
async def test_a_wrong_address_is_refused(path, status, words, fake, line):
    url = fake.base.removesuffix("bot") + path.format(token=fake.token)
    async with line.get(url) as answer:
        assert answer.status == status
        assert await answer.json() == {"ok": False, "error_code": status, "description": words}


@pytest.mark.parametrize("shape", ["json", "data", "params", "multipart"])
async def test_parameters_come_in_every_shape(shape, fake, line, her):
    markup = '{"inline_keyboard":[[{"text":"Yes","callback_data":"y"}]]}'
    given = {"chat_id": str(HER), "text": "Hello", "reply_markup": markup}
    if shape == "multipart":
        form = aiohttp.FormData(default_to_multipart=True)
        form.add_fields(*given.items())
        sent = {"data": form}
    else:
        sent = {shape: given}
    async with line.post(f"{fake.base}{fake.token}/sendMessage", **sent) as answer:
        assert (await answer.json())["ok"]
    assert her.card.keyboard == [[("Yes", "y")]]
    assert fake.calls[-1].params["reply_markup"]["inline_keyboard"][0][0]["text"] == "Yes"


async def test_a_get_is_a_call_too(fake, line):
    async with line.get(f"{fake.base}{fake.token}/getMe") as answer:
        assert (await answer.json())["result"]["id"] == fake.account.id


async def test_a_broken_body_is_refused(fake, line):
    headers = {"Content-Type": "application/json"}
    url = f"{fake.base}{fake.token}/getMe"
    async with line.post(url, data=b"{", headers=headers) as answer:
        assert answer.status == 400


async def test_every_call_is_kept_in_order_with_its_answer(fake, call, her):
    await call("sendMessage", chat_id=HER, text="x")
    await call("deleteMessage", chat_id=HER, message_id=99)
    kept = [(one.method, one.status, one.chat) for one in fake.calls]
    assert kept == [("sendMessage", 200, HER), ("deleteMessage", 400, HER)]


async def test_the_calls_that_are_kept_can_be_few(line):
    async with FakeTelegram(keep_calls=2) as fake:
        for _ in range(3):
            async with line.get(f"{fake.base}{fake.token}/getMe"):
                pass
        assert len(fake.calls) == 2


async def test_it_listens_on_this_machine_only(fake):
    assert [address[0] for address in fake._runner.addresses] == ["127.0.0.1"]


# ---- the bot's own page


async def test_commands_are_kept_by_scope_and_language(bot):
    await bot.set_my_commands([BotCommand("start", "Begin")])
    await bot.set_my_commands([("hide", "Ukryj")], language_code="pl")
    assert [c.command for c in await bot.get_my_commands()] == ["start"]
    assert [c.command for c in await bot.get_my_commands(language_code="pl")] == ["hide"]
    assert await bot.get_my_commands(scope={"type": "all_group_chats"}) == ()
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()


@pytest.mark.parametrize(
    ("method", "name", "limit", "refusal"),
    [
        ("Name", "name", 64, "bot name is too long"),
        ("ShortDescription", "short_description", 120, "bot short description is too long"),
        ("Description", "description", 512, "bot description is too long"),
    ],
)
async def test_the_texts_of_the_page_have_their_length(method, name, limit, refusal, call):
    assert (await call(f"setMy{method}", **{name: "x" * limit}))["ok"]
    assert (await call(f"getMy{method}"))["result"] == {name: "x" * limit}
    said = await call(f"setMy{method}", **{name: "x" * (limit + 1)})
    assert said["description"] == f"Bad Request: {refusal}"


async def test_a_page_without_its_own_language_shows_the_text_for_all(call):
    await call("setMyDescription", description="Notes")
    await call("setMyDescription", description="Notatki", language_code="pl")
    said = [await call("getMyDescription", language_code=code) for code in ("pl", "fa")]
    assert [one["result"]["description"] for one in said] == ["Notatki", "Notes"]


@pytest.mark.parametrize("method", ["setMyCommands", "setMyName", "getMyDescription"])
@pytest.mark.parametrize("code", ["pa-Arab", "zh-hans", "EN", "eng", "e"])
async def test_a_language_is_two_letters(method, code, call):
    said = await call(method, language_code=code, commands=[])
    assert said["description"] == "Bad Request: invalid language code specified"


@pytest.mark.parametrize(
    ("command", "description", "refusal"),
    [
        ("", "x", "command must be non-empty"),
        ("a" * 33, "x", "command length must not exceed 32"),
        ("Start", "x", "BOT_COMMAND_INVALID"),
        ("a-b", "x", "BOT_COMMAND_INVALID"),
        ("a", " ", "command description must be non-empty"),
        ("a", "x" * 257, "command description length must not exceed 256"),
    ],
)
async def test_a_bad_command_is_refused(command, description, refusal, call):
    commands = [{"command": command, "description": description}]
    said = await call("setMyCommands", commands=commands)
    assert said["description"] == f"Bad Request: {refusal}"


@pytest.mark.parametrize(
    ("commands", "refusal"),
    [
        ("x", "can't parse commands JSON object"),
        (None, "expected an Array of BotCommand"),
        ([{"command": "a", "description": "b"}] * 101, "too many commands specified"),
        (["a"], "expected an Object"),
    ],
)
async def test_a_bad_list_of_commands_is_refused(commands, refusal, call):
    said = await call("setMyCommands", commands=commands)
    assert said["description"] == f"Bad Request: {refusal}"


async def test_the_library_reads_chats_and_members(fake, bot, her):
    assert (await bot.get_chat(HER)).first_name == "Canary"
    assert (await bot.get_chat_member(HER, HER)).status == "member"
    assert (await bot.get_chat_member(HER, fake.account.id)).user.is_bot


async def test_a_group_that_was_left_is_closed(fake, bot):
    fake.deliver(fake.group_update("added_to_group"))
    assert await bot.leave_chat(strangers.GROUP)
    with pytest.raises(Forbidden):
        await bot.send_message(strangers.GROUP, "x")


async def test_typing_can_be_shown(bot, her):
    assert await bot.send_chat_action(HER, "typing")


# ---- polling


async def test_updates_stay_until_a_higher_offset_confirms_them(fake, call, her):
    await her.send("two")
    first, second = (await call("getUpdates"))["result"]
    assert (await call("getUpdates"))["result"] == [first, second]
    assert (await call("getUpdates", offset=second["update_id"]))["result"] == [second]
    assert fake.unconfirmed == [second]
    await call("getUpdates", offset=second["update_id"] + 1)
    await fake.settled(0.1)


async def test_settled_complains_when_something_is_left(fake, her):
    with pytest.raises(TimeoutError):
        await fake.settled(0.01)


@pytest.mark.parametrize(("limit", "given"), [(1, 1), (2, 2), (0, 3), (1000, 3)])
async def test_a_limit_is_kept_within_its_bounds(limit, given, call, her):
    await her.send("two")
    await her.send("three")
    assert len((await call("getUpdates", limit=limit))["result"]) == given


async def test_a_negative_offset_gives_the_last_and_forgets_the_rest(fake, call, her):
    await her.send("two")
    (last,) = (await call("getUpdates", offset=-1))["result"]
    assert last["message"]["text"] == "two"
    assert fake.unconfirmed == [last]


async def test_a_waiting_poll_is_woken_by_news(fake, call):
    waiting = asyncio.create_task(call("getUpdates", timeout=1))
    await asyncio.sleep(0.05)
    began = time.monotonic()
    await fake.person(HER).send("News")
    assert (await waiting)["result"][0]["message"]["text"] == "News"
    assert time.monotonic() - began < 0.9


async def test_a_poll_without_news_ends_with_nothing(call):
    assert (await call("getUpdates", timeout=1))["result"] == []


async def test_a_poll_ends_at_the_cap_for_quick_tests(fake, call):
    fake._poll_cap = 0
    assert (await call("getUpdates", timeout=50))["result"] == []


async def test_only_the_kinds_that_were_asked_for_come_and_that_is_remembered(fake, call):
    await call("getUpdates", allowed_updates=["callback_query"])
    await fake.person(HER).start()
    await fake.person(HER).press_data(1, "y")
    (update,) = (await call("getUpdates"))["result"]
    assert "callback_query" in update
    await call("getUpdates", allowed_updates=[])
    await fake.person(HER).start()
    assert len(fake.unconfirmed) == 2


async def test_an_update_of_any_shape_is_queued_as_it_is(fake, call):
    for update in (
        {},
        {"message": None},
        {"callback_query": {"id": 3}},
        {"update_id": 1, "x": []},
    ):
        fake.deliver(update)
    given = (await call("getUpdates"))["result"]
    assert [sorted(update)[-1] for update in given] == [
        "update_id", "update_id", "update_id", "x",
    ]  # fmt: skip
    assert len({update["update_id"] for update in given}) == 4


async def test_an_update_comes_again_under_its_old_id(fake, call, her):
    (first,) = (await call("getUpdates"))["result"]
    assert (await call("getUpdates", offset=first["update_id"] + 1))["result"] == []
    fake.deliver_again(first["update_id"], times=2)
    assert (await call("getUpdates", offset=first["update_id"] + 1))["result"] == [first, first]
    await call("getUpdates", offset=first["update_id"] + 1)
    await fake.settled(0.1)


# ---- the webhook


class House:
    """A web server that takes updates: `say` decides about each request, what it took is kept."""

    def __init__(self):
        self.taken, self.secrets, self.flying, self.most = [], [], 0, 0
        self.say = lambda update: web.Response()
        self.wait = 0.0

    async def take(self, request):
        update = await request.json()
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.flying += 1
        self.most = max(self.most, self.flying)
        await asyncio.sleep(self.wait)
        self.flying -= 1
        answer = self.say(update)
        self.taken.append((update["update_id"], chat_of(update), answer.status))
        return answer


@pytest.fixture
async def house():
    house = House()
    runner = web.ServerRunner(web.Server(house.take), shutdown_timeout=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    house.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield house
    await runner.cleanup()


async def test_updates_go_to_the_webhook_with_its_secret(fake, call, house, her):
    said = await call("setWebhook", url=house.url, secret_token=SECRET)
    assert said == {"ok": True, "result": True, "description": "Webhook was set"}
    await her.send("two")
    await fake.settled(1)
    assert len(house.taken) == 2
    assert set(house.secrets) == {SECRET}
    assert (fake.webhook.url, fake.webhook.secret) == (house.url, SECRET)


async def test_without_a_secret_there_is_no_header(fake, call, house, her):
    await call("setWebhook", url=house.url)
    await fake.settled(1)
    assert house.secrets == [None]


async def test_one_request_is_in_flight_for_each_kind_and_person(fake, call, house, her):
    house.wait = 0.02
    await call("setWebhook", url=house.url)
    for _ in range(4):
        await her.send("text")
    await fake.settled(2)
    assert house.most == 1
    assert [id for id, *_ in house.taken] == sorted(id for id, *_ in house.taken)


async def test_a_message_and_a_press_of_one_person_may_arrive_at_once(fake, call, house, her):
    house.wait = 0.1
    await call("setWebhook", url=house.url)
    await her.press_data(1, "y")
    await fake.settled(1)
    assert house.most == 2


@pytest.mark.parametrize(("connections", "most"), [(2, 2), (100, 6)])
async def test_no_more_connections_are_used_than_allowed(connections, most, fake, call, house):
    house.wait = 0.1
    await call("setWebhook", url=house.url, max_connections=connections)
    for id in range(1, 7):
        await fake.person(id).start()
    await fake.settled(2)
    assert house.most == most


async def test_after_a_failure_the_same_update_comes_again_before_the_next(fake, call, house, her):
    answers = iter([500, 503, 403, 200, 200])
    house.say = lambda update: web.Response(status=next(answers))
    await call("setWebhook", url=house.url)
    await her.send("two")
    await fake.settled(2)
    ids = [id for id, *_ in house.taken]
    assert ids == [ids[0]] * 4 + [ids[0] + 1]
    info = (await call("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"


async def test_failures_are_repeated_at_once_and_then_ever_slower(fake, call, house, her):
    fake.delivery.pace = 0.05
    times = []
    house.say = lambda _: (
        times.append(time.monotonic()) or web.Response(status=200 if len(times) == 4 else 500)
    )
    await call("setWebhook", url=house.url)
    await fake.settled(2)
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert gaps[0] < 0.1 <= gaps[1]
    assert gaps[2] >= 0.2


async def test_the_house_may_say_when_to_come_again(fake, call, house, her):
    answers = iter([web.Response(status=503, headers={"Retry-After": "20"}), web.Response()])
    house.say = lambda _: next(answers)
    await call("setWebhook", url=house.url)
    began = time.monotonic()
    await fake.settled(2)
    assert time.monotonic() - began >= 0.2


async def test_a_house_that_is_down_gets_its_updates_later(fake, call, house, her):
    await call("setWebhook", url="http://127.0.0.1:9/hook")
    await asyncio.sleep(0.05)
    assert len(fake.unconfirmed) == 1
    await call("setWebhook", url=house.url)
    await fake.settled(2)
    assert len(house.taken) == 1


async def test_the_answer_to_a_webhook_may_carry_a_call(fake, call, house, her):
    answer = {"method": "sendMessage", "chat_id": HER, "text": "By the way"}
    house.say = lambda _: web.json_response(answer)
    await call("setWebhook", url=house.url)
    await fake.settled(1)
    assert her.card.text == "By the way"


@pytest.mark.parametrize("body", ["{", "[]", '{"method": 3}', '{"ok": true}'])
async def test_another_answer_to_a_webhook_does_nothing(body, fake, call, house, her):
    house.say = lambda _: web.Response(text=body)
    await call("setWebhook", url=house.url)
    await fake.settled(1)
    assert her.card is None


async def test_while_a_webhook_is_set_polling_is_refused(call, house):
    await call("setWebhook", url=house.url)
    said = await call("getUpdates")
    assert said["error_code"] == 409
    assert said["description"] == rules.WEBHOOK_IS_ACTIVE


async def test_setting_a_webhook_ends_a_poll(fake, call, house):
    waiting = asyncio.create_task(call("getUpdates", timeout=1))
    await asyncio.sleep(0.05)
    await call("setWebhook", url=house.url)
    assert (await waiting)["description"] == "Conflict: terminated by setWebhook request"


async def test_an_empty_address_takes_the_webhook_away(fake, call, house):
    await call("setWebhook", url=house.url)
    assert (await call("setWebhook", url=house.url))["description"] == "Webhook is already set"
    assert (await call("setWebhook", url=""))["description"] == "Webhook was deleted"
    assert fake.webhook is None


async def test_what_is_dropped_while_the_house_is_down_does_not_come_later(fake, call, house, her):
    await call("setWebhook", url="http://127.0.0.1:9/hook")
    await asyncio.sleep(0.02)
    await call("setWebhook", url=house.url, drop_pending_updates=True)
    await her.send("two")
    await fake.settled(1)
    assert len(house.taken) == 1


async def test_what_waits_when_a_webhook_goes_is_polled(fake, call, her):
    await call("setWebhook", url="http://127.0.0.1:9/hook")
    said = await call("deleteWebhook")
    assert said["description"] == "Webhook was deleted"
    assert len((await call("getUpdates"))["result"]) == 1
    assert (await call("deleteWebhook"))["description"] == "Webhook is already deleted"


@pytest.mark.parametrize("method", ["setWebhook", "deleteWebhook"])
async def test_waiting_updates_can_be_dropped(method, fake, call, house, her):
    await call(method, url=house.url, drop_pending_updates=True)
    await fake.settled(1)
    assert house.taken == []
    assert (await call("getWebhookInfo"))["result"]["pending_update_count"] == 0
    assert fake.account.updates.dropped == 1


async def test_the_library_reads_what_is_known_of_the_webhook(fake, bot, house, her):
    house.say = lambda _: web.Response(status=500)
    await bot.set_webhook(house.url, max_connections=7, allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.pending_update_count) == (house.url, 7, 1)
    assert info.allowed_updates == ("message",)
    assert (await bot.set_webhook(house.url)) is True


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"url": "http://example.org/hook"}, f"Bad Request: {rules.HTTPS_ONLY}"),
        ({"url": "https://a.org", "secret_token": "a b"}, "Bad Request: secret token contains unallowed characters"),
        ({"url": "https://a.org", "secret_token": "x" * 257}, "Bad Request: secret token is too long"),
        ({"url": "https://a.org", "allowed_updates": "x"}, "Bad Request: can't parse allowed updates JSON array"),
        ({"url": "https://a.org", "allowed_updates": 3}, "Bad Request: expected an Array of String as allowed updates"),
    ],
)  # fmt: skip
async def test_a_bad_webhook_is_refused(params, refusal, fake, call):
    assert (await call("setWebhook", **params))["description"] == refusal
    assert fake.webhook is None


async def test_a_duplicate_comes_to_the_webhook_too(fake, call, house, her):
    await call("setWebhook", url=house.url)
    await fake.settled(1)
    fake.deliver_again(house.taken[0][0], times=3)
    await fake.settled(1)
    assert len(house.taken) == 4
    assert len({id for id, *_ in house.taken}) == 1


# ---- faults


@pytest.mark.parametrize("kind", [*BEFORE, *AFTER])
async def test_every_fault_of_calls_comes_once_and_is_counted(kind, fake, line, her):
    fake.faults.next("sendMessage", Fault(kind, seconds=0.05))
    url, limit = f"{fake.base}{fake.token}/sendMessage", aiohttp.ClientTimeout(total=0.3)
    given = {"chat_id": HER, "text": "x"}
    try:
        async with line.post(url, json=given, timeout=limit) as answer:
            seen = answer.status, (await answer.read())[:12]
    except (aiohttp.ClientError, TimeoutError) as problem:
        seen = type(problem).__name__
    expected = {
        "too_many": (429, b'{"ok":false,'), "server_error": (500, b'{"ok":false,'),
        "bad_gateway": (502, b"<html>\r\n<hea"), "forbidden": (403, b'{"ok":false,'),
        "garbled": (200, b'{"ok":true,"'), "slow": (200, b'{"ok":true,"'),
        "hang_before": "TimeoutError", "hang_after": "TimeoutError",
    }  # fmt: skip
    assert seen == expected.get(kind, seen)
    assert isinstance(seen, str) == kind.startswith(("hang", "reset"))
    assert fake.chats.sends(HER) == (kind in AFTER)
    assert fake.faults.counts == {kind: 1}


async def test_a_garbled_answer_is_no_json(fake, line, her):
    fake.faults.next("getMe", Fault("garbled"))
    async with line.get(f"{fake.base}{fake.token}/getMe") as answer:
        with pytest.raises(ValueError, match=r"Expecting|Unterminated|Extra"):
            await answer.json()


async def test_a_slow_answer_comes_late(fake, call):
    fake.faults.next("getMe", Fault("slow", seconds=0.1))
    began = time.monotonic()
    assert (await call("getMe"))["ok"]
    assert time.monotonic() - began >= 0.1


async def test_flood_control_closes_one_chat_and_only_that_one(fake, call, her):
    await fake.person(2).start()
    fake.faults.next("*", Fault("too_many", retry_after=1, chat=HER))
    assert (await call("sendMessage", chat_id=2, text="x"))["ok"]
    said = await call("sendMessage", chat_id=HER, text="x")
    assert said == {
        "ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }  # fmt: skip
    assert (await call("deleteMessage", chat_id=HER, message_id=1))["error_code"] == 429
    assert (await call("sendMessage", chat_id=2, text="x"))["ok"]
    assert fake.faults.impatient == {HER: 1}
    await asyncio.sleep(1.01)
    assert (await call("sendMessage", chat_id=HER, text="x"))["ok"]


async def test_a_fault_can_come_several_times(fake, call):
    fake.faults.next("getMe", Fault("server_error"), times=2)
    answers = [(await call("getMe"))["ok"] for _ in range(3)]
    assert answers == [False, False, True]


async def test_random_faults_come_at_their_rate_and_from_their_seed(line):
    async def run(seed):
        script = Faults(seed, 0.2, ("server_error", "forbidden"), spare=("deleteWebhook",))
        async with FakeTelegram(script=script) as fake:
            statuses = []
            for method in ("getMe", "deleteWebhook") * 100:
                async with line.get(f"{fake.base}{fake.token}/{method}") as answer:
                    statuses.append(answer.status)
            assert set(statuses[1::2]) == {200}
            assert 5 <= fake.faults.counts.total() <= 40
            return statuses

    assert await run(1) == await run(1)
    assert await run(1) != await run(2)


async def test_a_fault_without_a_name_is_a_mistake_of_the_test():
    with pytest.raises(ValueError, match="No fault is called"):
        Fault("boredom")


async def test_a_new_update_comes_twice_when_the_script_says_so(fake, call):
    fake.faults.next("update", Fault("duplicate"))
    await fake.person(HER).start()
    given = (await call("getUpdates"))["result"]
    assert [update["update_id"] for update in given] == [given[0]["update_id"]] * 2
    assert fake.faults.counts == {"duplicate": 1}


async def test_two_updates_change_places_in_a_poll(fake, call):
    fake.faults.next("update", Fault("reorder"))
    await fake.person(HER).send("first")
    await fake.person(HER).send("second")
    given = (await call("getUpdates"))["result"]
    assert [update["message"]["text"] for update in given] == ["second", "first"]


async def test_two_updates_of_one_person_change_places_at_a_webhook(fake, call, house):
    await call("setWebhook", url=house.url)
    fake.faults.next("update", Fault("reorder"))
    await fake.person(HER).send("first")
    await fake.person(HER).send("second")
    await fake.settled(1)
    assert house.taken[0][0] == house.taken[1][0] + 1


async def test_a_single_update_has_nothing_to_change_places_with(fake, call, house):
    await call("setWebhook", url=house.url)
    fake.faults.next("update", Fault("reorder"))
    await fake.person(HER).send("only")
    await fake.settled(1)
    assert len(house.taken) == 1


async def test_a_call_that_a_fault_took_away_is_kept_with_status_0(fake, line):
    fake.faults.next("getMe", Fault("reset_before"))
    with pytest.raises(aiohttp.ClientError):
        await line.post(f"{fake.base}{fake.token}/getMe")
    assert [(one.method, one.status) for one in fake.calls] == [("getMe", 0)]


async def test_updates_are_doubled_at_random(fake):
    script = Faults(3, 0.5, EVERY_KIND[-2:-1])
    async with FakeTelegram(script=script) as other:
        for _ in range(40):
            await other.person(HER).send("x")
        assert 10 <= other.faults.counts["duplicate"] <= 30


# ---- the oracle


async def test_every_text_that_ever_stood_there_is_remembered(fake, call, her, card):
    await call("editMessageText", chat_id=HER, message_id=card, text="Two", **QUIETLY)
    await call("deleteMessages", chat_id=HER, message_ids=[card])
    assert fake.chats.every_text(HER) == ["Hello", "Two"]
    assert fake.chats.every_id(HER) == [1, card]
    assert fake.chats.bot_messages(HER) == []
    assert fake.chats.silent_all()
    assert fake.chats.violations == []


@pytest.mark.parametrize(
    ("method", "params", "rule"),
    [
        ("sendMessage", {"disable_notification": False}, "sound"),
        ("sendMessage", {"link_preview_options": {"is_disabled": False}}, "link previews not disabled"),
        ("sendMessage", {"parse_mode": "HTML"}, "parse_mode"),
        ("editMessageText", {"parse_mode": "HTML", "message_id": 2}, "parse_mode"),
        ("editMessageText", {"link_preview_options": None, "message_id": 2}, "link previews not disabled"),
        ("getChat", {}, "method not allowed"),
        ("close", {}, "method not allowed"),
        ("sendPhoto", {}, "method not allowed"),
    ],
)  # fmt: skip
async def test_a_broken_promise_is_noted(method, params, rule, fake, call, card):
    await call(method, **({"chat_id": HER, "text": "x"} | QUIETLY | params))
    assert fake.chats.violations == [(rule, method, HER)]


async def test_a_message_that_nobody_asked_for_is_noted(fake, call, her):
    fake.chats.quiet(HER, 31)
    await call("sendMessage", chat_id=HER, text="x", **QUIETLY)
    assert fake.chats.violations == [("unprompted", "sendMessage", HER)]


async def test_the_old_word_for_no_previews_counts_too(fake, call, her):
    quietly = {"disable_notification": True, "disable_web_page_preview": True}
    await call("sendMessage", chat_id=HER, text="x", **quietly)
    assert fake.chats.violations == []


async def test_it_is_quick_enough_to_measure_with(fake, call, her, card):
    presses = 300
    for number in range(presses):
        query = await her.press_data(card, "y")
        await call("answerCallbackQuery", callback_query_id=query)
        await call("editMessageText", chat_id=HER, message_id=card, text=f"x{number}", **QUIETLY)
    assert her.card.edits == presses
    assert len(fake.calls) == 2 * presses + 1

"""The fake of the Bot API, asked by the library that bots use."""

import asyncio

import pytest
from telegram import Bot, CopyTextButton, LinkPreviewOptions
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

from tests.telegram.fake_rules.given import HER
from tests.telegram.fakeapi import strangers
from tests.telegram.fakeapi.faults import Fault


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

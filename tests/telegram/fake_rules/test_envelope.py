"""The fake's answers as a whole, and the bot's own page."""

import aiohttp
import pytest
from telegram import BotCommand
from telegram.error import (
    Forbidden,
)

from tests.telegram.fake_rules.given import HER
from tests.telegram.fakeapi import strangers
from tests.telegram.fakeapi.server import FakeTelegram


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

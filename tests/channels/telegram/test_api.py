"""The Bot API over HTTP: what is sent, what comes back, and that a fault tells nothing of her."""

import asyncio
import json
import logging
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import replace

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from telegram import error as errors

from bot.channels.telegram import api as door
from bot.channels.telegram.api import BotApi
from bot.channels.telegram.calls import Me, Profile
from bot.channels.telegram.drawing import Drawn, draw
from bot.channels.telegram.faults import Fault, TelegramFault
from bot.channels.telegram.updates import KINDS
from tests.channels.telegram.fakes import HER
from tests.channels.telegram.test_drawing import CARD, RESULT, card
from tests.recorded import tone
from tests.telegram.fakeapi.faults import Fault as Trouble
from tests.telegram.fakeapi.server import TOKEN, FakeTelegram

CANARY = "Canary 501 words"
DRAWN = Drawn(CANARY, [], [])
FULL = draw(card(*CARD.blocks, RESULT))


@pytest.fixture
async def fake():
    async with FakeTelegram(poll_seconds=0.2, retry_pace=0.01) as running:
        yield running


@pytest.fixture
async def api(fake):
    async with aclosing(BotApi(fake.token, fake.base)) as one:
        yield one


@pytest.fixture
async def her(fake):
    person = fake.person(HER)
    await person.start()
    return person


async def fault_of(call):
    """The fault that a call ends with."""
    with pytest.raises(TelegramFault) as told:
        await call
    return told.value


def last(fake):
    return fake.calls[-1]


def told(call):
    """The parameters as text where they are no list or object, however they came."""
    values = call.params.items()
    return {n: v if isinstance(v, dict | list | str) else str(v).lower() for n, v in values}


@asynccontextmanager
async def answering(handle):
    """A server with answers of a test's own; the address of its Bot API."""
    runner = web.ServerRunner(web.Server(handle))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
    finally:
        await runner.cleanup()


def always(status, body, **headers):
    """A server that gives everybody the same answer."""

    async def handle(_):
        return web.Response(status=status, body=body, headers=headers)

    return answering(handle)


# ---- what is sent


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


async def test_a_recording_comes_as_a_voice_message_without_a_sound_of_its_own(fake, api, her):
    number = await api.say(HER, tone())
    assert [message.id for message in her.voices] == [number]
    assert last(fake).method == "sendVoice"
    assert told(last(fake)) == {
        "chat_id": str(HER),
        "voice": str(tone()).lower(),
        "disable_notification": "true",
        "protect_content": "true",
    }
    assert fake.chats.violations == []
    assert fake.chats.silent_all()


async def test_a_card_can_be_sent_and_edited_after_a_recording(fake, api, her):
    card = await api.send(HER, DRAWN)
    voice = await api.say(HER, tone())
    await api.edit(HER, card, FULL)
    await api.delete(HER, [voice])
    assert (her.card.text, her.voices) == (FULL.text, [])


async def test_a_recording_cannot_be_turned_into_a_card(api, her):
    fault = await fault_of(api.edit(HER, await api.say(HER, tone()), DRAWN))
    assert fault.fault is Fault.REFUSED


async def test_who_takes_no_voice_messages_gets_none(fake, api, her):
    her.chat.no_voices = True
    assert (await fault_of(api.say(HER, tone()))).fault is Fault.REFUSED
    assert her.voices == []


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (Trouble("too_many", retry_after=3), Fault.WAIT),
        (Trouble("forbidden"), Fault.BLOCKED),
        (Trouble("server_error"), Fault.UNREACHABLE),
        (Trouble("reset_before"), Fault.UNREACHABLE),
        (Trouble("reset_after"), Fault.UNREACHABLE),
        (Trouble("garbled"), Fault.UNREACHABLE),
    ],
    ids=str,
)
async def test_a_recording_meets_the_faults_of_every_call(fake, api, her, trouble, kind):
    fake.faults.next("sendVoice", trouble)
    assert (await fault_of(api.say(HER, tone()))).fault is kind


async def test_the_name_of_the_file_says_nothing(her):
    seen = []

    async def handle(request):
        seen.append(await request.read())
        return web.Response(body=b'{"ok":true,"result":{"message_id":7}}')

    async with answering(handle) as base, aclosing(BotApi(TOKEN, base)) as api:
        assert await api.say(HER, tone()) == 7
    assert b'filename="1.ogg"' in seen[0]
    assert tone() in seen[0]


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


# ---- updates


async def test_updates_come_as_they_are_and_are_confirmed_by_the_next_call(fake, api, her):
    (update,) = await api.updates(None, 0)
    assert update["message"]["text"] == "/start"
    await api.updates(update["update_id"], 0)
    assert fake.unconfirmed == []


async def test_nothing_is_confirmed_by_the_first_call(fake, api, her):
    await api.updates(None, 0)
    assert "offset" not in last(fake).params
    assert len(fake.unconfirmed) == 1


async def test_only_the_kinds_that_are_read_are_asked_for(fake, api):
    await api.updates(4, 0)
    assert last(fake).params == {"timeout": "0", "offset": "5", "allowed_updates": list(KINDS)}


async def test_a_malformed_update_comes_with_the_others(fake, api, her):
    fake.deliver({"message": {"date": "never", "chat": 5}})
    assert [update["message"].get("text") for update in await api.updates(None, 0)] == [
        "/start",
        None,
    ]


async def test_a_poll_waits_longer_than_any_other_call(api):
    """The fake waits for 0.2 seconds, far longer than no time at all plus the time of a call."""
    assert await api.updates(None, 25) == []


@pytest.mark.parametrize("result", [None, {}, "x", 5])
async def test_updates_that_are_no_list_are_none(result):
    body = json.dumps({"ok": True, "result": result})
    async with always(200, body) as base, aclosing(BotApi(TOKEN, base)) as api:
        assert await api.updates(None, 0) == []


# ---- what is fine


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


# ---- what can go wrong


async def test_a_message_that_was_deleted_is_gone(api, her):
    number = await api.send(HER, DRAWN)
    await her.delete(number)
    assert (await fault_of(api.edit(HER, number, FULL))).fault is Fault.GONE


async def test_a_message_with_an_impossible_number_is_gone():
    said = {"ok": False, "error_code": 400, "description": "Bad Request: MESSAGE_ID_INVALID"}
    async with always(400, json.dumps(said)) as base, aclosing(BotApi(TOKEN, base)) as api:
        assert (await fault_of(api.edit(HER, 1, DRAWN))).fault is Fault.GONE


async def test_whoever_blocked_the_bot_has_blocked_it(api, her):
    await her.block()
    assert (await fault_of(api.send(HER, DRAWN))).fault is Fault.BLOCKED


async def test_too_many_calls_tell_how_long_to_wait(fake, api, her):
    fake.faults.next("sendMessage", Trouble("too_many", retry_after=7))
    told = await fault_of(api.send(HER, DRAWN))
    assert (told.fault, told.seconds) == (Fault.WAIT, 7)


@pytest.mark.parametrize(
    "body",
    [b'{"ok":false}', b'{"parameters":5}', b'{"parameters":{"retry_after":"soon"}}',
     b'{"parameters":{"retry_after":null}}', b'{"parameters":{"retry_after":Infinity}}',
     b'{"parameters":{"retry_after":NaN}}', b'{"parameters":{"retry_after":-1}}',
     b'{"parameters":{"retry_after":1' + b"0" * 400 + b"}}"],
)  # fmt: skip
async def test_too_many_calls_without_seconds_are_waited_for_all_the_same(body):
    async with always(429, body) as base, aclosing(BotApi(TOKEN, base)) as api:
        told = await fault_of(api.send(HER, DRAWN))
    assert (told.fault, told.seconds) == (Fault.WAIT, 1)


@pytest.mark.parametrize("kind", ["server_error", "bad_gateway", "reset_before", "reset_after"])
async def test_a_server_that_fails_is_out_of_reach(fake, api, her, kind):
    fake.faults.next("sendMessage", Trouble(kind))
    assert (await fault_of(api.send(HER, DRAWN))).fault is Fault.UNREACHABLE


async def test_a_send_with_an_answer_that_cannot_be_read_is_in_doubt(fake, api, her):
    fake.faults.next("sendMessage", Trouble("garbled"))
    assert (await fault_of(api.send(HER, DRAWN))).fault is Fault.UNREACHABLE
    assert her.card.text == CANARY


async def test_a_server_that_never_answers_is_given_up(fake, api):
    fake.faults.next("getUpdates", Trouble("hang_before"))
    almost_no_time = 0.05 - door.SECONDS  # the time of a call is added to that of a poll
    told = await fault_of(api.updates(None, almost_no_time))
    assert told.fault is Fault.UNREACHABLE


def test_a_call_is_given_up_after_the_seconds_of_a_call():
    assert door._Request(door._Session()).read_timeout == door.SECONDS


async def test_nobody_at_the_address_is_out_of_reach():
    async with aclosing(BotApi(TOKEN, "http://127.0.0.1:1/bot")) as api:
        assert (await fault_of(api.me())).fault is Fault.UNREACHABLE


@pytest.mark.parametrize(
    "body",
    [b"", b"not json", b"[]", b"null", b"[" * 100_000, b"\xff\xfe", b'{"ok":true}', b'"ok"',
     b'{"ok":true,"result":{"message_id":"7"}}', b'{"ok":true,"result":[]}'],
    ids=lambda body: ascii(body[:40]),
)  # fmt: skip
async def test_an_answer_that_is_no_message_is_in_doubt(body):
    async with always(200, body) as base, aclosing(BotApi(TOKEN, base)) as api:
        assert (await fault_of(api.send(HER, DRAWN))).fault is Fault.UNREACHABLE


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"null", b"<html>"])
@pytest.mark.parametrize("status", [200, 204, 400, 403, 404, 409, 413, 500, 502])
async def test_an_answer_without_sense_is_a_fault_and_nothing_worse(status, body):
    async with always(status, body) as base, aclosing(BotApi(TOKEN, base)) as api:
        for call in (api.me(), api.edit(HER, 1, DRAWN), api.updates(None, 0)):
            await fault_of(call)


async def test_a_token_that_was_revoked_is_told(fake):
    async with aclosing(BotApi("1:" + "x" * 35, fake.base)) as api:
        assert (await fault_of(api.me())).fault is Fault.REVOKED
        assert (await fault_of(api.updates(None, 0))).fault is Fault.REVOKED


async def test_another_program_that_takes_the_updates_is_told(api):
    first = asyncio.create_task(fault_of(api.updates(None, 25)))
    await asyncio.sleep(0.05)
    await api.updates(None, 0)
    assert (await first).fault is Fault.CONFLICT


async def test_a_webhook_that_is_set_is_a_conflict_too(api):
    await api.webhook("https://example.org/hook", "s" * 32, 40)
    assert (await fault_of(api.updates(None, 0))).fault is Fault.CONFLICT


@pytest.mark.parametrize(
    "drawn",
    [Drawn("", [], []), Drawn("x" * 4097, [], []), Drawn("x", [], [[{"text": "no action"}]])],
    ids=["empty", "long", "button"],
)
async def test_what_telegram_will_never_do_is_refused(api, her, drawn):
    assert (await fault_of(api.send(HER, drawn))).fault is Fault.REFUSED


async def test_a_press_that_is_too_old_to_answer_is_refused(api):
    assert (await fault_of(api.answer("4000000000000000001"))).fault is Fault.REFUSED


async def test_a_method_that_telegram_does_not_know_is_a_fault():
    said = {"ok": False, "error_code": 404, "description": "Not Found"}
    async with always(404, json.dumps(said)) as base, aclosing(BotApi(TOKEN, base)) as api:
        await fault_of(api.delete(HER, [1]))


async def test_a_deletion_that_fails_half_way_is_a_fault(fake, api, her):
    await api.delete(HER, [1])
    fake.faults.next("deleteMessages", Trouble("slow", seconds=0))
    fake.faults.next("deleteMessages", Trouble("server_error"))
    assert (await fault_of(api.delete(HER, range(1, 251)))).fault is Fault.UNREACHABLE
    assert len(fake.calls) == 3


async def test_a_card_goes_to_no_address_that_an_answer_names():
    """Harm prevented: whoever sits between could have her card sent on to himself."""
    heard = []

    async def listen(request):
        heard.append(await request.read())
        return web.json_response({"ok": True, "result": {"message_id": 7}})

    async with (
        answering(listen) as stranger,
        always(307, b"", Location=stranger) as base,
        aclosing(BotApi(TOKEN, base)) as api,
    ):
        assert (await fault_of(api.send(HER, DRAWN))).fault is Fault.UNREACHABLE
    assert heard == []


# ---- nothing of her in a fault or an answer


TROUBLES = [
    "too_many", "server_error", "bad_gateway", "reset_before", "reset_after", "forbidden",
    "garbled",
]  # fmt: skip


@pytest.mark.parametrize("kind", TROUBLES)
async def test_no_fault_holds_the_token_an_id_or_a_word(fake, api, her, caplog, kind):
    caplog.set_level(logging.WARNING)
    fake.faults.next("sendMessage", Trouble(kind))
    told = await fault_of(api.send(HER, DRAWN))
    chain = [told, told.__cause__, None if told.__suppress_context__ else told.__context__]
    said = repr([(str(one), repr(one), getattr(one, "args", ())) for one in chain]) + caplog.text
    assert not [hers for hers in (TOKEN, str(HER), "Canary") if hers in said]


async def test_a_refusal_that_repeats_what_was_sent_is_not_told(caplog):
    caplog.set_level(logging.WARNING)
    said = {"ok": False, "error_code": 400, "description": f"Bad Request: {CANARY} {TOKEN}"}
    async with always(400, json.dumps(said)) as base, aclosing(BotApi(TOKEN, base)) as api:
        told = await fault_of(api.send(HER, DRAWN))
    assert "Canary" not in f"{told!r} {told} {caplog.text}"
    assert told.__cause__ is None
    assert told.__suppress_context__


async def test_a_broken_answer_is_not_logged(caplog):
    """The library's own parser would log it with all that is in it."""
    caplog.set_level(logging.DEBUG)
    async with (
        always(500, b'{"description": "Canary') as base,
        aclosing(BotApi(TOKEN, base)) as api,
    ):
        await fault_of(api.me())
    assert "Canary" not in caplog.text


def test_what_is_kept_of_a_sent_message_is_its_number():
    answer = {"ok": True, "result": {"message_id": 7, "chat": {"first_name": "Canary"}}}
    kept = door._cut("http://h/bot1:x/sendMessage", json.dumps(answer).encode())
    assert json.loads(kept)["result"].keys() == {"message_id", "date", "chat"}
    assert b"Canary" not in kept


def test_nothing_is_kept_of_an_edited_message():
    answer = {"ok": True, "result": {"message_id": 7, "text": CANARY}}
    raw = json.dumps(answer, separators=(",", ":")).encode()
    assert door._cut("http://h/bot1:x/editMessageText", raw) == b'{"ok":true,"result":true}'


@given(st.binary(max_size=60))
def test_whatever_a_server_says_is_an_answer_or_a_fault_of_the_network(payload):
    for method in ("sendMessage", "editMessageText", "getMe"):
        with suppress(errors.NetworkError):
            door._Request.parse_json_payload(door._cut(f"http://h/bot1:x/{method}", payload))


# ---- once, at the start


@pytest.mark.parametrize("told", [True, False])
async def test_what_the_bot_is_says_whether_groups_or_others_may_use_it(told):
    async with (
        FakeTelegram(can_join_groups=told, supports_inline=told) as fake,
        aclosing(BotApi(fake.token, fake.base)) as api,
    ):
        assert await api.me() == Me("quiet_notes_bot", told, told)


async def test_a_webhook_is_set_with_its_secret_and_drops_nothing(fake, api, her):
    await api.webhook("https://example.org/hook", "s" * 32, 17)
    assert (fake.webhook.secret, fake.webhook.max_connections) == ("s" * 32, 17)
    assert fake.webhook.allowed_updates == list(KINDS)
    assert fake.account.updates.dropped == 0


async def test_a_webhook_is_taken_away_and_drops_nothing(fake, api, her):
    await api.webhook("https://example.org/hook", "s" * 32, 40)
    await api.no_webhook()
    assert fake.webhook is None
    assert fake.account.updates.dropped == 0


WANTED = Profile("", "Notes", "Notes for me", {"start": "Open", "leave": "Close"})


async def test_a_profile_comes_back_as_it_was_set(api):
    await api.set_profile(WANTED)
    assert await api.profile("") == WANTED


async def test_a_profile_of_one_language_leaves_the_others_alone(api):
    await api.set_profile(WANTED)
    await api.set_profile(replace(WANTED, language="pl", name="Notatki"))
    assert (await api.profile("pl")).name == "Notatki"
    assert await api.profile("") == WANTED


async def test_closing_twice_or_before_the_first_call_is_fine(fake):
    await BotApi(fake.token, fake.base).aclose()
    api = BotApi(fake.token, fake.base)
    await api.me()
    await api.aclose()
    await api.aclose()

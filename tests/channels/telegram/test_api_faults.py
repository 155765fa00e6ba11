"""The Bot API over HTTP: whatever goes wrong with a call is one of a few faults."""

import asyncio
import json
from contextlib import aclosing

import pytest
from aiohttp import web

from bot.channels.telegram import api as door
from bot.channels.telegram.api import BotApi
from bot.channels.telegram.drawing import Drawn
from bot.channels.telegram.faults import Fault
from tests.channels.telegram.api_calls import CANARY, DRAWN, FULL, always, answering, fault_of
from tests.channels.telegram.fakes import HER
from tests.telegram.fakeapi.faults import Fault as Trouble
from tests.telegram.fakeapi.server import TOKEN


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


@pytest.mark.parametrize("status", [400, 403, 409, 500])
@pytest.mark.parametrize("more", [[1], 5, "x", {"migrate_to_chat_id": "x"}, {"retry_after": []}])
async def test_a_refusal_with_anything_else_in_it_is_a_fault_and_nothing_worse(status, more):
    said = json.dumps({"ok": False, "description": [more], "parameters": more})
    async with always(status, said) as base, aclosing(BotApi(TOKEN, base)) as api:
        for call in (api.me(), api.edit(HER, 1, DRAWN), api.updates(None, 0)):
            await fault_of(call)


async def test_updates_are_asked_for_however_many_calls_wait_for_an_answer():
    answer, full, asked = asyncio.Event(), asyncio.Event(), []

    async def handle(request):
        if "getUpdates" in request.path:
            return web.json_response({"ok": True, "result": []})
        asked.append(1)
        if len(asked) == door.CONNECTIONS:
            full.set()
        await answer.wait()
        return web.json_response({"ok": True, "result": {"message_id": 7}})

    async with answering(handle) as base, aclosing(BotApi(TOKEN, base)) as api:
        sends = [asyncio.create_task(api.send(HER, DRAWN)) for _ in range(door.CONNECTIONS + 5)]
        await asyncio.wait_for(full.wait(), 5)
        assert await asyncio.wait_for(api.updates(None, 0), 3) == []
        assert len(asked) == door.CONNECTIONS
        answer.set()
        assert await asyncio.gather(*sends) == [7] * len(sends)


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

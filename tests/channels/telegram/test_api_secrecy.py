"""The Bot API over HTTP: nothing of her in a fault, a log or what is kept of an answer."""

import json
import logging
from contextlib import aclosing, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import error as errors

from bot.channels.telegram import api as door
from bot.channels.telegram.api import BotApi
from tests.channels.telegram.api_calls import CANARY, DRAWN, always, fault_of
from tests.channels.telegram.fakes import HER
from tests.telegram.fakeapi.faults import Fault as Trouble
from tests.telegram.fakeapi.server import TOKEN

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

"""The Bot API over HTTP: updates come as they are, and only the next call confirms them."""

import json
from contextlib import aclosing

import pytest

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.updates import KINDS
from tests.channels.telegram.api_calls import always, last
from tests.telegram.fakeapi.server import TOKEN


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

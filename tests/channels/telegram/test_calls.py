"""Calls to Telegram are watched: each one tells how it ended, and nothing of whom it was for."""

import itertools
from contextlib import aclosing

import pytest

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.calls import Api, Profile, Watch
from bot.channels.telegram.drawing import Drawn
from bot.channels.telegram.faults import TelegramFault
from tests.channels.telegram.fakes import HER
from tests.recorded import tone
from tests.telegram.fakeapi.faults import Fault as Trouble
from tests.telegram.fakeapi.server import FakeTelegram

CANARY = "Canary 501 words"
DRAWN = Drawn(CANARY, [], [])


@pytest.fixture
async def fake():
    async with FakeTelegram(poll_seconds=0.05, retry_pace=0.01) as running:
        yield running


@pytest.fixture
def ended():
    return []


@pytest.fixture
def took():
    return []


@pytest.fixture
async def api(fake, ended, took):
    seconds = itertools.count(0, 0.5)
    watched = BotApi(
        fake.token, fake.base, Watch(lambda: next(seconds), ended.append, took.append)
    )
    async with aclosing(watched) as one:
        yield one


CALLS = {
    "send": lambda api: api.send(HER, DRAWN),
    "say": lambda api: api.say(HER, tone(1)),
    "edit": lambda api: api.edit(HER, 2, DRAWN),
    "delete": lambda api: api.delete(HER, [1]),
    "answer": lambda api: api.answer("1"),
    "leave": lambda api: api.leave(-5),
    "updates": lambda api: api.updates(None, 0),
    "me": lambda api: api.me(),
    "webhook": lambda api: api.webhook("https://example.org/hook", "s" * 32, 5),
    "no_webhook": lambda api: api.no_webhook(),
    "profile": lambda api: api.profile(""),
    "set_profile": lambda api: api.set_profile(Profile("", "Notes", "", {})),
}
METHODS = {name for name in vars(BotApi) if not name.startswith("_")} - {"aclose"}


def test_every_call_is_watched():
    assert set(CALLS) == METHODS
    assert {name for name in vars(Api) if not name.startswith("_")} <= METHODS


@pytest.mark.parametrize("name", CALLS)
async def test_a_call_that_fails_tells_its_kind_and_fails_as_before(fake, api, ended, took, name):
    fake.faults.next("*", Trouble("bad_gateway"), times=20)
    with pytest.raises(TelegramFault) as told:
        await CALLS[name](api)
    assert set(ended) == {told.value.fault.value} == {"unreachable"}
    assert took == []


async def test_a_token_that_does_not_work_is_told(fake, ended):
    wrong = BotApi("7:" + "x" * 30, fake.base, Watch(lambda: 0.0, ended.append, lambda _: None))
    async with aclosing(wrong):
        with pytest.raises(TelegramFault):
            await wrong.me()
    assert ended == ["revoked"]


async def test_calls_that_are_answered_say_so_and_only_cards_are_timed(fake, api, ended, took):
    await fake.person(HER).start()
    card = await api.send(HER, DRAWN)
    await api.edit(HER, card, Drawn("Other", [], []))
    await api.delete(HER, [card])
    assert (await api.me()).username
    assert len(await api.updates(None, 0)) == 1
    assert ended == [None] * 5
    assert took == [0.5, 0.5]

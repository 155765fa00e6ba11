"""The whole of Telegram's side of the bot on fakes, and the Bot API over HTTP, for each test."""

from contextlib import aclosing

import pytest

from bot.channels.telegram.api import BotApi
from tests.channels.telegram.fakes import HER, Wired
from tests.telegram.fakeapi.server import FakeTelegram


@pytest.fixture
def wired(world, moment):
    return Wired(world, moment)


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

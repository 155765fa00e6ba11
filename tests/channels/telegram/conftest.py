"""The whole of Telegram's side of the bot on fakes, and the Bot API over HTTP, for each test."""

from contextlib import aclosing

import pytest

from bot.channels.telegram.api import BotApi
from tests.channels.telegram.fakes import HER, Wired
from tests.channels.telegram.several import SOON, Held, Worker
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


@pytest.fixture
async def cut(wired):
    """One worker that is soon cut off, and another that reaches the same claims."""
    claims, reached = Held(wired), Held(wired)
    reached._by_key = claims._by_key
    one, other = Worker(wired, claims, "one", SOON), Worker(wired, reached, "other")
    one.takes()
    yield one, other
    await one.painter.close()


@pytest.fixture
def workers(wired):
    """Two of them; the first takes what she does."""
    claims = Held(wired)
    one, other = Worker(wired, claims, "one"), Worker(wired, claims, "other")
    one.takes()
    return one, other

"""A fake server, a bot of the library on it, and a person who has begun a talk."""

import asyncio

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot

from tests.telegram.fake_rules.given import HER, QUIETLY
from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.fakeapi.updates import chat_of


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

"""A talk on the page goes on with whichever worker takes the next answer."""

import re

import aiohttp

from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.running import eventually
from tests.workers.balanced import Balanced

TOKEN = re.compile(r'name="t" value="([\w-]{43})"')


async def answer(session, port, token, turn, said):
    """What a worker says to typed words: the card as text, and its turn."""
    asked = {"a": "say", "say": said, "n": turn}
    headers = {"X-Session": token, "Sec-Fetch-Site": "same-origin"}
    async with session.post(f"http://127.0.0.1:{port}/", json=asked, headers=headers) as found:
        assert found.status == 200
        return await found.text(), found.headers["X-Turn"]


async def test_every_answer_may_go_to_another_worker(tmp_path):
    async with (
        FakeTelegram(keep_calls=100) as fake,
        Balanced(fake, tmp_path, 2) as balanced,
        aiohttp.ClientSession() as session,
    ):
        one, other = balanced.ports
        assert await eventually(lambda: fake.webhook)
        async with session.get(f"http://127.0.0.1:{one}/") as first:
            token = TOKEN.search(await first.text())[1]
        _, turn = await answer(session, other, token, "1", "english")
        _, turn = await answer(session, one, token, turn, "yes")
        balanced.workers[0].kill()
        card, turn = await answer(session, other, token, turn, "birmingham")
        assert "What would you like help with?" in card
        card, _ = await answer(session, balanced.port, token, turn, "help")
        assert "999" in card

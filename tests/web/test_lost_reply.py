"""An answer whose reply was lost on the way: sent again, it counts once."""

import re

import aiohttp
import pytest

from tests.chaos.blackhole import BlackHole, Way

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("way", [Way.HELD_AFTER, Way.CUT], ids=str)
async def test_fault_42_an_answer_sent_again_after_a_lost_reply_counts_once(site, way):
    async with BlackHole(site.port) as hole, aiohttp.ClientSession() as session:
        address = f"http://127.0.0.1:{hole.port}/"
        async with session.get(address) as answer:
            page = await answer.text()
        token, turn = (re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in "tn")
        english = re.search(r'value="([^"]+)"[^>]*>English<', page)[1]

        async def post():
            body = {"a": english, "n": turn}
            patience = aiohttp.ClientTimeout(total=2)
            headers = {"X-Session": token}
            async with session.post(address, json=body, headers=headers, timeout=patience) as said:
                return said.status, said.headers["X-Turn"], await said.text()

        hole.turn(way)
        with pytest.raises((aiohttp.ClientError, TimeoutError)):
            await post()
        hole.turn(Way.OPEN)
        first, second = await post(), await post()
        assert first[:2] == (200, str(int(turn) + 1))
        assert second == first

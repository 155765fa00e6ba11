"""Health of the whole program: a token that does not work leaves the page as it is (fault 40)."""

import asyncio
import urllib.request

from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.running import Served, eventually

ANOTHER = "7000000000:" + "A" * 35  # no bot of the fake has it


def fetched(served, path):
    address = f"http://127.0.0.1:{served.environment['LINNET_PORT']}{path}"
    with urllib.request.urlopen(address, timeout=30) as answer:  # our own
        return answer.read().decode()


async def test_a_token_that_does_not_work_is_down_and_the_page_goes_on(tmp_path):
    async with (
        FakeTelegram() as fake,
        Served(fake, tmp_path, LINNET_TELEGRAM_TOKEN=ANOTHER) as served,
    ):
        assert await eventually(lambda: served.events("telegram-unreachable REVOKED"), 60)
        said = await asyncio.to_thread(fetched, served, "/healthz")
        assert said == "degraded\ntelegram down"
        assert "<form" in await asyncio.to_thread(fetched, served, "/")
        assert await asyncio.to_thread(fetched, served, "/readyz") == "ok"
        assert served.stop() == 0


async def test_a_token_from_a_file_works_and_all_is_well(tmp_path):
    async with FakeTelegram() as fake:
        file = tmp_path / "token"
        file.write_text(f"{fake.token}\n")
        named = {"LINNET_TELEGRAM_TOKEN": "", "LINNET_TELEGRAM_TOKEN_FILE": str(file)}
        async with Served(fake, tmp_path, **named) as served:
            assert await eventually(served.serving, 60)
            assert await asyncio.to_thread(fetched, served, "/healthz") == "ok"
            assert served.stop() == 0

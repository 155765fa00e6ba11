"""Calls from a host that is cut off: what the net did not take in time is never sent.

A system sends for minutes what was written once, also after the program gave it up. A worker that is
back would then delete what others sent meanwhile (`bot/channels/telegram/shared_painter.py`), or
erase a talk that was begun meanwhile. A host that does not know its neighbours any more keeps a packet
up to three seconds longer, which no program can take back: here it knows them.
"""

import asyncio
import sys
from asyncio.subprocess import PIPE
from contextlib import asynccontextmanager

import pytest

from bot.channels.telegram.api import SECONDS, UNTAKEN_SECONDS
from bot.channels.telegram.faults import Fault
from tests.sessions.servers import PRIVATE, Server
from tests.telegram.fakeapi.server import TOKEN, FakeTelegram
from tests.workers.hosts import Hosts

LATE = 3.0  # seconds after which a system that still had it would have sent it again
REFUSED = Fault.REFUSED.name  # nobody asked what is answered here


@asynccontextmanager
async def calling(host, base, store="redis://127.0.0.1"):
    """What asks Telegram or the store from this host for the word it is given."""
    program = [sys.executable, "-m", "tests.workers.calling", base, TOKEN, store]
    process = await asyncio.create_subprocess_exec(*host.within, *program, stdin=PIPE, stdout=PIPE)

    async def ask(word):
        process.stdin.write(f"{word}\n".encode())
        return (await asyncio.wait_for(process.stdout.readline(), 30)).decode().strip()

    try:
        yield ask
    finally:
        process.kill()
        await process.wait()


@pytest.mark.parametrize("word", ["delete", "drop"])
async def test_what_the_network_did_not_take_does_not_come_later(word):
    with Hosts(1) as hosts:
        async with (
            FakeTelegram(host=hosts.address) as fake,
            calling(hosts.all[0], fake.base) as ask,
        ):
            assert await ask("answer") == REFUSED
            hosts.all[0].knows_this_program()
            hosts.all[0].pull()
            async with asyncio.timeout(SECONDS / 2):
                told = await ask(word)
            assert told == ("done" if word == "drop" else Fault.UNREACHABLE.name)
            await asyncio.sleep(UNTAKEN_SECONDS if word == "drop" else 0)
            hosts.all[0].plug()
            await asyncio.sleep(LATE)
            assert [call.method for call in fake.calls] == ["answerCallbackQuery"]
            await ask("delete")
            assert fake.calls[-1].method == "deleteMessages"


async def test_what_was_to_be_erased_and_was_not_is_not_erased_later():
    with Hosts(1) as hosts:
        server = Server(*PRIVATE, "--protected-mode", "no", host=hosts.address)
        try:
            server.start()
            async with calling(hosts.all[0], "http://127.0.0.1:1/bot", server.address) as ask:
                # The first time the server is told the script as well, in a second message.
                for word in ("keep", "erase", "keep"):
                    assert await ask(word) == "done"
                hosts.all[0].knows_this_program()
                hosts.all[0].pull()
                assert await ask("erase") == "AWAY"
                await asyncio.sleep(UNTAKEN_SECONDS)
                hosts.all[0].plug()
                await asyncio.sleep(LATE)
                assert server.ask("dbsize").strip() == b":1"
                assert await ask("erase") == "done"
                assert server.ask("dbsize").strip() == b":0"
        finally:
            server.close()

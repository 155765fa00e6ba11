"""Calling: a program that asks Telegram or the store for what it is told, a word a line.

`python -m tests.workers.calling BASE TOKEN STORE`: `answer` and `delete` are calls to Telegram,
`drop` is a deletion that is given up at once; `keep` saves a talk and `erase` erases it. Each is
answered with a line: `done`, or the name of the fault.
"""

import asyncio
import sys
import time
from contextlib import aclosing, suppress

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.faults import TelegramFault
from bot.exceptions import StoreUnavailable
from bot.sessions.redis import RedisStore
from tests.sessions.servers import store_at

CHAT, TALK = 501, "talk"
ON_ITS_WAY = 0.1  # seconds until a call is given up


async def ask(api: BotApi, store: RedisStore, word: str) -> str:
    """What came of it."""
    try:
        match word:
            case "answer":
                await api.answer("query")
            case "delete":
                await api.delete(CHAT, [1])
            case "drop":
                with suppress(TimeoutError):
                    await asyncio.wait_for(api.delete(CHAT, [1]), ON_ITS_WAY)
            case "keep":
                await store.save(TALK, b"words", 0)
            case "erase":
                await store.delete(TALK)
    except TelegramFault as fault:
        return fault.fault.name
    except StoreUnavailable:
        return "AWAY"
    return "done"


async def main(base: str, token: str, address: str) -> None:
    """Until the input ends."""
    store = store_at(address, steady=time.monotonic)
    async with aclosing(BotApi(token, base)) as api:
        while word := (await asyncio.to_thread(sys.stdin.readline)).strip():
            sys.stdout.write(await ask(api, store, word) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

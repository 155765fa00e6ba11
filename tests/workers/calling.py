"""Calling: a program that asks Telegram for what it is told on its standard input, a word a line.

`python -m tests.workers.calling BASE TOKEN`: `answer` and `delete` are calls, `drop` is a deletion
that is given up at once. Each is answered with a line: `done`, or the name of the fault.
"""

import asyncio
import sys
from contextlib import aclosing, suppress

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.faults import TelegramFault

CHAT = 501
ON_ITS_WAY = 0.1  # seconds until a call is given up


async def ask(api: BotApi, word: str) -> str:
    """What came of it."""
    try:
        if word == "answer":
            await api.answer("query")
        elif word == "delete":
            await api.delete(CHAT, [1])
        else:
            with suppress(TimeoutError):
                await asyncio.wait_for(api.delete(CHAT, [1]), ON_ITS_WAY)
    except TelegramFault as fault:
        return fault.fault.name
    return "done"


async def main(base: str, token: str) -> None:
    """Until the input ends."""
    async with aclosing(BotApi(token, base)) as api:
        while word := (await asyncio.to_thread(sys.stdin.readline)).strip():
            sys.stdout.write(await ask(api, word) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

"""Linnet in process: the parts of `linnet serve` from the bytes of an update to the bytes of a call.

    python -m benchmarks.telegram_linnet inside LOOKS

The store is the sealed SQLite file that is served with, on tmpfs. Only aiohttp's session is stood
in for: what is measured begins with decoding and ends when every card is painted and marked so.
What is done once a second in service is done once a wave here.
"""

import asyncio
import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.telegram_people import Look, read_looks
from benchmarks.telegram_questions import SETTINGS, make_turns
from benchmarks.telegram_served import TOKEN
from benchmarks.telegram_waves import Calls, measure
from bot import app
from bot.channels.telegram.api import BotApi
from bot.channels.telegram.channel import opened
from bot.serving.keeping import open_store
from tests.telegram.wide import wide_gate

TMPFS = Path("/dev/shm")  # noqa: S108  # as the runtime folder of a service is
RESTED = 5.0  # seconds, far more than a wave takes


class _Answer:
    """What aiohttp gives for a call: an answer to be read inside `async with`."""

    status = 200

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def read(self) -> bytes:
        return self._body

    async def __aenter__(self) -> "_Answer":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to give back."""


class _Session:
    """aiohttp's session as far as the request layer uses it; sends nothing."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def request(self, _: str, url: str, data: bytes | None, **__: object) -> _Answer:
        return _Answer(self._calls.answer(url, data or b""))

    async def close(self) -> None:
        """Nothing to close."""


def _clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  # as `linnet serve` has it


async def inside(looks: list[Look]) -> None:
    """Measure in process."""
    calls = Calls(looks)
    with tempfile.TemporaryDirectory(dir=TMPFS) as folder:
        kept = open_store(SETTINGS, Path(folder))
        turns = make_turns(kept.store, _clock)
        api = BotApi(TOKEN, "http://127.0.0.1/bot")
        session: Any = _Session(calls)
        api._session._session = session

        def keys(person: str) -> tuple[str, str]:
            return kept.keys.keys("telegram", person, _clock())

        wide = wide_gate(time.monotonic)
        hide_seconds = SETTINGS.hide_minutes * 60
        async with opened(turns, api, keys, hide_seconds, kept.chores, wide) as channel:

            async def take(update: bytes) -> None:
                await channel.intake.take(json.loads(update))

            async def rest() -> None:
                await channel.painter.rest(RESTED)
                await channel.intake.rest(RESTED)
                await channel.tending.tend()
                kept.chores()

            await measure(looks, calls, take, rest)
        kept.close()


if __name__ == "__main__":
    app.start_logging(SETTINGS)
    asyncio.run(inside(read_looks(sys.argv[2])))

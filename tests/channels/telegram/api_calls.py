"""Calls of the Bot API: cards to send, what came of a call, servers with a test's own answers."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from aiohttp import web

from bot.channels.telegram.drawing import Drawn, draw
from bot.channels.telegram.faults import TelegramFault
from tests.channels.telegram.drawn_cards import CARD, RESULT, card
from tests.telegram.fakeapi.server import Call, FakeTelegram

CANARY = "Canary 501 words"
DRAWN = Drawn(CANARY, [], [])
FULL = draw(card(*CARD.blocks, RESULT))

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


async def fault_of(call: Awaitable[object]) -> TelegramFault:
    """The fault that a call ends with."""
    with pytest.raises(TelegramFault) as told:
        await call
    return told.value


def last(fake: FakeTelegram) -> Call:
    """The newest call that the fake was asked."""
    return fake.calls[-1]


def told(call: Call) -> Mapping[str, object]:
    """The parameters as text where they are no list or object, however they came."""
    values = call.params.items()
    return {n: v if isinstance(v, dict | list | str) else str(v).lower() for n, v in values}


@asynccontextmanager
async def answering(handle: Handler) -> AsyncIterator[str]:
    """A server with answers of a test's own; the address of its Bot API."""
    runner = web.ServerRunner(web.Server(handle))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
    finally:
        await runner.cleanup()


def always(status: int, body: str | bytes, **headers: str) -> AbstractAsyncContextManager[str]:
    """A server that gives everybody the same answer."""

    async def handle(_: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=status, body=body, headers=headers)

    return answering(handle)

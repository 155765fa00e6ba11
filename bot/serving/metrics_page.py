"""The page of metrics: a listener on this machine's own address, with one page and no other.

What came through a proxy, or asks for another host, is answered as if there were nothing.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from bot.serving.exposition import MEDIA_TYPE
from bot.serving.server import listening, server

HOST = "127.0.0.1"
NAMES = ("127.0.0.1", "localhost")
PROXIED = {b"forwarded", b"via", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip"}

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]


def metrics_page(text: Callable[[], str]) -> Callable[[Message, Receive, Send], Awaitable[None]]:
    """An ASGI application that answers `GET /metrics` with the text, and all else with 404."""

    async def answer(scope: Message, _: Receive, send: Send) -> None:
        wanted = scope["method"] == "GET" and scope["path"] == "/metrics"
        found = wanted and _is_nearby(scope["headers"])
        body = text().encode() if found else b""
        status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
        headers = [
            (b"content-type", MEDIA_TYPE.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


def _is_nearby(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether somebody on this machine asks for this machine.

    Harm prevented: a proxy that passes on too much would show strangers how busy the chat is; so
    would a browser here that a page of theirs sends to a name which leads to this address.
    """
    named = dict(headers)
    host = named.get(b"host", b"").decode("latin-1").partition(":")[0]
    return host in NAMES and not PROXIED & named.keys()


@asynccontextmanager
async def published(port: int, text: Callable[[], str]) -> AsyncIterator[None]:
    """The page is served meanwhile; there is none where `port` is 0.

    Raises SettingsError where nobody can listen on that port.
    """
    if not port:
        yield
        return
    listener = listening(HOST, port, "LINNET_METRICS_PORT")
    served = server(metrics_page(text))
    serving = asyncio.create_task(served.serve([listener]))
    try:
        yield
    finally:
        served.should_exit = True
        await asyncio.gather(serving, return_exceptions=True)
        listener.close()

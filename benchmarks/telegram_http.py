"""HTTP/1.1 straight on asyncio's sockets, as little of it as measuring needs.

Every message has a body whose length stands in its head; connections stay open.
"""

import asyncio
from collections.abc import Callable

_LENGTH = b"content-length:"
_END = b"\r\n\r\n"


class Messages(asyncio.Protocol):
    """One connection: `got` is called with it, the first line and the body of what comes in."""

    def __init__(self, got: Callable[["Messages", str, bytes], None]) -> None:
        self._got = got
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def send(self, data: bytes) -> None:
        """Send the bytes of a message."""
        assert self._transport
        self._transport.write(data)

    def close(self) -> None:
        """Close the connection."""
        assert self._transport
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(_END)) >= 0:
            head = self._buffer[:end]
            whole = end + len(_END) + _length(head.lower())
            if len(self._buffer) < whole:
                return
            body, self._buffer = self._buffer[end + len(_END) : whole], self._buffer[whole:]
            self._got(self, head[: head.find(b"\r\n")].decode(), body)


def _length(head: bytes) -> int:
    at = head.find(_LENGTH)
    return int(head[at + len(_LENGTH) :].partition(b"\r\n")[0]) if at >= 0 else 0


def message(first: str, body: bytes, *headers: str) -> bytes:
    """The bytes of a request or an answer with JSON in it."""
    lines = [first, *headers, "Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body

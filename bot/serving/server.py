"""The server: one socket, one application, no log of who came."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.channels.web.headers import headers
from bot.exceptions import SettingsError

HEADER_BYTES = 8 * 1024
WAITING = 1024  # people whom the machine lets wait for their turn
STOP_SECONDS = 2  # for requests in the air
PATIENCE = 10.0  # seconds until a request is complete


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: the program has its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Protocol(H11Protocol):
    """HTTP that answers even to what is no HTTP with the headers of every answer, and no word.

    Who opens a connection and has not said soon all that is wanted is hung up on: otherwise a few
    hundred such connections would keep everybody out.
    """

    patience = PATIENCE
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait on only where the request is not complete."""
        super().data_received(data)
        complete = not getattr(self.cycle, "more_body", True)
        if complete and not getattr(self.cycle, "response_complete", True):
            self._wait_no_more()
        elif self._waiting is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing comes any more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self.patience, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def send_400_response(self, msg: str) -> None:
        """The answer to what cannot be read; uvicorn's own says who answers."""
        named = {**headers(""), "Content-Length": "0", "Connection": "close"}
        lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        if getattr(self.cycle, "response_complete", True):  # otherwise half an answer is sent
            self.transport.write(f"HTTP/1.1 400 Bad Request\r\n{lines}\r\n".encode())
        self.transport.close()


def listening(host: str, port: int, named: str = "LINNET_HOST and LINNET_PORT") -> socket.socket:
    """A socket that listens there.

    Raises SettingsError where that is not possible, with the settings that say where.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=WAITING)
    except OSError as error:
        raise SettingsError(f"{named}: {error.strerror}") from error


def server(application: ASGIApp, patience: float = PATIENCE) -> uvicorn.Server:
    """A server for the application; it ends when `should_exit` is set.

    `patience` is how many seconds it waits for a whole request.
    """

    class Protocol(_Protocol):
        pass

    Protocol.patience = patience
    # What uvicorn warns of is always a request: it would say when somebody talked.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    config = uvicorn.Config(
        application,
        http=Protocol,
        log_config=None,
        access_log=False,  # an access log would say when somebody talked
        server_header=False,
        date_header=False,
        lifespan="off",
        ws="none",
        h11_max_incomplete_event_size=HEADER_BYTES,
        timeout_graceful_shutdown=STOP_SECONDS,
        timeout_keep_alive=20,
    )
    return _Server(config)

"""The server: one socket, one application, no log of who came."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.channels.web.headers import headers
from bot.documents import SettingsError

HEADER_BYTES = 8 * 1024
WAITING = 1024  # people whom the machine lets wait for their turn
STOP_SECONDS = 2  # for requests in the air


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: the program has its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Protocol(H11Protocol):
    """HTTP that answers even to what is no HTTP with the headers of every answer, and no word."""

    def send_400_response(self, msg: str) -> None:
        """The answer to what cannot be read; uvicorn's own says who answers."""
        named = {**headers(""), "Content-Length": "0", "Connection": "close"}
        lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        if getattr(self.cycle, "response_complete", True):  # otherwise half an answer is sent
            self.transport.write(f"HTTP/1.1 400 Bad Request\r\n{lines}\r\n".encode())
        self.transport.close()


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises SettingsError where that is not possible."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=WAITING)
    except OSError as error:
        raise SettingsError(f"LINNET_HOST and LINNET_PORT: {error.strerror}") from error


def server(application: ASGIApp) -> uvicorn.Server:
    """A server for the application; it ends when `should_exit` is set."""
    # What uvicorn warns of is always a request: it would say when somebody talked.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    config = uvicorn.Config(
        application,
        http=_Protocol,
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

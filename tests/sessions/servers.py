"""Servers of Redis or Valkey for tests: real ones, on this machine, that write no disk."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.sessions.redis import RedisStore

Given = TypeVar("Given")
CI = os.environ.get("CI") == "true"
PRIVATE = ("--save", "", "--appendonly", "no")
PROGRAMS = tuple(name for name in ("redis-server", "valkey-server") if shutil.which(name))


def there() -> None:
    """Leave the test out where no server is installed; never where CI must run it."""
    if not PROGRAMS and not CI:
        pytest.skip("redis-server is not installed: .ci/servers installs it")
    assert PROGRAMS, "CI needs redis-server: .ci/servers installs it"


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """One server in a folder of its own. `more` are settings as on its command line."""

    def __init__(self, *more: str, program: str = "redis-server", port: int = 0) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="redis-"))
        self.port = port or free_port()
        self._program = program
        self._more = more
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """As in LINNET_STORE."""
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> "Server":
        """Start it and wait until it listens."""
        self._process = subprocess.Popen(
            [
                self._program, "--port", str(self.port), "--bind", "127.0.0.1",
                "--dir", str(self.folder), *(self._more or PRIVATE),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        end = time.monotonic() + 10
        while not self._listens():
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.01)
        return self

    def _listens(self) -> bool:
        with socket.socket() as asking:
            return asking.connect_ex(("127.0.0.1", self.port)) == 0

    def ask(self, *words: str) -> bytes:
        """What the server answers one command of its own, as `redis-cli` does it."""
        with socket.create_connection(("127.0.0.1", self.port), 5) as line:
            parts = b"".join(b"$%d\r\n%s\r\n" % (len(w.encode()), w.encode()) for w in words)
            line.sendall(b"*%d\r\n%s" % (len(words), parts))
            line.settimeout(5)
            return line.recv(1 << 20)

    def pause(self) -> None:
        """It holds its connections and answers nothing: a black hole."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """It answers again."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it without a warning; all it held is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """End it, and its folder."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class Waited:
    """A store over the net as tests without a loop use it: each call is waited for at once."""

    def __init__(self, store: RedisStore) -> None:
        self._store = store
        self._loop = asyncio.new_event_loop()

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._store, name)

        async def waited(*given: Any, **named: Any) -> Any:
            return self._finished(call(*given, **named))

        return waited

    def _finished(self, call: Coroutine[Any, Any, Given] | Awaitable[Given]) -> Given:
        return self._loop.run_until_complete(call)

    def end(self) -> None:
        """Let go of the server."""
        self._finished(self._store.close())
        self._loop.close()

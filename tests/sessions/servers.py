"""Servers of Redis or Valkey for tests: real ones, on this machine, that write no disk."""

import asyncio
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from redis import Redis

from bot.sessions.model import Lifetimes
from bot.sessions.redis import RedisStore
from bot.sessions.redis_address import RedisAddress, read_address
from tests.leaving_out import leave_out
from tests.ports import free_port

Given = TypeVar("Given")
PRIVATE = ("--save", "", "--appendonly", "no")
# As a server among several must be set: nothing is copied through a disk either.
COPYING = (*PRIVATE, "--repl-diskless-sync", "yes", "--repl-diskless-load", "on-empty-db")
PROGRAMS = tuple(name for name in ("redis-server", "valkey-server") if shutil.which(name))


def there() -> None:
    """Leave the test out where no server is installed; never where CI must run it."""
    if not PROGRAMS:
        leave_out("redis-server is not installed: .ci/servers installs it")


class Server:
    """One server in a folder of its own. `more` are settings as on its command line.

    `within` stands before the command, for a server on a host of its own.
    """

    def __init__(
        self,
        *more: str,
        program: str = "redis-server",
        port: int = 0,
        host: str = "127.0.0.1",
        within: tuple[str, ...] = (),
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="redis-"))
        self.port = port or free_port()
        self.host = host
        self._within = within
        self._program = program
        self._more = more
        self.first: tuple[str, ...] = ()  # what stands before all settings: a file of them
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """As in LINNET_STORE."""
        return f"redis://{self.host}:{self.port}"

    def start(self) -> "Server":
        """Start it and wait until it listens."""
        self._process = subprocess.Popen(
            [
                *self._within, self._program, *self.first, "--port", str(self.port),
                "--bind", self.host, "--dir", str(self.folder), *(self._more or PRIVATE),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until(self._listens)
        return self

    def _listens(self) -> bool:
        with socket.socket() as asking:
            return asking.connect_ex((self.host, self.port)) == 0

    def ask(self, *words: str) -> bytes:
        """What the server answers one command of its own, as `redis-cli` does it."""
        with socket.create_connection((self.host, self.port), 5) as line:
            parts = b"".join(b"$%d\r\n%s\r\n" % (len(w.encode()), w.encode()) for w in words)
            line.sendall(b"*%d\r\n%s" % (len(words), parts))
            line.settimeout(5)
            return line.recv(1 << 20)

    def redis(self, **more: Any) -> Redis:
        """A client of the library, for what a test looks at; close it."""
        return Redis(host=self.host, port=self.port, **more)

    def rows(self) -> dict[bytes, tuple[int, bytes]]:
        """All keys: how many milliseconds they live yet, and every byte that is theirs."""
        with self.redis() as asking:
            return {
                key: (int(asking.pttl(key)), bytes(asking.dump(key) or b""))
                for key in asking.scan_iter(count=1000)
            }

    def memory(self) -> bytes:
        """Every byte of its memory that it can write to, but for pages that are empty."""
        assert self._process is not None
        found = []
        with Path(f"/proc/{self._process.pid}/mem").open("rb", buffering=0) as memory:
            for line in Path(f"/proc/{self._process.pid}/maps").read_text("ascii").splitlines():
                place, rights = line.split()[:2]
                if rights.startswith("rw"):
                    first, end = (int(number, 16) for number in place.split("-"))
                    memory.seek(first)
                    while first < end and (some := memory.read(min(end - first, 1 << 16))):
                        found.append(some if any(some) else b"")
                        first += len(some)
        return b"".join(found)

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


@contextmanager
def running(*more: str, port: int = 0) -> Iterator[Server]:
    """A server with these settings until the end; with none it writes no disk."""
    there()
    server = Server(*more, port=port)
    try:
        yield server.start()
    finally:
        server.close()


@contextmanager
def cluster() -> Iterator[Server]:
    """A cluster of one node that has every slot."""
    bus = ("--cluster-port", str(free_port()))  # else its port and 10,000, which may be none
    with running(*COPYING, "--cluster-enabled", "yes", *bus) as node:
        node.ask("cluster", "addslotsrange", "0", "16383")
        until(lambda: b"cluster_state:ok" in node.ask("cluster", "info"))
        yield node


@contextmanager
def watched(name: str, *replica: str) -> Iterator[tuple[Server, Server, str]]:
    """A server, its replica with these settings, and the address of the sentinel that knows them.

    The sentinel calls them `name`, and takes the replica half a second after the server is away.
    """
    with running(*COPYING, "--repl-diskless-sync-delay", "0") as first:
        above = ("--replicaof", "127.0.0.1", str(first.port))
        with running(*(replica or COPYING), *above) as second:
            until(lambda: b"master_link_status:up" in second.ask("info", "replication"))
            sentinel = Server("--sentinel")
            lines = (
                f"sentinel monitor {name} 127.0.0.1 {first.port} 1",
                f"sentinel down-after-milliseconds {name} 500",
            )
            path = sentinel.folder / "sentinel.conf"
            path.write_text("\n".join(lines), encoding="ascii")
            sentinel.first = (str(path),)
            try:
                sentinel.start()
                until(
                    lambda: str(second.port).encode() in sentinel.ask("sentinel", "replicas", name)
                )
                yield first, second, f"redis+sentinel://127.0.0.1:{sentinel.port}/{name}"
            finally:
                sentinel.close()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of 127.0.0.1 that vouches for itself, and its key."""
    made, key = folder / "certificate.pem", folder / "key.pem"
    kind = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    about = ("-days", "2", "-subj", "/CN=here", "-addext", "subjectAltName=IP:127.0.0.1")
    subprocess.run(
        ["openssl", *kind, *about, "-keyout", key, "-out", made],  # noqa: S607
        check=True, capture_output=True,
    )  # fmt: skip
    return made, key


def until(true: Callable[[], bool], seconds: float = 15) -> None:
    """Wait for it; longer is a failure."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def store_at(
    where: str | RedisAddress,
    steady: Callable[[], float] = time.monotonic,
    lives: Lifetimes = Lifetimes(60, 600),  # noqa: B008  # frozen
    now: Callable[[], float] | None = None,
) -> RedisStore:
    """A store at an address as in LINNET_STORE; every host is nearby. Close it."""
    address = read_address(where, lambda _: True) if isinstance(where, str) else where
    return RedisStore(address, steady, lives, now)


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

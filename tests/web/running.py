"""The page as people run it, `linnet serve` in a process of its own, and the other site."""

import asyncio
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from aiohttp import web

from tests.ports import free_port
from tests.telegram.running import eventually

ROOT = Path(__file__).parents[2]
PLAIN = "<!doctype html><html lang=en><title>{0}</title><link rel=icon href=data:,><h1>{0}</h1>"


class Site:
    """A server of the page that leaves to `away`; `flags` are those of `linnet serve`."""

    def __init__(
        self, folder: Path, away: str, flags: tuple[str, ...] = (), **settings: str
    ) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}/"
        self.written = folder / "server.txt"
        self._flags = flags
        runtime = folder / "runtime"
        runtime.mkdir(parents=True, exist_ok=True)
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("LINNET_")},
            "XDG_RUNTIME_DIR": str(runtime),
            "RUNTIME_DIRECTORY": "",
            "LINNET_PORT": str(self.port),
            "LINNET_LEAVE_URL": away,
            "LINNET_LOG_LEVEL": "debug",
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start it and wait until it serves."""
        with self.written.open("ab") as written:
            self.process = subprocess.Popen(  # noqa: ASYNC220  # it returns at once
                [sys.executable, "-m", "bot", "serve", *self._flags],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=written,
            )
        assert await eventually(lambda: "web-serving" in self.written.read_text(), 30)

    async def stop(self) -> None:
        """End it in good order."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            await asyncio.to_thread(self.process.wait, 10)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process:
            self.process.kill()
            self.process.wait()

    async def ask(self, token: str, turn: str = "2") -> int:
        """The status of one more request of the talk with this token."""
        headers = {"X-Session": token, "Content-Type": "application/json"}
        body = f'{{"a":"","n":"{turn}"}}'
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.address, data=body, headers=headers) as answer,
        ):
            return answer.status

    async def __aenter__(self) -> "Site":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()


@dataclass
class Away:
    """The other site: where leaving leads (`/`), and any other page of the same server."""

    port: int = field(default_factory=free_port)
    delay: float = 0.0  # seconds before it answers
    referrers: list[str] = field(default_factory=list)
    _runner: web.AppRunner | None = None

    @property
    def address(self) -> str:
        """Where leaving leads."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def before(self) -> str:
        """A page that she may have looked at before ours."""
        return f"http://127.0.0.1:{self.port}/before"

    async def start(self) -> None:
        """Listen."""
        app = web.Application()
        app.router.add_get("/{rest:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner:
            await self._runner.cleanup()
        self._runner = None

    async def _answer(self, request: web.Request) -> web.Response:
        self.referrers += request.headers.getall("Referer", [])
        await asyncio.sleep(self.delay)
        title = "Before" if request.path == "/before" else "Weather"
        return web.Response(text=PLAIN.format(title), content_type="text/html")

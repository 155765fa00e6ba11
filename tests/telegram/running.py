"""The bot as people run it: `linnet serve` in a process of its own, killed and started again."""

import asyncio
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.ports import free_port
from tests.telegram.fakeapi.server import FakeTelegram

WIDE = "tests.telegram.wide"  # its limits hold nobody back
ROOT = Path(__file__).parents[2]


async def eventually(true: Callable[[], object], seconds: float = 10) -> bool:
    """Whether it becomes true in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.005)
    return True


class Served:
    """A bot against `fake`. What it wrote, over all its lives, is in the file `said`.

    `program` is the module that is run: `WIDE` for people who tap faster than anybody could.
    `within` stands before the command, for a bot on a host of its own.
    """

    def __init__(
        self,
        fake: FakeTelegram,
        folder: Path,
        mode: str = "polling",
        program: str = "bot",
        within: Sequence[str] = (),
        **settings: str,
    ) -> None:
        self._command = (*within, sys.executable, "-m", program, "serve")
        self.fake = fake
        self.folder = folder
        self.said = folder / "said.txt"
        self.runtime = folder / "runtime"
        self.runtime.mkdir(exist_ok=True)
        self.environment: Mapping[str, str] = {
            **os.environ,
            "LINNET_TELEGRAM_TOKEN": fake.token,
            "LINNET_TELEGRAM_API": fake.base,
            "XDG_RUNTIME_DIR": str(self.runtime),
            "RUNTIME_DIRECTORY": "",
            "LINNET_LOG_LEVEL": "debug",
            "LINNET_PORT": str(free_port()),
            **(webhook_settings() if mode == "webhook" else {}),
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None
        self._served_before = 0

    @property
    def store(self) -> Path:
        """The folder where database and keys stand."""
        return self.runtime / f"linnet-{os.getuid()}"

    def start(self) -> None:
        """Start it; it serves some time later."""
        self._served_before = self.events("serving")
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    def serving(self) -> bool:
        """Whether it has said so since it was started."""
        return self.events("serving") > self._served_before

    def events(self, name: str) -> int:
        """How often it wrote this event."""
        return self.log().count(f" {name}")

    def log(self) -> str:
        """All it wrote."""
        return self.said.read_text() if self.said.exists() else ""

    def kill(self) -> None:
        """Kill it without a warning."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def stop(self, seconds: float = 5) -> int:
        """Ask it to stop; its exit code. Raises TimeoutExpired when that takes longer."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    async def __aenter__(self) -> "Served":
        self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.kill()


def webhook_settings() -> dict[str, str]:
    """Settings that have updates delivered to a free port."""
    port = str(free_port())
    return {
        "LINNET_TELEGRAM_MODE": "webhook",
        "LINNET_WEBHOOK_URL": f"http://127.0.0.1:{port}/{secrets.token_urlsafe(24)}",
        "LINNET_WEBHOOK_SECRET": secrets.token_urlsafe(32),
        "LINNET_PORT": port,
    }

"""Runs: a contestant in a fresh interpreter, in process or served, once; what an update cost it."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.telegram_load import Api, measure
from benchmarks.telegram_people import read_looks
from benchmarks.telegram_questions import TALK
from benchmarks.telegram_served import PATH, SECRET, TOKEN

ROOT = Path(__file__).parents[1]
OURS = "tests.telegram.wide"  # `linnet serve`, for people who tap faster than anybody could
STARTED, PAUSE = 30.0, 0.05  # seconds within which a bot must listen, and between tries
TMPFS = "/dev/shm"  # noqa: S108  # where a service has its runtime folder


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds of CPU an update; void when `wrong` says what went wrong."""

    microseconds: float
    wrong: str


def interpreter() -> str:
    """The one for all contestants: `BENCH_PYTHON`, else that of `.venv-bench`, else this one."""
    beside = ROOT / ".venv-bench" / "bin" / "python"
    return os.environ.get("BENCH_PYTHON") or (str(beside) if beside.exists() else sys.executable)


def has(module: str) -> bool:
    """Whether the interpreter of the contestants has this installed."""
    look = f"import importlib.util, sys; sys.exit(importlib.util.find_spec('{module}') is None)"
    found = subprocess.run([interpreter(), "-c", look], check=False)  # noqa: S603  # our own code
    return found.returncode == 0


def inside(module: str, looks: str) -> Cost:
    """The talk of 120 people in the contestant's own process."""
    ended = subprocess.run(  # noqa: S603
        [interpreter(), "-m", module, "inside", looks],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    if ended.returncode:
        return Cost(0, ended.stderr.strip().rpartition("\n")[2] or "it failed")
    found = json.loads(ended.stdout)
    return Cost(found["seconds"] / found["updates"] * 1e6, found["wrong"])


def served(module: str, looks: str) -> Cost:
    """The talk of 16 people at a time over HTTP."""
    return asyncio.run(_served(module, looks))


async def _served(module: str, looks: str) -> Cost:
    api = Api(read_looks(looks))
    port = _free_port()
    async with api.listening() as api_port:
        with _bot(module, looks, port, f"http://127.0.0.1:{api_port}") as bot:
            if not await _ready(port, api):
                return Cost(0, "it did not begin to listen")
            seconds, updates, wrong = await measure(port, api, bot.pid)
    return Cost(seconds / updates * 1e6, wrong)


@contextmanager
def _bot(module: str, looks: str, port: int, api: str) -> Iterator[subprocess.Popen[bytes]]:
    arguments = ["serve"] if module == OURS else ["serve", looks, str(port), api]
    with tempfile.TemporaryDirectory(dir=TMPFS) as runtime:
        bot = subprocess.Popen(  # noqa: S603
            [interpreter(), "-m", module, *arguments],
            cwd=ROOT,
            env={**os.environ, **_linnet(port, api), "RUNTIME_DIRECTORY": runtime},
        )
        try:
            yield bot
        finally:
            bot.terminate()
            bot.wait()


def _linnet(port: int, api: str) -> Mapping[str, str]:
    """The settings of `linnet serve`; the others do not read them."""
    return {
        "LINNET_DATA": str(TALK),
        "LINNET_LANGUAGES": "en",
        "LINNET_TELEGRAM_TOKEN": TOKEN,
        "LINNET_TELEGRAM_API": f"{api}/bot",
        "LINNET_TELEGRAM_MODE": "webhook",
        "LINNET_WEBHOOK_URL": f"http://127.0.0.1:{port}/{PATH}",
        "LINNET_WEBHOOK_SECRET": SECRET,
        "LINNET_HOST": "127.0.0.1",
        "LINNET_PORT": str(port),
    }


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def _ready(port: int, api: Api) -> bool:
    """Whether the bot listens and has said so to Telegram, within the time it has for that."""
    for _ in range(int(STARTED / PAUSE)):
        if api.announced.is_set():
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    return True
        await asyncio.sleep(PAUSE)
    return False

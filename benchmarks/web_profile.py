"""Where the time of an answer goes: the application in process, over ASGI, under cProfile.

    python -m benchmarks.web_profile

The sealed store and the middleware are those of a start, sockets and the server are left out.
Prints CPU of one answer without the profiler, then the functions by their own time.
"""

import asyncio
import cProfile
import pstats
import secrets
import tempfile
import time
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp

from benchmarks.web_talk import turns_for_measuring, walked
from bot.channels.limits import Limits
from bot.channels.web.app import Site, application
from bot.channels.web.shell import Shell
from bot.channels.web.talk import Talk
from bot.conversation.turns import Turns
from bot.locales import phrases as say
from bot.serving.keeping import open_store
from bot.serving.running import clock
from bot.settings import Settings

TALKS = 100
SHOWN = 25


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        kept = open_store(Settings(), Path(folder))
        turns = Turns(turns_for_measuring().world, kept.store, clock, say.WEB_KEEPS)
        site = Site(
            Talk(turns, secrets.token_urlsafe),
            Shell(turns.voice, "/"),
            Limits(time.monotonic, b"x", 1000, 0.001),
            Limits(time.monotonic, b"x", 1000, 0.001),
            turns.ready,
        )
        app = application(site)
        posts = [post.encode() for post in asyncio.run(walked())["posts"]]
        asyncio.run(_talks(app, posts))
        begin = time.process_time()
        asyncio.run(_talks(app, posts))
        each = (time.process_time() - begin) / TALKS / len(posts) * 1e6
        print(f"{each:.0f} µs CPU an answer, in process")
        profile = cProfile.Profile()
        profile.runcall(asyncio.run, _talks(app, posts))
        pstats.Stats(profile).sort_stats("tottime").print_stats(SHOWN)
        pstats.Stats(profile).sort_stats("cumtime").print_stats(r"bot/|gzip|json/", 45)
        kept.close()


async def _talks(app: ASGIApp, posts: list[bytes]) -> None:
    for _ in range(TALKS):
        token = secrets.token_urlsafe(32).encode()
        for post in posts:
            assert await _status(app, token, post) == 200


async def _status(app: ASGIApp, token: bytes, body: bytes) -> int:
    headers = [
        (b"host", b"h"), (b"content-type", b"application/json"), (b"x-session", token),
        (b"accept-encoding", b"gzip"), (b"content-length", str(len(body)).encode()),
    ]  # fmt: skip
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http",
        "method": "POST", "path": "/", "raw_path": b"/", "query_string": b"", "root_path": "",
        "headers": headers, "client": ("127.0.0.1", 1), "server": ("h", 80),
    }  # fmt: skip
    status = 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)

    await app(scope, receive, send)
    return status


if __name__ == "__main__":
    main()

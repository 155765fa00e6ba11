"""The page without Linnet: Starlette takes the same JSON and answers with the same cards.

    python -m benchmarks.web_bare TALK PORT

Nothing is kept, matched, worded or checked; the server and what compresses are Linnet's own.
"""

import asyncio
import json
import sys
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.serving.server import listening, server


def application(cards: dict[str, object]) -> Starlette:
    """The page; `cards` gives the card that answers a turn."""

    async def answer(request: Request) -> JSONResponse:
        fields = json.loads(await request.body())
        return JSONResponse(cards[fields["n"]])

    squeezed = Middleware(GZipMiddleware, minimum_size=500, compresslevel=6)
    return Starlette(routes=[Route("/", answer, methods=["POST"])], middleware=[squeezed])


if __name__ == "__main__":
    talk = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    listener = listening("127.0.0.1", int(sys.argv[2]))
    asyncio.run(server(application(talk["cards"])).serve([listener]))

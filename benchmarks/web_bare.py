"""The page without Linnet: Starlette takes the same posts and answers with the same words.

    python -m benchmarks.web_bare TALK PORT

A form is answered by a page that Jinja2 makes, JSON by a card that is ready. Nothing is kept,
matched, worded or checked; the server is Linnet's own, what squeezes is Starlette's.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from jinja2 import Environment
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.shell import HERE
from bot.serving.server import listening, server

PAGE = """<!doctype html>
<html lang="{{ language }}" dir="{{ direction }}">
<head><meta charset="utf-8"><title>Form</title><style>{{ styles|safe }}</style></head>
<body><form method="post" action="/">
<input type="hidden" name="t" value="{{ token }}"><input type="hidden" name="n" value="{{ turn }}">
{% for tag, kind, words in lines %}<{{ tag }}{% if kind %} class="{{ kind }}"{% endif %}>{{ words }}</{{ tag }}>
{% endfor %}{% for value in boxes %}<input type="checkbox" name="pick" value="{{ value }}">
{% endfor %}{% for value, words in buttons %}<button name="a" value="{{ value }}">{{ words }}</button>
{% endfor %}</form></body></html>
"""


def application(talk: dict[str, Any]) -> Starlette:
    """The page; `talk` is what `web_talk` wrote."""
    template = Environment(autoescape=True).from_string(PAGE)
    styles = (HERE / "static" / "page.css").read_text("utf-8")

    async def answer(request: Request) -> Response:
        body = await request.body()
        if request.headers["content-type"] == "application/json":
            return JSONResponse(talk["cards"][json.loads(body)["n"]])
        fields = parse_qs(body.decode())
        page = talk["pages"][fields["n"][0]]
        return HTMLResponse(template.render(styles=styles, token=fields["t"][0], **page))

    squeezed = Middleware(GZipMiddleware, minimum_size=500, compresslevel=6)
    return Starlette(routes=[Route("/", answer, methods=["POST"])], middleware=[squeezed])


if __name__ == "__main__":
    written = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    listener = listening("127.0.0.1", int(sys.argv[2]))
    asyncio.run(server(application(written)).serve([listener]))

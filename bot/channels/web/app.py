"""The application: which addresses the one server answers, and nothing else.

Every other address, method and mistake gets a bare status without a word.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

# A secret header and a body in; the status to answer with out.
TakeUpdate = Callable[[bytes, AsyncIterator[bytes]], Awaitable[HTTPStatus]]
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105  # a header's name


def application(webhook_path: str, take_update: TakeUpdate) -> Starlette:
    """The server's routes: Telegram's updates come in at `webhook_path`."""

    async def updates(request: Request) -> Response:
        secret = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        try:
            status = await take_update(secret, request.stream())
        except ClientDisconnect:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        late = status == HTTPStatus.SERVICE_UNAVAILABLE
        return Response(status_code=status, headers={"Retry-After": "1"} if late else None)

    app = Starlette(
        routes=[Route(webhook_path, updates, methods=["POST"])],
        exception_handlers={404: _bare, 405: _bare, 500: _bare},
    )
    app.router.redirect_slashes = False  # a redirect would tell a guesser that he is near
    return app


async def _bare(_: Request, error: Any) -> Response:  # noqa: ANN401  # Starlette gives any exception
    return Response(status_code=getattr(error, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR))

"""The application: which addresses the one server answers, and nothing else.

Every other address, method and mistake gets a bare status without a word. Nothing here writes to
the log: a line would say when somebody talked.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.channels.limits import Limits, calls_for_help
from bot.channels.web import talk
from bot.channels.web.body import Body
from bot.channels.web.entry import MOST_BYTES as FORM_BYTES
from bot.channels.web.entry import STYLES as FORM_STYLES
from bot.channels.web.entry import Entry, answers_of
from bot.channels.web.headers import Headers
from bot.channels.web.shell import Shell
from bot.channels.web.sound import ADDRESS, sound
from bot.conversation.acting import FIRST_TURN
from bot.conversation.messages import Act, Again, Button, Card, Typed, Word
from bot.counting.codes import CODE
from bot.exceptions import StoreUnavailable

MOST_BYTES = 4 * 1024
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105  # a header's name
TOKEN_HEADER = b"x-session"
NOTHING: Mapping[str, str] = {}
CLEAR = {"Clear-Site-Data": '"cache", "cookies", "storage"'}
TURN_HEADER = "X-Turn"
SCRIPT = Body((Path(__file__).parent / "static" / "page.js").read_bytes())
LEAVE = Body(b'{"leave":true}')

# A secret header and a body in; the status to answer with out.
TakeUpdate = Callable[[bytes, AsyncIterator[bytes]], Awaitable[HTTPStatus]]


@dataclass(frozen=True, slots=True)
class Site:
    """What the application is made of. `ready` raises StoreUnavailable when nothing can be kept.

    `health` gives what `/healthz` says: words of the program about itself.
    """

    talk: talk.Talk
    shell: Shell
    limits: Limits
    everybody: Limits  # new talks of all people together
    ready: Callable[[], Awaitable[object]]
    entry: Entry | None = None  # only at a preview
    health: Callable[[], str] = lambda: "ok"


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram's updates come in, and what takes them."""

    path: str
    take: TakeUpdate


class _Code(Convertor[str]):
    """A part of an address that has the form of a link's code; every other one is not there."""

    regex = CODE.pattern

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("link", _Code())


def application(site: Site, hook: Hook | None = None) -> ASGIApp:
    """The server's routes."""
    routes = [
        Route("/", _first(site), methods=["GET"]),
        Route("/", _answer(site), methods=["POST"]),
        Route("/exit", _exit(site), methods=["POST"]),
        Route("/page.js", _script, methods=["GET"]),
        Route(f"{ADDRESS}{{language}}/{{file}}.opus", _recording(site), methods=["GET"]),
        Route("/healthz", _health(site), methods=["GET"]),
        Route("/readyz", _ready(site), methods=["GET"]),
        Route("/{code:link}", _by_link(site), methods=["GET"]),
        *([Route(hook.path, _updates(hook), methods=["POST"])] if hook else []),
        *(_of_the_form(site.entry) if site.entry else []),
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={404: _bare, 405: _bare, 500: _bare},
    )
    app.router.redirect_slashes = False  # a redirect would tell a guesser that he is near
    # Outside of all: what Starlette says when an endpoint fails passes by every middleware.
    return Headers(app, site.shell.styles)


Endpoint = Callable[[Request], Awaitable[Response]]


# ---- the talk


def _first(site: Site) -> Endpoint:
    async def first(request: Request) -> Response:
        card, token = site.talk.first()
        return _page(request, site, card, token)

    return first


def _by_link(site: Site) -> Endpoint:
    """The first card as a link of an outreach worker opens it.

    Harm prevented: a link that is revoked, or that nobody made, opens the plain first card, so
    that a card in a bag still helps, and a guesser does not learn which links there are.
    """

    async def first(request: Request) -> Response:
        card, token = site.talk.first(request.path_params["code"])
        return _page(request, site, card, token)

    return first


def _answer(site: Site) -> Endpoint:
    async def answer(request: Request) -> Response:
        named = dict(request.scope["headers"])
        if not _is_ours(named):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        body = await _body(request)
        if isinstance(body, HTTPStatus):
            return Response(status_code=body)
        kind = named.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if kind == b"application/json":
            token = named.get(TOKEN_HEADER, b"").decode("latin-1")
            asked = talk.from_script(token, body)
            return await _to_script(request, site, asked)
        if kind == b"application/x-www-form-urlencoded":
            return await _to_form(request, site, talk.from_form(body))
        return Response(status_code=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)

    return answer


async def _to_script(request: Request, site: Site, asked: talk.Asked | None) -> Response:
    if asked is None:
        return Response(status_code=HTTPStatus.BAD_REQUEST)
    act = site.talk.act(asked)
    if not _may(site, asked.token, act):
        return Response(status_code=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": "1"})
    card = await site.talk.take(asked.token, act)
    if card.ended:
        return _sent(request, LEAVE, "application/json")
    if card.state == "closed":
        return Response(status_code=HTTPStatus.GONE)
    body = await site.shell.data(card, asked.token)
    return _sent(request, body, "application/json", {TURN_HEADER: str(card.turn)})


async def _to_form(request: Request, site: Site, asked: talk.Asked | None) -> Response:
    """The neutral first page for whatever is not of a talk that stands."""
    if asked is None:
        return RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
    act = site.talk.act(asked)
    if not _may(site, asked.token, act):
        act = Again()  # too often is no reason to lose the talk: the card that stands
    card = await site.talk.take(asked.token, act)
    if card.state == "closed":
        return RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
    return _page(request, site, card, asked.token, CLEAR if card.ended else NOTHING)


def _page(
    request: Request, site: Site, card: Card, token: str, more: Mapping[str, str] = NOTHING
) -> Response:
    return _sent(request, site.shell.page(card, token), "text/html", more)


def _sent(request: Request, body: Body, kind: str, more: Mapping[str, str] = NOTHING) -> Response:
    """The body, squeezed where her browser takes that."""
    named = {"Vary": "Accept-Encoding", **more}
    wanted = "gzip" in request.headers.get("accept-encoding", "")
    squeezed = body.squeezed() if wanted else None
    if squeezed is None:
        return Response(body.plain, media_type=kind, headers=named)
    return Response(squeezed, media_type=kind, headers={**named, "Content-Encoding": "gzip"})


def _may(site: Site, token: str, act: Act) -> bool:
    """Whether there is room for one more answer. Help and leaving are never held back."""
    if calls_for_help(act, site.talk.is_help):
        return True
    turn = act.turn if isinstance(act, Button | Typed | Word) else None
    new = turn == FIRST_TURN or (turn is None and isinstance(act, Typed))
    return site.limits.allows(token) and (not new or site.everybody.allows("new"))


def _exit(site: Site) -> Endpoint:
    async def leave(request: Request) -> Response:
        body = await _body(request)
        if not _is_ours(dict(request.scope["headers"])):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        if isinstance(body, HTTPStatus):
            return Response(status_code=body)
        with suppress(StoreUnavailable):  # its time ends by itself
            await site.talk.forget(body.decode("ascii", "replace"))
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=CLEAR)

    return leave


# ---- beside the talk


def _of_the_form(entry: Entry) -> list[Route]:
    return [
        Route("/entry", _entry(entry), methods=["GET", "POST"]),
        Route("/entry.css", _form_styles, methods=["GET"]),
    ]


async def _form_styles(request: Request) -> Response:
    return _sent(request, FORM_STYLES, "text/css")


def _entry(entry: Entry) -> Endpoint:
    async def filled(request: Request) -> Response:
        if not _is_ours(dict(request.scope["headers"])):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        body = await _body(request, FORM_BYTES) if request.method == "POST" else b""
        if isinstance(body, HTTPStatus):
            return Response(status_code=body)
        fields = answers_of(body)
        if fields is None:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        sheet = entry.fill({name: said for name, said in fields.items() if name != "do"})
        if fields.get("do") == "file" and sheet.file:
            named = {"Content-Disposition": f'attachment; filename="{sheet.name}"'}
            return Response(sheet.file, media_type="application/yaml", headers=named)
        return _sent(request, entry.page(sheet), "text/html")

    return filled


async def _script(request: Request) -> Response:
    return _sent(request, SCRIPT, "text/javascript")


def _recording(site: Site) -> Endpoint:
    async def recording(request: Request) -> Response:
        # Harm prevented: another page must not find out what there is to hear, nor play it.
        if not _is_ours(dict(request.scope["headers"])):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        # A name that is looked up among those known at the start, and never a path.
        asked = request.path_params
        data = site.talk.turns.sound(f"{asked['language']}/{asked['file']}")
        if not data:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        return sound(data, request.headers.get("range", ""))

    return recording


def _health(site: Site) -> Endpoint:
    async def health(_: Request) -> Response:
        return Response(site.health(), media_type="text/plain")

    return health


def _ready(site: Site) -> Endpoint:
    async def ready(_: Request) -> Response:
        try:
            await site.ready()
        except StoreUnavailable:
            return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)
        return Response("ok", media_type="text/plain")

    return ready


def _updates(hook: Hook) -> Endpoint:
    async def updates(request: Request) -> Response:
        secret = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        try:
            status = await hook.take(secret, request.stream())
        except ClientDisconnect:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        late = status == HTTPStatus.SERVICE_UNAVAILABLE
        return Response(status_code=status, headers={"Retry-After": "1"} if late else None)

    return updates


# ---- requests


def _is_ours(named: Mapping[bytes, bytes]) -> bool:
    """Whether a request with these headers comes from this page, as far as the browser says."""
    if named.get(b"sec-fetch-site", b"same-origin") not in {b"same-origin", b"none"}:
        return False
    # With `Referrer-Policy: no-referrer` a browser calls the origin of our own form "null".
    origin = named.get(b"origin", b"null")
    return origin == b"null" or origin.partition(b"://")[2] == named.get(b"host", b"")


async def _body(request: Request, most: int = MOST_BYTES) -> bytes | HTTPStatus:
    """The body; the status to answer with where it is more than what the page sends."""
    whole = b""
    try:
        async for chunk in request.stream():
            whole += chunk
            if len(whole) > most:
                return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    except ClientDisconnect:
        return HTTPStatus.BAD_REQUEST
    return whole


async def _bare(_: Request, error: Exception) -> Response:
    return Response(status_code=getattr(error, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR))

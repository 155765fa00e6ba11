"""The application: one address, bare statuses, and not a word about the talk."""

from http import HTTPStatus

import pytest

from bot.channels.web.app import SECRET_HEADER, application
from tests.channels.telegram.fakes import quiet

PATH = "/hook-3fQz9x-3fQz9x-3fQz9x"


class Taking:
    """What takes updates: the statuses to answer with, and what it was given."""

    def __init__(self, status=HTTPStatus.OK, *, reads=True):
        self.status, self.reads = status, reads
        self.secrets, self.bodies = [], []

    async def __call__(self, secret, body):
        self.secrets.append(secret)
        if self.reads:
            self.bodies.append(b"".join([chunk async for chunk in body]))
        return self.status


class Answer:
    """One request as a server hands it over, and what the application said."""

    def __init__(self, messages):
        head, *rest = messages
        self.status = head["status"]
        self.headers = {name.decode(): value.decode() for name, value in head["headers"]}
        self.body = b"".join(message.get("body", b"") for message in rest)


def scope(method, path, headers):
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "https",
        "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
        "root_path": "", "headers": headers, "client": ("198.51.100.7", 1), "server": ("h", 443),
    }  # fmt: skip


async def ask(take, method="POST", path=PATH, *, secret=b"s3cret", parts=(b"{}",), cut=False):
    """Make a request; `cut`: the other side goes away after the parts."""
    headers = [(SECRET_HEADER.encode(), secret)] if secret is not None else []
    waiting = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    end = {"type": "http.disconnect"} if cut else {"type": "http.request", "body": b""}
    waiting.append(end)
    sent = []

    async def receive():
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    await application(PATH, take)(scope(method, path, headers), receive, send)
    await quiet()
    return Answer(sent)


# ---- the one address


async def test_an_update_is_handed_over_with_its_secret_and_its_body():
    take = Taking()
    await ask(take, parts=(b'{"update', b'_id": 7}'))
    assert (take.secrets, take.bodies) == ([b"s3cret"], [b'{"update_id": 7}'])


@pytest.mark.parametrize("status", [200, 403, 503])
async def test_the_status_is_that_of_whoever_takes_updates(status):
    answer = await ask(Taking(HTTPStatus(status)))
    assert (answer.status, answer.body) == (status, b"")


async def test_whoever_is_asked_to_come_later_is_told_when():
    assert (await ask(Taking(HTTPStatus.SERVICE_UNAVAILABLE))).headers["retry-after"] == "1"


@pytest.mark.parametrize("status", [200, 403])
async def test_nobody_else_is_told_to_come_again(status):
    assert "retry-after" not in (await ask(Taking(HTTPStatus(status)))).headers


async def test_a_request_without_a_secret_has_an_empty_one():
    take = Taking()
    await ask(take, secret=None)
    assert take.secrets == [b""]


async def test_a_secret_of_any_bytes_does_no_harm():
    take = Taking(HTTPStatus.FORBIDDEN)
    assert (await ask(take, secret=b"\xff\xfe\xc3")).status == HTTPStatus.FORBIDDEN


async def test_a_body_that_nobody_reads_is_not_read():
    take = Taking(HTTPStatus.FORBIDDEN, reads=False)
    assert (await ask(take, parts=[b"x" * 1024] * 100)).status == HTTPStatus.FORBIDDEN
    assert take.bodies == []


async def test_a_request_that_was_cut_off_is_not_confirmed():
    take = Taking()
    assert (await ask(take, parts=(b'{"upd',), cut=True)).status == HTTPStatus.BAD_REQUEST
    assert take.bodies == []


# ---- everything else


ELSEWHERE = [
    "/", "", "/hook", PATH + "/", PATH + "x", PATH.upper(), "/" + PATH, "/favicon.ico",
    "/robots.txt", "/docs", PATH + "/..", "/%00", "/health",
]  # fmt: skip


@pytest.mark.parametrize("path", ELSEWHERE, ids=ascii)
async def test_every_other_address_is_not_found_without_a_word(path):
    take = Taking()
    answer = await ask(take, path=path)
    assert (answer.status, answer.body) == (HTTPStatus.NOT_FOUND, b"")
    assert take.secrets == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "X"])
async def test_every_other_method_is_refused_without_a_word(method):
    take = Taking()
    answer = await ask(take, method)
    assert (answer.status, answer.body) == (HTTPStatus.METHOD_NOT_ALLOWED, b"")
    assert take.secrets == []


@pytest.mark.parametrize(
    ("method", "path"), [("POST", PATH), ("GET", PATH), ("POST", "/"), ("GET", "/hook")]
)
async def test_no_header_says_what_answers_or_when(method, path):
    """The server adds none either: see `bot.serving`."""
    assert (await ask(Taking(), method, path)).headers.keys() <= {"content-length"}


async def test_a_mistake_of_the_program_is_a_bare_status():
    async def fail(_, __):
        raise RuntimeError("Canary 501")

    sent = []

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        sent.append(message)

    with pytest.raises(RuntimeError):  # for the server's log, which names its kind only
        await application(PATH, fail)(scope("POST", PATH, []), receive, send)
    answer = Answer(sent)
    assert (answer.status, answer.body) == (HTTPStatus.INTERNAL_SERVER_ERROR, b"")
    assert answer.headers.keys() <= {"content-length"}

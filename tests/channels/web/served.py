"""The application as a browser meets it: requests in, answers out, all of it in memory."""

import itertools
import json
import re
from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, settings

from bot.channels.limits import Limits
from bot.channels.web.app import MOST_BYTES, Hook, Site, application
from bot.channels.web.shell import Shell
from bot.channels.web.talk import Talk, key_of
from bot.conversation.counting import Counting
from bot.conversation.messages import Start
from bot.conversation.turns import Turns
from bot.locales import phrases as say
from bot.sessions.model import unpack
from tests.channels.telegram.fakes import FaultyStore, quiet

HOOK = "/hook-3fQz9x-3fQz9x-3fQz9x"
AWAY = "https://weather.example/"
TOKEN, ANOTHER = "a" * 43, "b" * 43
HOST = {"host": "notes.example"}
JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
KINDS = {"json": JSON, "form": FORM}
FIRST_TURN = "1"
HUGE = b"x" * (MOST_BYTES + 1)
CODE, UNKNOWN = "23456789", "98765432"
LINKS = {CODE: Start("ur", "birmingham", link=CODE)}
PATHS = {"/": {"GET", "HEAD", "POST"}, "/exit": {"POST"}, HOOK: {"POST"}} | {
    path: {"GET", "HEAD"}
    for path in (
        "/page.js", f"/sound/en/{'0' * 64}.opus", "/healthz", "/readyz", f"/{CODE}", f"/{UNKNOWN}",
    )
}  # fmt: skip
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X"]


class Answer:
    """What the application said to one request."""

    def __init__(self, messages):
        head, *rest = messages
        self.status = head["status"]
        self.names = [name.decode() for name, _ in head["headers"]]
        self.headers = {name.decode(): value.decode() for name, value in head["headers"]}
        self.body = b"".join(message.get("body", b"") for message in rest)

    @property
    def text(self):
        return self.body.decode()

    @property
    def data(self):
        return json.loads(self.body)

    @property
    def turn(self):
        """The turn of the card: the script finds it in a header, a form in a field."""
        found = re.search(r'name="n" value="([0-9]+)"', "" if self.is_json else self.text)
        return found[1] if found else self.headers.get("x-turn", FIRST_TURN)

    @property
    def is_json(self):
        return self.body.startswith(b"{")

    @property
    def token(self):
        """The token that a page holds."""
        return re.search(r'name="t" value="([^"]*)"', self.text)[1]

    @property
    def buttons(self):
        """What each button carries, by label: of a page and of a card as JSON."""
        if self.is_json:
            return dict(pressed(self.data["card"]))
        found = re.findall(r'<button [^>]*value="([^"]*)"[^>]*>([^<]*)</button>', self.text)
        return {label: carried for carried, label in found}


def pressed(tree):
    """(label, what it carries) of every button in a card as JSON has it."""
    if isinstance(tree, list):
        tag, attributes, *children = tree
        if tag == "button" and "value" in attributes:
            yield (
                "".join(child for child in children if isinstance(child, str)),
                attributes["value"],
            )
        for child in children:
            yield from pressed(child)


def scope(method, path, headers=()):
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "https",
        "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
        "root_path": "", "client": ("198.51.100.7", 1), "server": ("h", 443),
        "headers": [(name.encode(), value) for name, value in headers],
    }  # fmt: skip


async def request(app, method, path, headers=(), parts=(b"",), *, cut=False):
    """Make a request; `cut`: the other side goes away after the parts."""
    named = [
        (name, value.encode() if isinstance(value, str) else value)
        for name, value in dict(headers).items()
    ]
    waiting = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    waiting.append({"type": "http.disconnect"} if cut else {"type": "http.request", "body": b""})
    sent = []

    async def receive():
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    try:
        await app(scope(method, path, named), receive, send)
    except RuntimeError:  # for the server, after the answer: it names the kind only
        assert sent
    await quiet()
    return Answer(sent)


class Taking:
    """What takes updates: the status to answer with, and what it was given."""

    def __init__(self, status=HTTPStatus.OK, *, reads=True):
        self.status, self.reads = status, reads
        self.secrets, self.bodies = [], []

    async def __call__(self, secret, body):
        self.secrets.append(secret)
        if self.reads:
            self.bodies.append(b"".join([chunk async for chunk in body]))
        return self.status


async def failing(_, __):
    raise RuntimeError("Canary 501")


class WatchedStore(FaultyStore):
    """A store that remembers what it was ever given to keep."""

    def __init__(self, now):
        super().__init__(now)
        self.given = []

    async def save(self, key, data, expected_version, **more):
        self.given.append((key, data))
        return await super().save(key, data, expected_version, **more)


class Served:
    """The application over the shipped world and a store in memory, as a browser meets it."""

    def __init__(self, world, moment, take=None, behind=None):
        self.seconds = 0.0
        self.store = WatchedStore(lambda: self.seconds)
        self.cells = []
        counting = Counting("web", self.cells.extend, lambda _: 0)
        self.turns = Turns(world, self.store, lambda: moment, say.WEB_KEEPS, counting=counting)
        tokens = itertools.count()
        self.site = Site(
            talk=Talk(
                self.turns,
                lambda: f"{next(tokens):043}",
                lambda code: LINKS.get(code, Start()),
            ),
            shell=Shell(self.turns.voice, AWAY, behind),
            limits=Limits(lambda: self.seconds, b"secret"),
            everybody=Limits(lambda: self.seconds, b"secret", 100, 0.5),
            ready=self.turns.ready,
        )
        self.app = application(self.site, Hook(HOOK, take or Taking()))

    async def get(self, path="/", **headers):
        return await request(self.app, "GET", path, {**HOST, **headers})

    async def raw(self, body=b"", path="/", **headers):
        """Post these bytes."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await request(self.app, "POST", path, {**HOST, **named}, [body])

    async def post(self, kind="json", token=TOKEN, turn=FIRST_TURN, **fields):
        """Post as the page does: with the script, or without it."""
        if kind == "json":
            body = json.dumps({**fields, "n": turn}).encode()
            return await self.raw(body, **JSON, **{"x-session": token})
        body = urlencode({"t": token, "n": turn, **fields}, doseq=True).encode()
        return await self.raw(body, **FORM)

    async def press(self, before, label, kind="json", token=TOKEN, **more):
        """Press a button of the answer before."""
        more = {"turn": before.turn, **more}
        return await self.post(kind, token, a=before.buttons[label], **more)

    async def walk(self, *labels, kind="json", token=TOKEN):
        """From the first page on, one button after the other; the last answer."""
        answer = await self.get()
        for label in labels:
            answer = await self.press(answer, label, kind, token)
        return answer

    async def kept(self, token=TOKEN):
        stored = await self.store.load(key_of(token))
        return unpack(stored.data) if stored else None


async def spend(served, card, token=TOKEN):
    """Press until it is too much; how often it was not."""
    for times in range(100):
        if (await served.press(card, "English", token=token)).status == 429:
            return times
    return 100


both = pytest.mark.parametrize("kind", KINDS)
many_times = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

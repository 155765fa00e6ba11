"""The application: one address, bare statuses, and not a word about the talk."""

import asyncio
import itertools
import json
import logging
import re
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.web.app import MOST_BYTES, SECRET_HEADER, Hook, Site, application
from bot.channels.web.limits import Limits
from bot.channels.web.shell import Shell
from bot.channels.web.talk import Talk, key_of
from bot.conversation.codes import code_of
from bot.conversation.frozen import LINES
from bot.conversation.turns import Turns
from bot.documents import StoreUnavailable
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
        self.turns = Turns(world, self.store, lambda: moment, say.WEB_KEEPS)
        tokens = itertools.count()
        self.site = Site(
            talk=Talk(self.turns, lambda: f"{next(tokens):043}"),
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


@pytest.fixture
def served(world, moment):
    return Served(world, moment)


@pytest.fixture
def made(world, moment):
    """Makes a fresh one, also for each example of Hypothesis."""
    return lambda **more: Served(world, moment, **more)


both = pytest.mark.parametrize("kind", KINDS)
many_times = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


# ---- the first page


async def test_the_first_page_keeps_nothing(served):
    for _ in range(3):
        assert (await served.get()).status == HTTPStatus.OK
    assert served.store.given == []


async def test_every_first_page_has_a_token_of_its_own(served):
    tokens = {re.search(r'name="t" value="(.{43})"', (await served.get()).text)[1] for _ in "123"}
    assert len(tokens) == 3


async def test_nothing_of_a_talk_is_in_the_first_page_of_whoever_comes_next(served):
    before = await served.get()
    await served.walk("English", "Yes")
    without = [re.sub(r'value="\d{43}"', "", one.text) for one in (before, await served.get())]
    assert without[0] == without[1]


# ---- a talk


@both
async def test_an_answer_to_the_first_card_begins_the_talk(served, kind):
    answer = await served.walk("English", kind=kind)
    assert (answer.status, (await served.kept()).trail) == (200, (("welcome.language", "en"),))


@both
async def test_the_same_answer_twice_changes_nothing_twice(served, kind):
    first = await served.get()
    once = await served.press(first, "English", kind)
    kept = await served.kept()
    again = await served.press(first, "English", kind)
    assert (again.body, await served.kept()) == (once.body, kept)


@both
async def test_two_posts_at_once_begin_one_talk(served, kind):
    first = await served.get()
    posts = [served.press(first, "English", kind) for _ in range(5)]
    answers = {(await one).body for one in asyncio.as_completed(posts)}
    assert (len(answers), (await served.kept()).turn) == (1, 2)


LABELS = ("English", "Yes", "Birmingham", "My drinking", "Done", "Back", "Next question")


@both
@many_times
@given(doubled=st.lists(st.integers(1, 3), min_size=5, max_size=5))
def test_lost_replies_change_nothing(made, kind, doubled):
    """Whatever is posted again, and however often, the talk stands where it would stand."""

    async def talk(times):
        served = made()
        answer = await served.get()
        steps = [("English", {}), ("Yes", {}), ("Birmingham", {}),
                 ("Done", {"pick": [code_of("alcohol")]}), ("Back", {})]  # fmt: skip
        for (label, more), count in zip(steps, times, strict=True):
            before = answer
            for _ in range(count):
                answer = await served.press(before, label, kind, **more)
        return answer.body, await served.kept()

    assert asyncio.run(talk(doubled)) == asyncio.run(talk([1] * 5))


@both
async def test_typed_words_that_come_twice_answer_one_question(served, kind):
    await served.walk("English")
    once = await served.post(kind, turn="2", a="say", say="yes")
    kept = await served.kept()
    again = await served.post(kind, turn="2", a="say", say="yes")
    assert (again.body, await served.kept(), kept.turn) == (once.body, kept, 3)


async def test_a_typed_first_answer_that_comes_twice_begins_one_talk(served):
    for _ in range(2):
        await served.post(a="say", say="english")
    assert (await served.kept()).trail == (("welcome.language", "en"),)


@both
async def test_many_choices_are_given_at_once(served, kind):
    card = await served.walk("English", "Yes", "Birmingham")
    picks = [code_of("alcohol"), code_of("drugs"), code_of("alcohol"), "unknown!"]
    await served.press(card, "Done", kind, pick=picks)
    assert (await served.kept()).trail[-1][1] == ("alcohol", "drugs")


async def test_with_and_without_the_script_many_choices_mean_the_same(served):
    for kind, token in (("json", TOKEN), ("form", ANOTHER)):
        card = await served.walk("English", "Yes", "Birmingham", token=token)
        await served.press(card, "Done", kind, token, pick=[code_of("alcohol"), code_of("drugs")])
    one, other = await served.kept(TOKEN), await served.kept(ANOTHER)
    assert one == other


async def test_two_talks_know_nothing_of_each_other(served):
    await served.walk("English", "Yes", token=TOKEN)
    await served.walk("Polski", token=ANOTHER)
    assert {(await served.kept(token)).language for token in (TOKEN, ANOTHER)} == {"en", "pl"}


async def test_nothing_is_kept_under_the_token_itself(served):
    await served.walk("English")
    assert TOKEN not in str(served.store.given)


# ---- tokens that are none


BAD_TOKENS = [
    "",
    "x",
    "a" * 42,
    "a" * 44,
    "a" * 42 + "!",
    "ä" * 43,
    "a" * 42 + "\n",
    "../" * 14 + "a",
]


@pytest.mark.parametrize("token", BAD_TOKENS, ids=ascii)
async def test_a_malformed_token_gets_a_bare_status_or_the_first_page(served, token):
    card = await served.get()
    carried = card.buttons["English"]
    body = json.dumps({"a": carried, "n": "1"}).encode()
    scripted = await served.raw(body, **JSON, x_session=token.encode().replace(b"\n", b"\t"))
    posted = await served.post("form", token, a=carried)
    assert (scripted.status, scripted.body, posted.status) == (400, b"", 303)
    assert (posted.headers["location"], served.store.given) == ("/", [])


@both
async def test_a_token_of_no_talk_gets_a_bare_status_or_the_first_page(served, kind):
    card = await served.walk("English", "Yes")
    answer = await served.press(card, "Birmingham", kind, ANOTHER, turn="3")
    assert answer.status == {"json": 410, "form": 303}[kind]
    assert (answer.body, await served.kept(ANOTHER)) == (b"", None)


@both
async def test_a_token_whose_time_is_over_is_one_of_no_talk(served, kind):
    card = await served.walk("English", "Yes")
    served.seconds += 24 * 3600
    answer = await served.press(card, "Birmingham", kind)
    assert (answer.status, answer.body) == ({"json": 410, "form": 303}[kind], b"")


@both
async def test_a_token_of_a_talk_that_was_left_is_one_of_no_talk(served, kind):
    card = await served.walk("English", "Yes")
    await served.press(card, "Leave and wipe")
    answer = await served.press(card, "Birmingham", kind)
    assert (answer.status, await served.kept()) == ({"json": 410, "form": 303}[kind], None)


async def test_a_button_of_an_earlier_card_shows_the_present_one(served):
    card = await served.walk("English")
    await served.press(card, "Yes")
    kept = await served.kept()
    answer = await served.press(card, "Back")
    assert (answer.status, await served.kept()) == (200, kept)


# ---- answers that are none


UNKNOWN = [
    ".1.czzzzzzzzyyyyyyyy", ".1.c", ".1.x", "x", ".999999.w" + code_of("leave") * 3, "say",
    ".2.c" + code_of("welcome.safe") + code_of("birmingham"), ".2.p7", "\x00", "\ud800", "é" * 300,
]  # fmt: skip


@both
@pytest.mark.parametrize("carried", UNKNOWN, ids=ascii)
async def test_an_unknown_answer_changes_nothing_that_was_answered(served, kind, carried):
    if kind == "form":
        carried = carried.encode("utf-8", "replace")
    await served.walk("English")
    trail = (await served.kept()).trail
    answer = await served.post(kind, turn="2", a=carried)
    assert (answer.status, (await served.kept()).trail) == (200, trail)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@many_times
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("a", "n", "pick", "say"), JUNK)))
def test_whatever_json_comes_the_answer_is_a_card_or_bare(made, fields):
    served = made()
    body = json.dumps(fields).encode()[:MOST_BYTES]
    answer = asyncio.run(served.raw(body, **JSON, x_session=TOKEN))
    assert (answer.status, bool(answer.body)) in {(200, True), (410, False), (400, False)}


@many_times
@given(st.binary(max_size=300), st.sampled_from(sorted(KINDS)))
def test_whatever_bytes_come_the_answer_is_bare(made, body, kind):
    answer = asyncio.run(made().raw(body, **KINDS[kind], x_session=TOKEN))
    assert (answer.status in {303, 400, 410}, answer.body) == (True, b"")


DEEP = [b"[" * 4000, b'{"a":' * 600, b"9" * 4000, b"NaN", b"", b"null", b"[]", b'"a"', b"\xff\xfe"]


@pytest.mark.parametrize("body", DEEP, ids=lambda body: ascii(body[:9]))
async def test_json_that_is_no_act_is_refused_without_a_word(served, body):
    answer = await served.raw(body, **JSON, x_session=TOKEN)
    assert (answer.status, answer.body) == (400, b"")


async def test_a_form_of_many_fields_is_one_of_no_talk(served):
    answer = await served.raw(b"&".join([b"pick=x"] * 100), **FORM)
    assert answer.status == HTTPStatus.SEE_OTHER


# ---- typed words


@both
@pytest.mark.parametrize("word", ["leave", "LEAVE", " stop "])
async def test_typed_leave_erases_the_talk(served, kind, word):
    await served.walk("English", "Yes")
    answer = await served.post(kind, turn="3", a="say", say=word)
    assert (answer.status, await served.kept()) == (200, None)
    if kind == "json":
        assert answer.data == {"leave": True}
    else:
        assert answer.headers["Clear-Site-Data".lower()] == '"cache", "cookies", "storage"'


@both
@pytest.mark.parametrize("turn", ["1", "2", "3", "77", "", "x"])
@pytest.mark.parametrize("words", ["help", "please help me now"])
async def test_typed_distress_brings_urgent_help_from_every_card(served, kind, turn, words):
    await served.walk("English", "Yes")
    answer = await served.post(kind, turn=turn, a="say", say=words)
    assert (answer.status, "999" in answer.text) == (200, True)


@both
async def test_typed_distress_is_heard_without_a_talk(served, kind):
    answer = await served.post(kind, turn="9", a="say", say="help")
    assert (answer.status, "999" in answer.text) == (200, True)


@both
@many_times
@given(canary=st.text("qvwxz", min_size=12, max_size=40))
def test_typed_words_are_never_kept_and_never_repeated(made, kind, canary):
    served = made()

    async def typed():
        await served.walk("English", "Yes")
        return await served.post(kind, turn="3", a="say", say=canary)

    answer = asyncio.run(typed())
    assert canary.encode() not in answer.body
    assert canary not in str(served.store.given)


# ---- what does not come from the page


HUGE = b"x" * (MOST_BYTES + 1)


@pytest.mark.parametrize("path", ["/", "/exit"])
@pytest.mark.parametrize("size", [MOST_BYTES + 1, 1 << 20, 1 << 40])
async def test_a_body_that_is_called_large_is_not_taken(served, path, size):
    headers = {**HOST, **JSON, "content-length": str(size)}
    answer = await request(served.app, "POST", path, headers, [HUGE])
    assert (answer.status in {403, 413}, answer.body) == (True, b"")


async def test_a_body_that_grows_large_is_not_read_to_its_end(served):
    read = []

    def parts():
        for number in range(1000):
            read.append(number)
            yield b"x" * 1024

    waiting = parts()

    async def receive():
        return {"type": "http.request", "body": next(waiting), "more_body": True}

    sent = []

    async def send(message):
        sent.append(message)

    await served.app(scope("POST", "/", [("content-type", b"application/json")]), receive, send)
    assert (Answer(sent).status, len(read)) == (413, 5)


async def test_a_body_of_the_most_bytes_is_read(served):
    answer = await served.raw(b" " * MOST_BYTES, **JSON, x_session=TOKEN)
    assert answer.status == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize("path", ["/", "/exit"])
async def test_a_request_that_was_cut_off_does_nothing(served, path):
    await served.walk("English")
    body = TOKEN.encode()
    answer = await request(served.app, "POST", path, {**HOST, **JSON}, [body], cut=True)
    assert (answer.status in {400, 403}, answer.body) == (True, b"")
    assert await served.kept()


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "multipart/form-data", "application/jsonp", "text/json", "a/b; x=y"]
)
async def test_another_kind_of_content_is_refused(served, kind):
    answer = await served.raw(b"{}", content_type=kind, x_session=TOKEN)
    assert (answer.status, answer.body) == (415, b"")


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "APPLICATION/JSON"])
async def test_a_kind_of_content_may_be_written_otherwise(served, kind):
    answer = await served.raw(
        b'{"a": "say", "say": "hi", "n": "1"}', content_type=kind, x_session=TOKEN
    )
    assert answer.status == HTTPStatus.OK


ELSEWHERE = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": "null"},
    {"sec-fetch-site": "x"},
    {"origin": "https://elsewhere.example"},
    {"origin": "https://notes.example.elsewhere.example"},
    {"origin": "https://notes.example:8443"},
    {"origin": "notes.example"},
    {"origin": ""},
]


@both
@pytest.mark.parametrize("path", ["/", "/exit"])
@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
async def test_a_post_from_another_site_is_refused(served, kind, path, headers):
    await served.walk("English")
    answer = await served.raw(TOKEN.encode(), path, **KINDS[kind], **headers)
    assert (answer.status, answer.body) == (403, b"")
    assert await served.kept()


OURS = [
    {},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"origin": "https://notes.example"},
    {"sec-fetch-site": "same-origin", "origin": "https://notes.example"},
    # What a browser says of our own form and of our beacon, because the page sends no referrer.
    {"sec-fetch-site": "same-origin", "origin": "null"},
    {"origin": "null"},
]


@pytest.mark.parametrize("headers", OURS, ids=str)
async def test_a_post_of_the_page_is_taken_whatever_the_browser_says(served, headers):
    fields = {"t": TOKEN, "n": "1", "a": (await served.get()).buttons["English"]}
    answer = await served.raw(urlencode(fields).encode(), **FORM, **headers)
    assert (answer.status, (await served.kept()).turn) == (200, 2)


TRICKS = [
    "", "//", "/.", "/..", "/../", "/index.html", "/exit/", "/EXIT", "/exit/..", "/page.js/",
    "/page.css", "/static/page.js", "/%2e%2e/etc/passwd", "/../../etc/passwd", "/page.js\x00",
    "/templates/page.html", "/healthz/", "/readyz/x", "/favicon.ico", "/robots.txt", "/sw.js",
    "/manifest.json", "/.well-known/x", "/docs", "\\", "/\u202e", "/hook", HOOK + "/", HOOK + "x",
    HOOK.upper(), "/" + HOOK, HOOK + "/..", "/" + "a" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", TRICKS, ids=lambda path: ascii(path[:30]))
async def test_every_other_address_is_not_found_without_a_word(served, path, method):
    answer = await request(served.app, method, path, HOST)
    assert (answer.status, answer.body) == (404, b"")
    assert "location" not in answer.headers


PATHS = {"/": {"GET", "HEAD", "POST"}, "/exit": {"POST"}, HOOK: {"POST"}} | {
    path: {"GET", "HEAD"} for path in ("/page.js", "/healthz", "/readyz")
}
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X"]


@pytest.mark.parametrize("path", PATHS)
async def test_every_other_method_is_refused_without_a_word(served, path):
    for method in set(METHODS) - PATHS[path]:
        answer = await request(served.app, method, path, HOST)
        assert (method, answer.status, answer.body) == (method, 405, b"")


# ---- leaving


async def test_leaving_erases_the_talk_and_clears_the_browser(served):
    await served.walk("English", "Yes")
    answer = await served.raw(TOKEN.encode(), "/exit", content_type="text/plain;charset=UTF-8")
    assert (answer.status, answer.body, await served.kept()) == (204, b"", None)
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'


async def test_leaving_erases_no_other_talk(served):
    await served.walk("English", token=ANOTHER)
    await served.raw(TOKEN.encode(), "/exit")
    assert await served.kept(ANOTHER)


@pytest.mark.parametrize("body", [b"", b"x", b"\xff" * 43, TOKEN.encode() * 2, b"a" * 4096])
async def test_leaving_without_a_talk_is_the_same_answer(served, body):
    assert (await served.raw(body, "/exit")).status == HTTPStatus.NO_CONTENT


async def test_leaving_twice_is_leaving(served):
    card = await served.walk("English", "Yes")
    answers = [await served.press(card, "Leave and wipe") for _ in range(2)]
    assert [answer.data for answer in answers] == [{"leave": True}] * 2


async def test_leaving_is_answered_while_the_store_is_away(served):
    served.store.fail("delete")
    assert (await served.raw(TOKEN.encode(), "/exit")).status == HTTPStatus.NO_CONTENT


async def test_a_last_page_without_the_script_has_nothing_to_press(served):
    card = await served.walk("English", "Yes")
    answer = await served.press(card, "Leave and wipe", "form")
    assert (answer.status, answer.buttons) == (200, {})
    assert answer.headers["clear-site-data"]


# ---- faults


@both
@pytest.mark.parametrize("method", ["load", "save"])
async def test_without_a_store_the_urgent_card_stands_with_its_buttons(served, kind, method):
    card = await served.get()
    served.store.fail(method)
    answer = await served.press(card, "English", kind)
    numbers = [line.number for line in LINES.values() if line.number in answer.text]
    assert (answer.status, set(answer.buttons)) == (200, {"Urgent help", "Leave and wipe"})
    assert {"999", "111", "116 123"} <= {*numbers}


@both
async def test_after_the_store_has_come_back_the_answer_counts(served, kind):
    card = await served.get()
    served.store.fail("save")
    await served.press(card, "English", kind)
    assert (await served.press(card, "English", kind)).status == HTTPStatus.OK
    assert (await served.kept()).turn == 2


@both
async def test_the_buttons_of_the_frozen_card_work_when_the_store_is_back(served, kind):
    card = await served.walk("English")
    served.store.fail("load")
    frozen = await served.press(card, "Yes", kind)
    urgent = await served.press(frozen, "Urgent help", kind, turn="0")
    assert "999" in urgent.text
    await served.press(frozen, "Leave and wipe", kind, turn="0")
    assert await served.kept() is None


async def test_the_first_page_needs_no_store(served):
    served.store.fail("load", 99)
    served.store.fail("save", 99)
    assert (await served.get()).status == HTTPStatus.OK


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_mistake_of_the_program_is_a_bare_status(made, method):
    served = made(take=failing)
    if method == "GET":
        served.site = replace(served.site, ready=lambda: failing(1, 2))
        served.app = application(served.site, Hook(HOOK, failing))
    answer = await request(served.app, method, "/readyz" if method == "GET" else HOOK, HOST)
    assert (answer.status, answer.body) == (500, b"")


# ---- health


async def test_the_program_says_that_it_lives_without_its_store(served):
    served.store.seen = failing
    answer = await served.get("/healthz")
    assert (answer.status, answer.text) == (200, "ok")


async def test_the_program_is_ready_with_its_store(served):
    answer = await served.get("/readyz")
    assert (answer.status, answer.text) == (200, "ok")


async def test_the_program_is_not_ready_without_its_store(served):
    async def away():
        raise StoreUnavailable("a test wants it so")

    app = application(replace(served.site, ready=away))
    answer = await request(app, "GET", "/readyz", HOST)
    assert (answer.status, answer.body) == (503, b"")


async def test_the_script_is_the_file(served):
    answer = await served.get("/page.js")
    assert (answer.status, b'"use strict"' in answer.body) == (200, True)
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


# ---- limits


async def spend(served, card, token=TOKEN):
    """Press until it is too much; how often it was not."""
    for times in range(100):
        if (await served.press(card, "English", token=token)).status == 429:
            return times
    return 100


async def test_one_talk_may_ask_often_and_then_slowly(served):
    card = await served.get()
    assert await spend(served, card) == 20
    served.seconds += 3
    assert await spend(served, card) == 3


async def test_whoever_asks_too_often_hears_when_to_come_again(served):
    card = await served.get()
    await spend(served, card)
    answer = await served.press(card, "English")
    assert (answer.status, answer.body, answer.headers["retry-after"]) == (429, b"", "1")
    # Without the script the card that stands is shown again.
    assert (await served.press(card, "English", "form")).status == HTTPStatus.OK


@both
async def test_help_and_leaving_are_never_limited(served, kind):
    card = await served.walk("English", "Yes")
    await spend(served, await served.get())
    for _ in range(30):
        assert "999" in (await served.press(card, "Urgent help", kind)).text
        assert "999" in (await served.post(kind, turn="3", a="say", say="help me")).text
    assert (await served.press(card, "Leave and wipe", kind)).status == HTTPStatus.OK
    assert await served.kept() is None


async def test_the_cover_is_never_limited(served):
    card = await served.walk("English", "Yes")
    await spend(served, await served.get())
    carried = ".3.w" + code_of("cover")
    assert [(await served.post(a=carried)).status for _ in range(30)] == [200] * 30
    assert card.status == HTTPStatus.OK


async def test_one_who_asks_too_often_slows_nobody_else(served):
    await spend(served, await served.get())
    assert (await served.walk("English", token=ANOTHER)).status == HTTPStatus.OK


BEGINS = {
    "a button": lambda carried: {"a": carried, "turn": "1"},
    "a button as it was when the turn stood in it": lambda carried: {
        "a": f".7{carried[2:]}",
        "turn": "1",
    },
    "words": lambda _: {"a": "say", "say": "english", "turn": "1"},
}


@pytest.mark.parametrize("way", BEGINS)
async def test_a_crowd_of_new_talks_is_held_back(served, way):
    carried = (await served.get()).buttons["English"]
    statuses = [
        (await served.post(token=f"{number:043}", **BEGINS[way](carried))).status
        for number in range(110)
    ]
    assert statuses == [200] * 100 + [429] * 10


async def test_a_crowd_of_new_talks_holds_nobody_back_who_is_in_one(served):
    card = await served.walk("English")
    for number in range(110):
        await served.walk("English", token=f"{number:043}")
    assert (await served.press(card, "Yes")).status == HTTPStatus.OK


# ---- the log


async def test_no_request_leaves_a_line_at_any_level(served, caplog):
    caplog.set_level(logging.NOTSET)
    await served.walk("English", "Yes")
    await served.post(a="say", say="canary help", turn="3")
    for path in ("/", "/exit", "/healthz", "/readyz", "/page.js", "/nowhere", HOOK):
        for method in METHODS:
            await request(served.app, method, path, {**HOST, **JSON}, [HUGE])
    assert [line for line in caplog.records if line.name != "asyncio"] == []


async def test_a_store_that_is_away_leaves_only_the_kind_of_fault(served, caplog):
    card = await served.get()
    served.store.fail("load")
    await served.press(card, "English")
    assert [line.getMessage() for line in caplog.records] == ["turn-failed StoreUnavailable"]


# ---- Telegram's updates


async def update(made, take, secret=b"s3cret", parts=(b"{}",), *, cut=False):
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    return await request(made(take=take).app, "POST", HOOK, headers, parts, cut=cut)


async def test_an_update_is_handed_over_with_its_secret_and_its_body(made):
    take = Taking()
    await update(made, take, parts=(b'{"update', b'_id": 7}'))
    assert (take.secrets, take.bodies) == ([b"s3cret"], [b'{"update_id": 7}'])


@pytest.mark.parametrize("status", [200, 403, 503])
async def test_the_status_is_that_of_whoever_takes_updates(made, status):
    answer = await update(made, Taking(HTTPStatus(status)))
    assert (answer.status, answer.body) == (status, b"")


@pytest.mark.parametrize(("status", "when"), [(503, "1"), (200, None), (403, None)])
async def test_only_whoever_is_asked_to_come_later_is_told_when(made, status, when):
    answer = await update(made, Taking(HTTPStatus(status)))
    assert answer.headers.get("retry-after") == when


async def test_an_update_without_a_secret_has_an_empty_one(made):
    take = Taking()
    await update(made, take, None)
    assert take.secrets == [b""]


async def test_a_secret_of_any_bytes_does_no_harm(made):
    answer = await update(made, Taking(HTTPStatus.FORBIDDEN), b"\xff\xfe\xc3")
    assert answer.status == HTTPStatus.FORBIDDEN


async def test_an_update_that_nobody_reads_is_not_read(made):
    take = Taking(HTTPStatus.FORBIDDEN, reads=False)
    await update(made, take, parts=[b"x" * 1024] * 100)
    assert take.bodies == []


async def test_an_update_that_was_cut_off_is_not_confirmed(made):
    take = Taking()
    answer = await update(made, take, parts=(b'{"upd',), cut=True)
    assert (answer.status, take.bodies) == (400, [])


async def test_without_telegram_there_is_no_address_for_updates(served):
    app = application(served.site)
    assert (await request(app, "POST", HOOK, HOST)).status == HTTPStatus.NOT_FOUND

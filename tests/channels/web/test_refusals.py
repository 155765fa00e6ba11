"""Tokens, answers and requests that are none of ours: a bare status and nothing else."""

import asyncio
import json
from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.app import MOST_BYTES
from bot.conversation.codes import code_of
from tests.channels.web.served import (
    ANOTHER,
    FORM,
    HOOK,
    HOST,
    HUGE,
    JSON,
    KINDS,
    METHODS,
    PATHS,
    TOKEN,
    Answer,
    both,
    many_times,
    request,
    scope,
)

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


# ---- what does not come from the page


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


@pytest.mark.parametrize("path", PATHS)
async def test_every_other_method_is_refused_without_a_word(served, path):
    for method in set(METHODS) - PATHS[path]:
        answer = await request(served.app, method, path, HOST)
        assert (method, answer.status, answer.body) == (method, 405, b"")

"""The headers: the whole list of the safety study, on every address and every status."""

import base64
import hashlib
import re
from dataclasses import replace
from http import HTTPStatus

import pytest

from bot.channels.web.app import Hook, application
from bot.channels.web.headers import headers, policy
from bot.exceptions import StoreUnavailable
from tests.channels.web.served import (
    FORM,
    HOOK,
    HOST,
    HUGE,
    JSON,
    METHODS,
    PATHS,
    TOKEN,
    Served,
    Taking,
    failing,
    request,
    spend,
)

# Part 3.1 of the safety study, to the letter but for the hash of the styles and for recordings.
WANTED = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-HASH';"
        " img-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'self';"
        " base-uri 'none'; object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
        " trusted-types 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=(),"
        " notifications=(), push=(), web-share=()"
    ),
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-robots-tag": "noindex, noarchive",
}
MORE = {
    "clear-site-data", "content-length", "content-type", "content-encoding", "location",
    "retry-after", "vary", "x-turn", "accept-ranges", "content-range",
}  # fmt: skip


@pytest.fixture
def served(world, moment):
    return Served(world, moment)


def assert_safe(answer):
    """Every header that must be there, once and as it must be, and none that must not."""
    shown = dict(answer.headers)
    shown["content-security-policy"] = re.sub(
        r"sha256-[\w+/=]{44}", "sha256-HASH", shown["content-security-policy"]
    )
    assert {name: shown.get(name) for name in WANTED} == WANTED
    assert len(answer.names) == len(set(answer.names))
    assert set(answer.names) - set(WANTED) <= MORE


async def talking(served, kind):
    return await served.press(await served.get(), "English", kind)


async def left(served):
    return await served.press(await served.walk("English"), "Leave and wipe", "form")


async def limited(served):
    card = await served.get()
    await spend(served, card)
    return await served.press(card, "English")


async def faulty(served, take=failing):
    return await request(application(served.site, Hook(HOOK, take)), "POST", HOOK, HOST)


async def unready(served):
    async def away():
        raise StoreUnavailable("a test wants it so")

    return await request(application(replace(served.site, ready=away)), "GET", "/readyz", HOST)


async def fault_of_a_page(served):
    return await request(
        application(replace(served.site, ready=lambda: failing(1, 2))), "GET", "/readyz", HOST
    )


async def frozen(served):
    served.store.fail("load")
    return await served.post(a="say", say="yes")


WAYS = {
    "the first page": (200, lambda served: served.get()),
    "a card": (200, lambda served: talking(served, "json")),
    "a page": (200, lambda served: talking(served, "form")),
    "the last page": (200, left),
    "the frozen card": (200, frozen),
    "a compressed page": (200, lambda served: served.get(**{"accept-encoding": "gzip"})),
    "the script": (200, lambda served: served.get("/page.js")),
    "health": (200, lambda served: served.get("/healthz")),
    "ready": (200, lambda served: served.get("/readyz")),
    "an update": (200, lambda served: faulty(served, Taking())),
    "leaving": (204, lambda served: served.raw(TOKEN.encode(), "/exit")),
    "no talk, a form": (303, lambda served: served.raw(b"", **FORM)),
    "no act": (400, lambda served: served.raw(b"", **JSON)),
    "a strange update": (403, lambda served: faulty(served, Taking(HTTPStatus.FORBIDDEN))),
    "another site": (403, lambda served: served.raw(b"", sec_fetch_site="cross-site")),
    "not found": (404, lambda served: served.get("/x")),
    "no method": (405, lambda served: served.get("/exit")),
    "no talk": (410, lambda served: served.post(a=".1.x", turn="5")),
    "too large": (413, lambda served: served.raw(HUGE, **JSON)),
    "another kind": (415, lambda served: served.raw(b"{}", content_type="text/plain")),
    "too often": (429, limited),
    "a fault": (500, faulty),
    "a fault of a page": (500, fault_of_a_page),
    "not ready": (503, unready),
    "come later": (503, lambda served: faulty(served, Taking(HTTPStatus.SERVICE_UNAVAILABLE))),
}


@pytest.mark.parametrize("way", WAYS)
async def test_every_answer_carries_every_header_and_no_other(served, way):
    status, ask = WAYS[way]
    answer = await ask(served)
    assert answer.status == status
    assert_safe(answer)


@pytest.mark.parametrize("path", [*PATHS, "/nowhere", "/page.js/", ""])
@pytest.mark.parametrize("method", METHODS)
async def test_every_address_and_method_carries_them(served, path, method):
    assert_safe(await request(served.app, method, path, HOST))


@pytest.mark.parametrize("path", ["/", "/page.js"])
async def test_nothing_is_answered_with_not_modified(served, path):
    conditions = {"if-none-match": "*", "if-modified-since": "Wed, 25 Nov 2026 12:00:00 GMT"}
    answer = await served.get(path, **conditions, range="bytes=0-1")
    assert (answer.status, "etag" in answer.headers) == (200, False)


async def test_no_answer_sets_a_cookie_even_where_one_is_sent(served):
    answer = await served.get(cookie="session=canary")
    assert "canary" not in str(answer.headers) + answer.text
    assert "set-cookie" not in answer.headers


async def test_the_policy_names_the_styles_that_stand_in_the_page(served):
    answer = await served.get()
    styles = re.search(r"<style>(.*?)</style>", answer.text, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(styles.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]


def test_other_styles_are_another_policy():
    assert policy("a{}") != policy("b{}")


def test_the_policy_lets_in_nothing_unsafe_and_reports_to_nobody():
    named = headers("")["Content-Security-Policy"]
    assert not re.search(r"unsafe|\*|https?:|report", named)

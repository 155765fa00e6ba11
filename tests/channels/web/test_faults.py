"""What breaks: bare statuses, the urgent card where there is one, and a log of events only."""

import logging
from dataclasses import replace
from http import HTTPStatus

import pytest

from bot.channels.web.app import Hook, application
from bot.conversation.frozen import LINES
from bot.exceptions import StoreUnavailable
from tests.channels.web.served import (
    HOOK,
    HOST,
    HUGE,
    JSON,
    METHODS,
    both,
    failing,
    request,
)

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


async def test_what_is_wrong_is_said_in_words_and_the_status_stays(served):
    """A proxy that took it out of service would take urgent help away as well."""
    app = application(replace(served.site, health=lambda: "degraded\ndata refused"))
    answer = await request(app, "GET", "/healthz", HOST)
    assert (answer.status, answer.text) == (200, "degraded\ndata refused")


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

"""Links of outreach workers: the first card in her language, and nothing for a guesser."""

import re

import pytest

from tests.channels.web.served import CODE, UNKNOWN, both


def without_token(page):
    return re.sub(r'name="t" value="[^"]*"', "", page.text)


async def begun(served, kind, path):
    """The answer to a first press on the page at this address."""
    page = await served.get(path)
    yes = next(iter(page.buttons))
    return page, await served.press(page, yes, kind, page.token)


@both
async def test_a_link_opens_the_talk_in_its_language_and_place(served, kind):
    page, answer = await begun(served, kind, f"/{CODE}")
    assert 'lang="ur" dir="rtl"' in page.text
    session = await served.kept(page.token)
    assert session.language == "ur"
    assert dict(session.trail)["triage.area"] == "birmingham"
    assert answer.status == 200
    assert sorted(cell.row for cell in served.cells) == [CODE, "ur"]


async def test_a_page_that_is_only_looked_at_keeps_and_counts_nothing(served):
    await served.get(f"/{CODE}")
    assert served.store.given == []
    assert served.cells == []


async def test_the_code_of_a_link_is_not_in_what_is_kept(served):
    await begun(served, "json", f"/{CODE}")
    assert not [data for _, data in served.store.given if CODE.encode() in data]


async def test_a_link_that_nobody_made_opens_the_plain_first_page(served):
    """So that a card of a revoked link still helps, and a guesser learns of no link."""
    plain, guessed = await served.get(), await served.get(f"/{UNKNOWN}")
    assert without_token(guessed) == without_token(plain)
    assert guessed.headers.keys() == plain.headers.keys()
    page, _ = await begun(served, "json", f"/{UNKNOWN}")
    assert (await served.kept(page.token)).language == "en"
    assert UNKNOWN not in [cell.row for cell in served.cells]


@pytest.mark.parametrize(
    "path", ["/2345678", "/234567899", "/2345678o", "/2345678L", f"/{CODE}/", f"/x/{CODE}"]
)
async def test_what_has_not_the_form_of_a_code_is_not_there(served, path):
    answer = await served.get(path)
    assert (answer.status, answer.body) == (404, b"")


@pytest.mark.parametrize("token", ["a" * 43 + ".2345678o", "a" * 43 + ".", "a" * 44, f".{CODE}"])
async def test_a_token_with_anything_else_behind_it_is_none(served, token):
    assert (await served.post("json", token, a="")).status == 400


@both
async def test_leaving_forgets_a_talk_that_a_link_began(served, kind):
    page, _ = await begun(served, kind, f"/{CODE}")
    await served.raw(page.token.encode(), "/exit")
    assert await served.kept(page.token) is None

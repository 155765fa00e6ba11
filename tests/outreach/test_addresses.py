"""Addresses: short enough for Telegram, read again as they were meant, and telling nothing."""

import re

import pytest
from hypothesis import given

from bot import app
from bot.channels.telegram import payload
from bot.channels.telegram.payload import read_payload
from bot.conversation.messages import Start
from bot.locales.languages import read_languages
from bot.outreach.addresses import (
    addresses_of,
    telegram_address,
    telegram_payload,
    web_address,
)
from bot.outreach.links import Link, Links
from bot.settings import Settings
from tests.directory.entries import shipped_places
from tests.outreach.writing import LINK, MADE, links

LANGUAGES = [one.code for one in read_languages(app.folders(Settings()).locales)[0].all]
COUNCILS = sorted(shipped_places().councils)


def test_the_addresses_of_a_link():
    assert (
        telegram_address("notes_bot", LINK)
        == "https://t.me/notes_bot?start=l-ur_c-walsall_k-k7m2x9pa"
    )
    assert web_address("https://notes.example.org", LINK) == "https://notes.example.org/k7m2x9pa"


def test_what_a_link_does_not_have_is_not_in_its_address():
    assert telegram_payload(Link(LINK.code, MADE)) == "k-k7m2x9pa"
    assert telegram_payload(Link(LINK.code, MADE, council="dudley")) == "c-dudley_k-k7m2x9pa"


@pytest.mark.parametrize("language", ["", *LANGUAGES])
def test_every_shipped_language_and_council_fits_and_comes_back(language):
    for council in ("", *COUNCILS):
        made = telegram_payload(Link(LINK.code, MADE, "", language, council))
        assert re.fullmatch(f"[A-Za-z0-9_-]{{1,{payload.MOST}}}", made)
        assert read_payload(made) == Start(language or None, council or None, link=LINK.code)


def test_the_longest_that_a_file_may_hold_fills_what_telegram_carries():
    longest = Link(LINK.code, MADE, language="l" * 8, council="c" * 40)
    assert len(telegram_payload(longest)) == payload.MOST


@given(links())
def test_whatever_the_file_may_hold_fits_and_comes_back(link):
    made = telegram_payload(link)
    assert re.fullmatch(f"[A-Za-z0-9_-]{{1,{payload.MOST}}}", made)
    assert read_payload(made) == Start(link.language or None, link.council or None, link=link.code)


@given(links())
def test_no_address_holds_a_word_of_the_worker(link):
    again = Link(link.code, MADE, language=link.language, council=link.council)
    assert telegram_address("notes_bot", link) == telegram_address("notes_bot", again)
    assert web_address("https://a.org", link) == f"https://a.org/{link.code}"


@pytest.mark.parametrize(
    ("web", "bot", "found"),
    [
        ("https://a.org", "notes_bot", ["web", "telegram"]),
        ("https://a.org", "", ["web"]),
        ("", "notes_bot", ["telegram"]),
        ("", "", []),
    ],
)
def test_only_addresses_that_the_file_names_can_be_made_and_the_page_is_first(web, bot, found):
    made = addresses_of(Links(web, bot), LINK)
    assert list(made) == found
    assert made.get("web", f"{web}/k7m2x9pa") == f"{web}/k7m2x9pa"
    assert made.get("telegram", "").startswith(f"https://t.me/{bot}?" if bot else "")

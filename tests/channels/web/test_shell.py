"""The shell: one page for every language, and nothing in it that tells what it is."""

import asyncio
import html
import json
import re
from dataclasses import replace

import pytest

from bot.channels.web.nodes import node
from bot.channels.web.shell import Behind, Shell
from bot.conversation import safety
from bot.conversation.messages import Card, Paragraph, Result, Script
from tests.channels.web.test_nodes import Read
from tests.channels.web.test_page import cards_of

AWAY = "https://weather.example/"
TOKEN = "a" * 43


@pytest.fixture(scope="session")
def shell(world):
    return Shell(world.catalogues.voice, AWAY)


@pytest.fixture(scope="module")
def walked(world, moment):
    return cards_of(world, moment)


def card(language, *lines):
    return Card(language, "ltr", tuple(Paragraph(line) for line in lines))


def shown_by(shell, card, token=TOKEN):
    return shell.page(card, token).plain.decode()


def elements(page, tag):
    return [attributes for name, attributes in Read(page).elements if name == tag]


def codes(world):
    return [language.code for language in world.catalogues.offered]


def test_no_slot_is_left_open_in_any_language(shell, world):
    for code in codes(world):
        shown = shown_by(shell, card(code))
        assert not re.search(r"\$[a-z]|\{\{|\{%|None|Undefined", shown), code


def test_the_title_is_the_same_whatever_is_shown(shell, walked):
    titles = {
        re.search(r"<title>(.*?)</title>", shown_by(shell, each, TOKEN))[1] for each in walked
    }
    assert titles == {"Notes"}


def test_the_page_says_its_language_and_direction(shell, walked):
    for each in walked:
        top = elements(shown_by(shell, each, TOKEN), "html")[0]
        assert top == {"lang": each.language, "dir": each.direction}


def test_leaving_is_first_in_the_order_of_focus(shell, walked):
    for each in walked:
        read = Read(shown_by(shell, each, TOKEN))
        focused = [each for each in read.elements if each[0] in {"a", "button", "input"}]
        assert focused[0] == ("a", {"id": "leave", "href": AWAY, "rel": "noreferrer"})


def test_the_page_asks_for_its_script_and_nothing_else(shell):
    shown = shown_by(shell, card("en"), TOKEN)
    assert elements(shown, "script") == [{"src": "/page.js", "defer": ""}]
    assert elements(shown, "link") == [{"rel": "icon", "href": "data:,"}]
    assert re.findall(r'(?:src|href|action)="(?!https://weather|/page\.js|data:,|/")', shown) == []


def test_no_element_has_styles_or_a_script_of_its_own(shell, walked):
    for each in walked:
        for _, attributes in Read(shown_by(shell, each, TOKEN)).elements:
            assert not [name for name in attributes if name.startswith("on") or name == "style"]


def test_the_styles_load_nothing(shell):
    assert not re.search(r"url\(|@import|@font-face|https?:|</", shell.styles)


def test_words_of_a_card_and_the_way_out_are_only_words(world):
    shell = Shell(world.catalogues.voice, 'https://a.example/"><script>x</script>')
    shown = shown_by(shell, card("en", "<script>y</script>"), TOKEN)
    assert elements(shown, "script") == [{"src": "/page.js", "defer": ""}]


def test_the_frozen_card_has_its_page(shell):
    assert "999" in shown_by(shell, safety.frozen_urgent(), TOKEN)


def test_the_first_page_is_small_enough(shell, walked):
    first = next(each for each in walked if each.turn == 1)
    assert len(shown_by(shell, first, TOKEN).encode()) < 15_000


def test_a_card_for_the_script_says_what_the_page_says(shell, walked):
    for each in walked:
        body, shown = asyncio.run(shell.data(each, TOKEN)), shown_by(shell, each, TOKEN)
        data = json.loads(body.plain)
        assert set(data) == {"card", "lang", "dir", "around"}
        assert all(words in html.unescape(shown) for words in data["around"].values())
        assert (data["lang"], data["dir"]) == (each.language, each.direction)
        assert TOKEN.encode() not in body.plain


async def test_a_question_is_made_once_for_everybody(shell, walked):
    for each in walked:
        later = replace(each, turn=each.turn + 5, nonce="abcdefgh")
        first, second = await shell.data(each, TOKEN), await shell.data(later, "b" * 43)
        assert first.plain == second.plain
        found = any(isinstance(block, Result | Script) for block in each.blocks)
        assert (first is second) is not (found or each.personal), each.step


async def test_services_that_stand_as_choices_are_not_kept(shell, walked):
    """Harm prevented: their names must not stay in memory when her talk is wiped."""
    offered = [each for each in walked if each.step == "triage.avoid" and len(each.options) > 1]
    assert offered
    for each in offered:
        assert await shell.data(each, TOKEN) is not await shell.data(each, TOKEN)


def test_a_question_that_is_the_same_for_everybody_is_nobodys(walked):
    asked = {each.step: each.personal for each in walked if each.options}
    assert not asked["welcome.language"]
    assert not asked["triage.area"]
    assert sum(asked.values()) < len(asked) / 4


async def test_words_that_change_are_said_at_once(world, shell):
    voices = {"en": world.catalogues.voice("en")}
    changing = Shell(lambda _: voices["en"], AWAY)
    before = await changing.data(card("en", "x"), TOKEN)
    voices["en"] = world.catalogues.voice("pl")
    assert (await changing.data(card("en", "x"), TOKEN)).plain != before.plain


async def test_only_a_preview_shows_what_is_behind(world, shell):
    async def behind(token):
        return node("aside", token, id="behind")

    page = node("aside", "before", id="behind")
    preview = Shell(world.catalogues.voice, AWAY, Behind(behind, lambda: page))
    data = json.loads((await preview.data(card("en"), TOKEN)).plain)
    assert data["behind"] == ["aside", {"id": "behind"}, TOKEN]
    assert '<aside id="behind">before</aside>' in shown_by(preview, card("en"), TOKEN)
    assert ('id="behind"' in shown_by(shell, card("en"), TOKEN)) is False


def test_the_token_and_the_turn_stand_once_beside_the_card(shell, walked):
    for each in walked:
        hidden = [
            one for one in elements(shown_by(shell, each), "input") if one["type"] == "hidden"
        ]
        assert {one["name"]: one["value"] for one in hidden} == {"t": TOKEN, "n": str(each.turn)}
        assert len(hidden) == 2


def test_no_form_is_remembered_by_the_browser(shell, walked):
    for each in walked:
        shown = shown_by(shell, each)
        assert {one.get("autocomplete") for one in elements(shown, "form")} == {"off"}
        assert {one.get("autocomplete") for one in elements(shown, "input")} == {"off"}


def test_every_form_that_a_field_names_is_there(shell, walked):
    for each in walked:
        shown = shown_by(shell, each)
        ids = {one["id"] for one in elements(shown, "form") if "id" in one}
        named = {one["form"] for tag in ("input", "button") for one in elements(shown, tag)
                 if "form" in one}  # fmt: skip
        assert named <= ids


def test_no_form_stands_in_another(shell, walked):
    for each in walked:
        shown = shown_by(shell, each)
        assert re.findall("</?form", shown) == ["<form", "</form"] * 2

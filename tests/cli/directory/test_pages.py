"""The pages for commissioners: they ask for nothing, hide nothing and can be read by anybody.

Pictures of them lie in `build/screens/directory/`, for people to look at.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.directory import auditing, gap_mapping
from bot.cli.directory.entries import read_directory
from bot.cli.directory.pages import audit_page, gaps_page, shade
from bot.directory.audit import audit
from bot.directory.basis import Basis
from bot.directory.gaps import Cell, Gap
from bot.settings import Settings
from tests.directory.entries import TODAY, entry
from tests.web import looking
from tests.web.conftest import chromium, place, playwright, shared  # noqa: F401  # fixtures

SCREENS = Path(__file__).parents[3] / "build" / "screens" / "directory"
NAMES = ("audit", "gaps")
SIZES = {"wide": (1280, 900), "phone": (360, 640), "narrow": (320, 568)}
PICTURES = {("wide", "light"), ("wide", "dark"), ("phone", "light"), ("phone", "dark")}
TALLEST = 8000  # of a picture; the list of entries goes on alike
HOSTILE = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> {{ 7*7 }}"


@pytest.fixture(scope="session")
def pages():
    directory = read_directory(Settings())
    return {
        "audit": auditing.html(auditing.report(directory, None)),
        "gaps": gap_mapping.html(gap_mapping.report(directory)),
    }


def about(*services):
    return Basis(services, len(services), 0, 0, 0, 0)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_for_nothing_and_runs_nothing(pages, name):
    page = pages[name]
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<iframe|<img|<form|\son[a-z]+=|https?://|@import|url\(", page)
    assert re.findall(r'(?:href|src)="(?!#e\d+")([^"]*)"', page) == ["data:,"]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_its_language_and_what_its_tables_are(pages, name):
    page = pages[name]
    assert page.startswith('<!doctype html>\n<html lang="en-GB">')
    assert page.count("<table") == page.count("<caption")
    assert "<th>" not in page
    assert all('scope="' in head for head in re.findall(r"<th\b[^>]*>", page))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_when_from_what_and_what_it_cannot_tell(pages, name):
    page = pages[name]
    assert "The directory has 102 entries: 67 that a search can show" in page
    assert "What these numbers cannot tell" in page
    assert "Nothing about any woman is in these numbers." in page
    assert "datetime=" in page


def test_every_word_of_an_entry_is_only_words():
    hostile = replace(entry(), name=HOSTILE)
    page = audit_page(audit([hostile], TODAY), about(hostile), HOSTILE, TODAY)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page


def test_every_word_of_a_need_or_a_council_is_only_words():
    cell = Cell(1, 2, 3)
    gap = Gap("need", HOSTILE, None, {"a": cell}, {"a": 1}, cell)
    page = gaps_page([gap], about(), [("a", HOSTILE)], TODAY)
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 3


def test_a_page_without_entries_says_so():
    page = audit_page((), about(), "Nowhere", TODAY)
    assert "No entry is counted here" in page
    assert "<table" not in page


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        (Cell(5, 0, 0), "most"),
        (Cell(4, 1, 0), "more"),
        (Cell(1, 0, 9), "some"),
        (Cell(0, 1, 3), "no"),
        (Cell(0, 0, 3), "unknown"),
        (Cell(0, 0, 0), "empty"),
    ],
)
def test_the_colour_says_what_the_number_says(cell, name):
    assert shade(cell) == name


# ---- in a browser

EMPTY_CELLS = (
    "[...document.querySelectorAll('td')].filter((each) => !each.textContent.trim()).length"
)


@shared
async def seen(chromium, pages, tmp_path_factory):  # noqa: F811
    """What was seen of each page: by page, by size and colours."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name in NAMES:
        (folder / f"{name}.html").write_text(pages[name], encoding="utf-8")
        for colours in ("light", "dark"):
            tab = await chromium.tab(color_scheme=colours, bypass_csp=True)
            await tab.go((folder / f"{name}.html").as_uri())
            looked = found[name, colours] = {}
            for size, (width, height) in SIZES.items():
                await tab.page.set_viewport_size({"width": width, "height": height})
                looked[size] = await tab.run("document.documentElement.scrollWidth") - width
                if (size, colours) in PICTURES:
                    tall = await tab.run("document.documentElement.scrollHeight")
                    part = {"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST)}
                    picture = SCREENS / f"{name}-{size}-{colours}.png"
                    await tab.page.screenshot(path=picture, full_page=True, clip=part)
            looked["axe"] = await looking.axe(tab)
            looked["empty"] = await tab.run(EMPTY_CELLS)
            looked["asked"] = [each.url for each in tab.asked]
            await tab.page.context.close()
    return found


IN_A_BROWSER = pytest.mark.asyncio(loop_scope="session")
PAGES = pytest.mark.parametrize("colours", ["light", "dark"])


@IN_A_BROWSER
@PAGES
@pytest.mark.parametrize("name", NAMES)
async def test_axe_finds_nothing(seen, name, colours):
    assert seen[name, colours]["axe"] == []


@IN_A_BROWSER
@PAGES
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NAMES)
async def test_no_page_is_wider_than_the_window(seen, name, size, colours):
    assert seen[name, colours][size] <= 0


@IN_A_BROWSER
@pytest.mark.parametrize("name", NAMES)
async def test_the_browser_asks_for_the_file_alone_and_no_cell_is_empty(seen, name):
    assert len(seen[name, "light"]["asked"]) == 1
    assert seen[name, "light"]["empty"] == 0

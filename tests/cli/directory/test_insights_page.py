"""The page of `linnet insights` on simulated quarters: it asks for nothing and is read by anybody.

Pictures of it lie in `build/insights/`, for people to look at: a year for commissioners and the
short page for everybody, on a desk, on a phone, in the reader's own colours and printed on A4.
"""

import re
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from bot.cli import insights
from bot.cli.directory.entries import Directory
from bot.cli.directory.pages import insights_page
from bot.counting.ledger import Standard, ledger
from bot.counting.summary import Names, summary
from tests.counting import simulated
from tests.web import looking
from tests.web.conftest import chromium, place, playwright, shared  # noqa: F401  # fixtures

PICTURES = Path(__file__).parents[3] / "build" / "insights"
NAMES = ("year", "public")
SIZES = {"desk": (1280, 900), "phone": (360, 640), "narrow": (320, 568)}
TALLEST = 8000  # of a picture; the tables go on alike
HOSTILE = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> {{ 7*7 }}"
# Often asked for in the made-up talks, so that the pictures look like something.
OFTEN = ("evening", "my_language", "woman_worker", "discreet", "creche", "flexible_missed")
LANGUAGES = tuple(
    "en pa ur pl ro bn gu ps bg ta lt ru hu sk hi lv sq cs uk".split()  # noqa: SIM905
)
A4 = (595, 842)  # points


@pytest.fixture(scope="session")
def pages(data, moment):
    directory = Directory(data, data.problems, moment.date())
    needs = [*OFTEN, *(id for id in data.vocabulary.needs if id not in OFTEN)]
    year = simulated.year(needs, LANGUAGES, [council.id for council in data.places])
    return {
        "year": insights.html(insights.report(year, directory, simulated.LINKS, public=False)),
        "public": insights.html(insights.report(year[-1:], directory, {}, public=True)),
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_page_asks_for_nothing_and_runs_nothing(pages, name):
    page = pages[name]
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<iframe|<img|<form|\son[a-z]+=|https?://|@import|url\(", page)
    assert re.findall(r'(?:href|src)="([^"]*)"', page) == ["data:,"]


@pytest.mark.parametrize(("name", "charts", "tables"), [("year", 7, 10), ("public", 3, 3)])
def test_each_chart_has_words_and_a_table_with_the_same_figures(pages, name, charts, tables):
    page = pages[name]
    drawn = re.findall(r'<svg class="chart" role="img" aria-labelledby="(\S+)-title"', page)
    assert len(drawn) == len(set(drawn)) == charts
    for id in drawn:
        assert f'<title id="{id}-title">' in page
        assert f'<desc id="{id}-words">' in page
    for id in set(drawn) - {"talks"}:
        assert f'<caption id="{id}-table">' in page
    assert page.count("<table") == page.count("<caption") == tables
    assert all('scope="' in head for head in re.findall(r"<th\b[^>]*>", page))


def test_a_hidden_row_is_drawn_open_with_words_beside_it(pages):
    opened = re.findall(r'class="bar open"[^>]*/>\s*<text[^>]*>([^<]*)</text>', pages["year"])
    assert opened
    assert set(opened) == {"fewer than 10"}


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_how_sure_it_is_and_what_it_cannot_tell(pages, name):
    page = pages[name]
    assert "What these numbers cannot tell" in page
    assert "What is counted is a talk and not a woman." in page
    assert "Chance is mixed into every figure before anything is written down" in page
    assert page.count("In 95 of 100 rows") == page.count('class="means"')


def test_the_public_page_is_shorter_and_names_no_link_and_no_language(pages):
    assert len(pages["public"]) < len(pages["year"]) / 2
    assert not any(code in pages["public"] for code in simulated.LINKS)
    assert all(code in pages["year"] for code in simulated.LINKS)
    assert "Punjabi" in pages["year"]
    assert "Punjabi" not in pages["public"]


def test_every_word_is_only_words(data):
    release = simulated.small(
        link={"k7m2x9pa": 20, HOSTILE: None}, council={"a": 20}, need={HOSTILE: 30}
    )
    names = Names(data.vocabulary.needs, {}, {"a": HOSTILE}, {"k7m2x9pa": HOSTILE})
    standard = Standard("S3", "1c", HOSTILE, HOSTILE)
    accounts = ledger(release, data.vocabulary.needs, [standard], {})
    page = insights_page(summary([release], names), accounts, HOSTILE)
    assert "<script" not in page
    assert "<img" not in page
    assert "{{ 7*7 }}" in page
    assert "not known" in page  # where no entry was asked


def test_a_quarter_in_which_everything_is_hidden_is_no_empty_page():
    rows = dict.fromkeys("abcdefghij")
    page = insights_page(summary([simulated.small(language=rows)], Names({}, {}, {}, {})), (), "")
    assert "All 10 rows, each" in page
    assert "Fewer than 10, which may be none: a; b; c;" in page
    assert "<table" not in page


# ---- in a browser

BEYOND = """[...document.querySelectorAll("svg text, svg line")].filter((each) =>
  each.getBoundingClientRect().right > document.documentElement.clientWidth + .5
).map((each) => each.outerHTML)"""
EMPTY_CELLS = (
    "[...document.querySelectorAll('td')].filter((each) => !each.textContent.trim()).length"
)


@shared
async def seen(chromium, pages):  # noqa: F811
    """What was seen of each page: by page and colours."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    found = {}
    for name in NAMES:
        file = PICTURES / f"{name}.html"
        file.write_text(pages[name], encoding="utf-8")
        for colours in ("light", "dark", "forced"):
            forced = {"forced_colors": "active"} if colours == "forced" else {}
            scheme = "light" if forced else colours
            tab = await chromium.tab(color_scheme=scheme, bypass_csp=True, **forced)
            await tab.go(file.as_uri())
            looked = found[name, colours] = {}
            for size, (width, height) in SIZES.items():
                await tab.page.set_viewport_size({"width": width, "height": height})
                wide = await tab.run("document.documentElement.scrollWidth")
                looked[size] = (wide - width, await tab.run(BEYOND))
                if size == "desk" or (size, colours) == ("phone", "light"):
                    tall = await tab.run("document.documentElement.scrollHeight")
                    part = {"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST)}
                    picture = PICTURES / f"{name}-{size}-{colours}.png"
                    await tab.page.screenshot(path=picture, full_page=True, clip=part)
            looked["axe"] = await looking.axe(tab)
            looked["headings"] = await tab.run(looking.HEADINGS)
            looked["empty"] = await tab.run(EMPTY_CELLS)
            looked["asked"] = [each.url for each in tab.asked]
            if colours == "light":
                looked["printed"] = await tab.page.pdf(prefer_css_page_size=True)
            await tab.page.context.close()
        draw(found[name, "light"]["printed"], name)
    return found


def draw(printed, name):
    """Pictures of the printed sheets, and of no earlier ones."""
    for old in PICTURES.glob(f"{name}-sheet-*.png"):
        old.unlink()
    for number, sheet in enumerate(pypdfium2.PdfDocument(printed), 1):
        sheet.render(scale=1.2).to_pil().save(PICTURES / f"{name}-sheet-{number}.png")


IN_A_BROWSER = pytest.mark.asyncio(loop_scope="session")
PAGES = pytest.mark.parametrize("name", NAMES)
COLOURS = pytest.mark.parametrize("colours", ["light", "dark", "forced"])


@IN_A_BROWSER
@PAGES
@COLOURS
async def test_axe_finds_nothing(seen, name, colours):
    assert seen[name, colours]["axe"] == []


@IN_A_BROWSER
@PAGES
@COLOURS
@pytest.mark.parametrize("size", SIZES)
async def test_neither_page_nor_chart_is_wider_than_the_window(seen, name, colours, size):
    assert seen[name, colours][size] == (0, [])


@IN_A_BROWSER
@PAGES
async def test_the_browser_asks_for_the_file_alone_and_no_cell_is_empty(seen, name):
    assert len(seen[name, "light"]["asked"]) == 1
    assert seen[name, "light"]["empty"] == 0


@IN_A_BROWSER
@PAGES
async def test_headings_begin_with_one_and_leave_out_no_level(seen, name):
    levels = seen[name, "light"]["headings"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@IN_A_BROWSER
@pytest.mark.parametrize(("name", "most"), [("year", 12), ("public", 5)])
async def test_it_prints_on_a4_and_no_sheet_is_bare(seen, name, most):
    sheets = pypdfium2.PdfDocument(seen[name, "light"]["printed"])
    assert 1 < len(sheets) <= most
    for sheet in sheets:
        assert tuple(map(round, sheet.get_size())) == A4
        assert len(sheet.get_textpage().get_text_range()) > 200

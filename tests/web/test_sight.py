"""How every kind of card looks and reads: for axe-core, at any size, for keys and readers.

One walk for each language looks at everything; each test then asks for one thing. Pictures of the
cards lie in `build/screens/<language>/`, for people to look at.
"""

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from bot.locales import phrases
from tests.web import looking
from tests.web.conftest import shared
from tests.web.talking import answer, give, language, say, tour, word

pytestmark = pytest.mark.asyncio(loop_scope="session")
LANGUAGES = ("en", "ur", "pl")
SCREENS = Path(__file__).parents[2] / "build" / "screens"


class Seen:
    """What was seen of the cards of one language: by what was looked for, then by kind of card."""

    def __init__(self, tab, folder):
        self.tab = tab
        self.folder = folder
        self.found = defaultdict(dict)

    async def look(self, kind):
        """Look at the card that stands."""
        page = self.tab.page
        self.found["scrolled"][kind] = await self.tab.run("scrollY")
        self.found["words"][kind] = await self.tab.run(looking.LEAVE_WORDS)
        await page.screenshot(path=self.folder / f"{kind}.png", full_page=True)
        for name, expression in LOOKS.items():
            self.found[name][kind] = await self.tab.run(expression)
        self.found["axe"][kind] = await looking.axe(self.tab)
        for name, (width, height, size) in SIZES.items():
            await page.set_viewport_size({"width": width, "height": height})
            await looking.letters(self.tab, size)
            self.found[name][kind] = await self.tab.run(looking.WIDER_THAN_THE_WINDOW)
            if kind in {"results", "many"}:
                await page.screenshot(path=self.folder / f"{kind}-{name}.png")
        await looking.letters(self.tab, "")
        await page.set_viewport_size({"width": 360, "height": 640})


LOOKS = {
    "small": looking.SMALL_TARGETS,
    "headings": looking.HEADINGS,
    "unlabelled": looking.UNLABELLED,
    "leave": looking.LEAVE_IN_VIEW,
    "first": looking.FIRST_STOP,
    "live": looking.LIVE,
    "focus": looking.FOCUS,
}
SIZES = {
    "phone": (360, 640, ""),
    "narrow": (320, 568, ""),
    "zoomed": (180, 320, ""),  # 200 % of a phone
    "large": (360, 640, "34px"),  # letters of twice the size
}


@shared
async def seen(chromium, site):
    """What was seen, by language."""
    every = {}
    for code in LANGUAGES:
        folder = SCREENS / code
        folder.mkdir(parents=True, exist_ok=True)
        tab = await chromium.tab()
        every[code] = Seen(tab, folder)
        await tour(tab, site.address, code, every[code].look)
        await tab.page.context.close()
    return every


def wrong(seen, code, name):
    """What was found, of the cards where something was."""
    return {kind: found for kind, found in seen[code].found[name].items() if found}


@pytest.mark.parametrize("code", LANGUAGES)
async def test_axe_finds_nothing_on_any_card(seen, code):
    assert wrong(seen, code, "axe") == {}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_no_card_is_wider_than_the_window(seen, code, size):
    assert wrong(seen, code, size) == {}


@pytest.mark.parametrize("code", LANGUAGES)
async def test_everything_to_press_is_large_enough_for_a_shaking_hand(seen, code):
    assert wrong(seen, code, "small") == {}


@pytest.mark.parametrize("code", LANGUAGES)
async def test_every_field_has_a_label(seen, code):
    assert wrong(seen, code, "unlabelled") == {}


@pytest.mark.parametrize("code", LANGUAGES)
async def test_headings_begin_with_one_question_and_leave_out_no_level(seen, code):
    for kind, levels in seen[code].found["headings"].items():
        assert levels[:1] == [1], kind
        assert levels.count(1) == 1, kind
        assert all(after - before <= 1 for before, after in pairwise(levels)), kind


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["leave", "live"])
async def test_leave_is_always_in_view_and_every_card_is_told_to_readers(seen, code, name):
    assert all(seen[code].found[name].values())


@pytest.mark.parametrize("code", LANGUAGES)
async def test_leave_is_the_first_thing_that_tab_reaches(seen, code):
    assert set(seen[code].found["first"].values()) == {"leave"}


@pytest.mark.parametrize("code", LANGUAGES)
async def test_after_a_swap_the_focus_is_on_the_new_question(seen, code):
    after_the_first = list(seen[code].found["focus"].items())[1:]
    assert {kind: where for kind, where in after_the_first if where != "H1"} == {}


@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_new_card_is_read_from_its_top(seen, code):
    """The focus must not scroll away what she asked for: it may stand above the question."""
    assert wrong(seen, code, "scrolled") == {}


@pytest.mark.parametrize("code", LANGUAGES)
async def test_leave_is_said_in_the_language_of_the_card(seen, world, code):
    words = dict(seen[code].found["words"])
    assert words.pop("hello") == phrases.WEB_LEAVE.text
    assert set(words.values()) == {world.catalogues.voice(code)(phrases.WEB_LEAVE)}


@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_last_card_without_the_script_reads_well(chromium, site, code):
    tab = await chromium.tab(script=False)
    await tab.go(site.address)
    await give(tab, language(code))
    await give(tab, word("leave"))
    await tab.page.screenshot(path=SCREENS / code / "end.png")
    assert await tab.run(looking.WIDER_THAN_THE_WINDOW) == []
    assert await tab.run(looking.HEADINGS) == [1]
    await tab.page.context.close()


MODES = {
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "contrast": {"contrast": "more"},
    "still": {"reduced_motion": "reduce"},
}


@pytest.mark.parametrize("mode", MODES)
async def test_a_card_reads_well_in_her_own_colours(chromium, site, mode):
    tab = await chromium.tab(**MODES[mode])
    await tab.go(site.address)
    await give(tab, language("ur"))
    await say(tab, "qwertz")
    await give(tab, answer(1))
    await give(tab, answer(1))
    await tab.page.screenshot(path=SCREENS / f"many-{mode}.png", full_page=True)
    assert await looking.axe(tab) == []
    await tab.page.context.close()

"""Five kinds of cards in every language that is offered, at the size of a phone.

    make screens

Pictures lie in `build/screens/languages/`, for people to look at: only eyes see a wrong letter.
"""

import pytest

from bot import app
from bot.locales.catalogues import Catalogues
from bot.settings import Settings
from tests.web import looking
from tests.web.talking import answer, begin, give, go_on, say, word
from tests.web.test_sight import SCREENS

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.screens]
CODES = [language.code for language in Catalogues.read(app.folders(Settings()).locales).offered]
KINDS = ("hello", "many", "results", "urgent", "know")


@pytest.mark.parametrize("code", CODES)
async def test_five_cards_fit_a_phone(chromium, site, code):
    folder = SCREENS / "languages"
    folder.mkdir(parents=True, exist_ok=True)
    tab = await chromium.tab()
    await tab.page.set_viewport_size({"width": 360, "height": 640})
    wide = {}

    async def look(kind):
        await tab.page.screenshot(path=folder / f"{kind}-{code}.png", full_page=True)
        wide[kind] = await tab.run(looking.WIDER_THAN_THE_WINDOW)

    await begin(tab, site.address, code)
    await look("hello")
    await give(tab, answer(1))
    await say(tab, "Walsall")
    await look("many")
    await go_on(tab)
    await look("results")
    await give(tab, word("urgent"))
    await look("urgent")
    await give(tab, word("know"))
    await look("know")
    await tab.page.context.close()
    assert [kind for kind in KINDS if wide[kind]] == []

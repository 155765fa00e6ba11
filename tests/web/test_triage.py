"""The whole talk in a real browser: three languages, by finger, by keys, without the script."""

import pytest

from tests.web.talking import by_keyboard, whole
from tests.web.test_wire import UNKNOWN

pytestmark = pytest.mark.asyncio(loop_scope="session")
LANGUAGES = ("en", "ur", "pl")


@pytest.fixture
def last_words(world):
    """What the second list of services says first, by language."""
    steps = world.material.plan.steps.values()
    better = next(each for each in steps if each.name == "triage.better")
    return lambda code: world.catalogues.voice(code)(better.step.text)


@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_triage_is_held_by_pointer(chromium, site, last_words, code):
    tab = await chromium.tab()
    assert await whole(tab, site.address, code, last_words(code))
    assert await tab.run("history.length") == 2  # about:blank and our one address
    assert [line for line in tab.said if not line.startswith(UNKNOWN)] == []
    await tab.close()


async def test_the_triage_is_held_in_urdu_in_firefox(firefox, site, last_words):
    tab = await firefox.tab()
    assert await whole(tab, site.address, "ur", last_words("ur"))
    assert [line for line in tab.said if not line.startswith(UNKNOWN)] == []
    await tab.close()


@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_triage_is_held_without_the_script(chromium, site, last_words, code):
    tab = await chromium.tab(script=False)
    assert await whole(tab, site.address, code, last_words(code))
    assert not [each for each in tab.asked if each.url.endswith(".js")]
    await tab.close()


async def test_the_triage_is_held_by_the_keyboard_alone(chromium, site, last_words):
    tab = await chromium.tab()
    assert await whole(tab, site.address, "en", last_words("en"), by_keyboard)
    await tab.close()

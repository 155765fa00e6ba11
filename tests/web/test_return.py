"""Coming back: by Back, by reload, after a crash or a kill, only the neutral first page stands."""

import asyncio
import json

import pytest

from tests.telegram.running import eventually
from tests.web.tabs import seen
from tests.web.talking import begin, give, heading, word, words

pytestmark = pytest.mark.asyncio(loop_scope="session")
FIRST = "!!document.querySelector('.answers button[lang=ur]')"


async def talked(tab, site):
    """A talk; what it showed."""
    await begin(tab, site.address)
    await give(tab, word("urgent"))
    return await heading(tab)


async def test_back_from_another_page_shows_the_first_page(tab, site, away):
    shown = await talked(tab, site)
    await tab.go(away.before)
    await tab.move(-1)
    assert await seen(tab, FIRST)
    assert shown not in await words(tab)


async def test_fault_41_a_reload_shows_the_first_page(tab, site):
    shown = await talked(tab, site)
    await tab.reload()
    assert await seen(tab, FIRST)
    assert shown not in await words(tab)


async def test_a_page_that_the_browser_froze_is_empty_and_begins_again(fresh, site, away):
    """Playwright switches that cache off; this browser has it."""
    browser = await fresh("--enable-features=CacheControlNoStoreEnterBackForwardCache")
    tab = await browser.tab(kept=True)
    shown = await talked(tab, site)
    await tab.go(away.before)
    await tab.move(-1)
    assert await seen(tab, FIRST)
    assert shown not in await words(tab)
    await browser.close()


async def test_fault_41_a_tab_whose_page_was_dropped_loads_the_first_page(chromium, site):
    """A crash of the page stands for a phone that needed the memory."""
    tab = await chromium.tab()
    shown = await talked(tab, site)
    wire = await tab.page.context.new_cdp_session(tab.page)
    crashed = asyncio.create_task(wire.send("Page.crash"))
    await tab.page.wait_for_event("crash")
    crashed.cancel()
    await asyncio.gather(crashed, return_exceptions=True)
    await wire.send("Page.reload")
    text = {"expression": f"{FIRST} && document.body.innerText", "returnByValue": True}
    read = ""
    while not read:
        read = (await wire.send("Runtime.evaluate", text))["result"].get("value")
    assert shown not in read
    await tab.page.context.close()


async def test_after_a_kill_chromium_restores_the_first_page(fresh, site):
    browser = await fresh()
    tab = await browser.tab(kept=True)
    shown = await talked(tab, site)
    await asyncio.sleep(4)  # until the browser has written down where its tabs stand
    browser.kill()
    settings = browser.folder / "Default" / "Preferences"
    kept = json.loads(settings.read_text()) if settings.exists() else {}
    kept.setdefault("session", {})["restore_on_startup"] = 1  # "continue where you left off"
    kept.setdefault("profile", {})["exit_type"] = "Normal"
    settings.write_text(json.dumps(kept))
    await browser.start("--restore-last-session")
    assert await eventually(lambda: ours(browser.tabs(), site), 10)
    for page in ours(browser.tabs(), site):
        assert await seen(page, FIRST)
        assert shown not in await words(page)
    await browser.close()


def ours(tabs, site):
    return [tab for tab in tabs if tab.page.url == site.address]


async def test_after_a_kill_firefox_restores_the_first_page(other_firefox, site):
    tab = await other_firefox.tab(kept=True)
    shown = await talked(tab, site)
    await asyncio.sleep(4)
    await other_firefox.kill()
    await other_firefox.start()
    restored = 0
    for _ in range(20):
        for each in await other_firefox.tabs():
            if await each.run("location.href") == site.address:
                restored += 1
                assert await seen(each, FIRST)
                assert shown not in await words(each)
        if restored:
            break
        await asyncio.sleep(0.3)
    assert restored
    await other_firefox.close()


async def test_the_page_is_hidden_in_the_list_of_open_apps(chromium, site):
    tab = await chromium.tab()
    await talked(tab, site)
    await tab.run(
        "(() => { Object.defineProperty(document, 'visibilityState',"
        " {get: () => window.state, configurable: true});"
        " window.state = 'hidden'; document.dispatchEvent(new Event('visibilitychange')); })()"
    )
    assert not await tab.run("document.getElementById('card').checkVisibility()")
    await tab.run(
        "(() => { window.state = 'visible';"
        " document.dispatchEvent(new Event('visibilitychange')); })()"
    )
    assert await tab.run("document.getElementById('card').checkVisibility()")
    await tab.page.context.close()

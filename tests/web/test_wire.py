"""What goes over the wire: little, only to us, and nothing that could be kept."""

import pytest

from tests.web.tabs import seen
from tests.web.talking import answer, begin, give, has, language, say, words

pytestmark = pytest.mark.asyncio(loop_scope="session")
MOST_BYTES = 15_000
MOST_REQUESTS = 2
# A header of the web's newer drafts that this browser does not know yet is only told about.
UNKNOWN = "Error with Permissions-Policy header: Unrecognized feature"

KEPT = """(async () => ({
  cookies: document.cookie,
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
}))()"""


async def test_the_first_card_is_light(chromium, site, capsys):
    tab = await chromium.tab()
    wire = await tab.page.context.new_cdp_session(tab.page)
    sizes = []
    wire.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    await wire.send("Network.enable")
    await tab.go(site.address)
    assert await seen(tab, "!document.querySelector('input[name=t]')")
    assert len(tab.asked) <= MOST_REQUESTS
    assert sum(sizes) <= MOST_BYTES
    with capsys.disabled():
        print(f"\nfirst card: {len(tab.asked)} requests, {sum(sizes):.0f} bytes")  # noqa: T201
    await tab.page.context.close()


async def test_the_first_card_can_be_used_before_any_script(chromium, site):
    """The script is held back for ever; she goes on without it."""
    tab = await chromium.tab()
    await tab.page.route("**/page.js", lambda _: None)
    await tab.page.goto(site.address, wait_until="commit")
    assert await seen(tab, "!!document.querySelector('.answers button')")
    await tab.page.click(language("pl"), no_wait_after=True)
    assert await seen(tab, "document.documentElement.lang === 'pl'")
    await tab.page.context.close()


async def test_a_talk_goes_to_no_other_place_and_keeps_nothing(browser, site):
    tab = await browser.tab()
    await begin(tab, site.address, "ur")
    await say(tab, "qwertz")
    await give(tab, answer(1))
    assert {each.url for each in tab.asked} == {site.address, f"{site.address}page.js"}
    assert [each for each in tab.asked if "cookie" in each.headers] == []
    assert [each for each in tab.asked if each.headers.get("referer")] == []
    assert [line for line in tab.said if not line.startswith(UNKNOWN)] == []
    await tab.close()


async def test_the_browser_keeps_nothing_for_the_page(chromium, site):
    tab = await chromium.tab()
    await begin(tab, site.address)
    kept = await tab.run(KEPT)
    assert {name: held for name, held in kept.items() if held} == {}
    assert await tab.page.context.cookies() == []
    await tab.page.context.close()


async def test_what_the_lock_of_the_page_forbids_does_not_work(chromium, site):
    """A script that got in could neither run, nor write markup, nor send anything away."""
    tab = await chromium.tab()
    await begin(tab, site.address)
    await tab.run(
        "(() => { const s = document.createElement('script'); s.id = 'in';"
        " try { s.textContent = 'document.body.id = 1'; document.body.append(s); } catch {} })()"
    )
    markup = (
        "(() => { try { document.body.innerHTML = ''; return true; } catch { return false; }})()"
    )
    sent = "fetch('https://example.org/').then(() => true, () => false)"
    assert not await tab.run(markup)
    assert not await tab.run(sent)
    assert await tab.run("document.body.id") == ""
    await tab.page.context.close()


async def test_an_answer_that_does_not_come_is_told(chromium, site):
    tab = await chromium.tab()
    await begin(tab, site.address)
    await tab.page.context.set_offline(True)
    await tab.page.click(answer(1))
    assert await seen(tab, "!document.getElementById('lost').hidden")
    assert "999" in await words(tab)
    await tab.page.context.set_offline(False)
    await give(tab, answer(1))
    assert not await has(tab, "#lost:not([hidden])")
    await tab.page.context.close()

"""What the browser has on disk after a talk: our host and the title "Notes", and no word of it."""

import asyncio

import pytest

from tests.web.tabs import seen
from tests.web.talking import begin, go_on, say, token_of
from tests.web.traces import hits, unpacked, visits

pytestmark = pytest.mark.asyncio(loop_scope="session")
TYPED = "zyxcanaryqwv"
AWAY = "document.title === 'Weather'"
PLACES = "select url, title, visit_count from moz_places where url like 'http://127%'"
HISTORY = "select url, title, visit_count from urls"
CARDS = "[...document.querySelectorAll('.answers button, .many label, h1, h2')].map((e) => e.innerText)"


async def talk(tab, address, code="en", *, script=True):
    """A talk up to a list of services; every word that could give it away."""
    await begin(tab, address, code)
    told = [*await tab.run(CARDS)]
    if script:
        await say(tab, TYPED)
    for _ in range(3):
        await give_on(tab, told)
    return {TYPED, token_of(tab), "triage", *(word for word in told if len(word) > 9)} - {""}


async def give_on(tab, told):
    await go_on(tab)
    told += await tab.run(CARDS)


async def closed(browser, tab):
    await browser.close()


async def left(browser, tab):
    await tab.press("Shift", "Shift", "Shift")
    assert await seen(tab, AWAY)
    await browser.close()


async def killed(browser, tab):
    await told_to_disk()
    await stop_dead(browser)


ENDS = {"closed": closed, "left": left, "killed": killed}


async def told_to_disk():
    """Long enough for a browser to write down where its tabs stand."""
    await asyncio.sleep(4)


async def stop_dead(browser):
    gone = browser.kill()
    if gone is not None:
        await gone


@pytest.mark.parametrize("end", ENDS)
async def test_threat_02_chromium_keeps_no_word_of_the_talk(fresh, site, away, end):
    browser = await fresh()
    tab = await browser.tab(kept=True)
    await tab.go(away.before)
    canaries = await talk(tab, site.address)
    await ENDS[end](browser, tab)
    assert hits(browser.folder, canaries) == []
    if end != "killed":
        ours = [
            row for row in visits(browser.folder, HISTORY, "History") if site.address in row[0]
        ]
        assert {(url, title) for url, title, _ in ours} <= {
            (site.address, title) for title in ("Notes", "Weather")
        }


@pytest.mark.parametrize("end", ["closed", "killed"])
async def test_chromium_without_the_script_keeps_no_choice(fresh, site, end, capsys):
    """What it does keep: one line of history for every answer, all the one address, and in its
    session file what was sent: codes. The page warns of it. Nobody can type words there.
    """
    browser = await fresh()
    tab = await browser.tab(kept=True, script=False)
    canaries = await talk(tab, site.address, script=False)
    assert not await tab.run("document.querySelector('#say').checkVisibility()")
    token = await tab.run("document.querySelector('input[name=t]').value")
    await ENDS[end](browser, tab)
    found = hits(browser.folder, {*canaries, token})
    rows = visits(browser.folder, HISTORY, "History") if end == "closed" else []
    assert {row[:2] for row in rows if site.address in row[0]} <= {(site.address, "Notes")}
    assert {canary for canary, _ in found} <= {token}
    assert all("Sessions" in name for _, name in found)
    with capsys.disabled():
        names = sorted({name for _, name in found})
        print(f"\nwithout the script, {end}: the token in {names}; {rows}")  # noqa: T201


@pytest.mark.parametrize("end", ENDS)
async def test_threat_02_firefox_keeps_no_word_of_the_talk(other_firefox, site, away, end):
    browser = other_firefox
    tab = await browser.tab(kept=True)
    await tab.go(away.before)
    canaries = await talk(tab, site.address)
    await ENDS[end](browser, tab)
    assert hits(browser.folder, canaries) == []
    if end == "closed":
        ours = [
            row
            for row in visits(browser.folder, PLACES, "places.sqlite")
            if site.address in row[0]
        ]
        assert [(url, title) for url, title, _ in ours] == [(site.address, "Notes")]


async def test_the_search_finds_what_is_there(fresh, site, away):
    """A search that cannot find our host would prove nothing."""
    browser = await fresh()
    tab = await browser.tab(kept=True)
    await talk(tab, site.address)
    await browser.close()
    found = {canary for canary, _ in hits(browser.folder, [site.address.rstrip("/"), "Notes"])}
    assert found == {site.address.rstrip("/"), "Notes"}


async def test_packed_files_are_searched_unpacked():
    """Literals, then a copy of four letters from four letters back."""
    block = bytes([0x40]) + b"abcd" + (4).to_bytes(2, "little") + bytes([0x10]) + b"!"
    assert unpacked(b"mozLz40\0" + (9).to_bytes(4, "little") + block) == b"abcdabcd!"

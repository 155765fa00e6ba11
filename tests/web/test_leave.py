"""Leaving: blank at once, then elsewhere, and nothing of the talk behind, whatever is broken."""

import asyncio
import os
import signal
import statistics

import pytest

from tests.telegram.running import eventually
from tests.web.chromium import ChromiumTab
from tests.web.running import Site
from tests.web.tabs import seen
from tests.web.talking import begin, click, give, heading, token_of, word, words

pytestmark = pytest.mark.asyncio(loop_scope="session")
AWAY = "document.title === 'Weather'"
BLANK = "document.body.childElementCount === 0 && document.title === 'Notes'"
ROUNDS = (pytest.param(3, id="few"), pytest.param(15, id="many", marks=pytest.mark.soak))

# Says on the console when the key or the finger came, and when the page was blank, both in
# milliseconds of the clock on the wall.
WATCH = """(() => {
  const at = (moment) => performance.timeOrigin + moment;
  let first = 0;
  const note = (event) => { first = event.timeStamp; };
  addEventListener("keydown", note, true);
  addEventListener("click", note, true);
  new MutationObserver(() => {
    if (document.body.childElementCount) return;
    window.left = `left ${at(first)} ${at(performance.now())}`;
    console.log(window.left);
  }).observe(document.body, {childList: true});
})()"""
ARRIVED = """(() => {
  const [page] = performance.getEntriesByType("navigation");
  return performance.timeOrigin + page.domContentLoadedEventEnd;
})()"""


async def by_button(tab):
    await click(tab, "#leave")


async def by_shift(tab):
    await tab.press("Shift", "Shift", "Shift")


async def by_escape(tab):
    await tab.press("Escape", "Escape", "Escape")


async def by_escape_while_typing(tab):
    await click(tab, "#say")
    await tab.write("help")
    await tab.press("Escape", "Escape", "Escape")


async def by_keys_after_a_swap(tab):
    await give(tab, word("urgent"))
    await tab.press("Shift", "Shift", "Shift")


WAYS = {
    "button": by_button,
    "shift": by_shift,
    "escape": by_escape,
    "typing": by_escape_while_typing,
    "swapped": by_keys_after_a_swap,
}


@pytest.mark.parametrize("way", WAYS)
async def test_threat_01_every_way_of_leaving_leads_elsewhere_and_erases(tab, site, away, way):
    await begin(tab, site.address)
    token = token_of(tab)
    assert await site.ask(token) == 200
    await WAYS[way](tab)
    assert await seen(tab, AWAY)
    assert await site.ask(token) == 410
    assert not [each for each in away.referrers if each.startswith(site.address)]


@pytest.mark.parametrize("keys", [("Shift", "Shift"), ("Shift", "a", "Shift", "Shift")])
async def test_fewer_or_broken_presses_do_not_leave(tab, site, keys):
    await begin(tab, site.address)
    await tab.press(*keys)
    assert await heading(tab)
    assert not await tab.run(AWAY)


async def test_fault_41_after_leaving_nothing_of_the_talk_comes_back(tab, site, away):
    await tab.go(away.before)
    await begin(tab, site.address)
    talked, token = await heading(tab), token_of(tab)
    await by_shift(tab)
    assert await seen(tab, AWAY)
    assert await eventually_gone(site, token)
    await tab.move(-1)
    assert await seen(tab, "document.title === 'Before'")
    await tab.move(1)
    assert await seen(tab, AWAY)
    await tab.reload()
    assert talked not in await words(tab)


async def eventually_gone(site, token):
    """Whether the server comes to know no talk with this token."""
    for _ in range(100):
        if await site.ask(token) == 410:
            return True
        await asyncio.sleep(0.05)
    return False


async def test_a_slow_other_site_leaves_a_blank_page(tab, site, away):
    await begin(tab, site.address)
    token = token_of(tab)
    await tab.run(WATCH)
    away.delay = 8
    # Not waited for: some browsers hold the key back until the new page stands.
    pressing = asyncio.create_task(by_escape(tab))
    try:
        assert await moments_soon(tab)
        assert await site.ask(token) == 410
        assert await seen(tab, AWAY, 15)
    finally:
        away.delay = 0.0
        await asyncio.gather(pressing, return_exceptions=True)


async def moments_soon(tab):
    """The same, waited for while the other site is still silent."""
    blank = eventually(lambda: any(line.startswith("left") for line in tab.said), 4)
    if isinstance(tab, ChromiumTab):
        return await blank
    blank.close()
    return await seen(tab, BLANK, 4)


async def test_an_other_site_that_is_not_there_never_brings_the_talk_back(tab, site, away):
    await begin(tab, site.address)
    talked = await heading(tab)
    await away.stop()
    try:
        await by_shift(tab)
        assert await seen(tab, f"!document.documentElement.innerText.includes({talked!r})")
    finally:
        await away.start()


async def test_with_our_server_stopped_dead_she_still_leaves(browser, away, tmp_path):
    async with Site(tmp_path, away.address) as own:
        tab = await browser.tab()
        await begin(tab, own.address)
        own.kill()
        await by_button(tab)
        assert await seen(tab, AWAY)
        await tab.close()


async def test_with_our_server_hanging_she_still_leaves(tab, site):
    await begin(tab, site.address)
    os.kill(site.process.pid, signal.SIGSTOP)
    try:
        await by_shift(tab)
        assert await seen(tab, AWAY)
    finally:
        os.kill(site.process.pid, signal.SIGCONT)


async def test_the_button_on_the_card_leaves_as_well(tab, site):
    await begin(tab, site.address)
    token = token_of(tab)
    await click(tab, word("leave"))
    assert await seen(tab, AWAY)
    assert await site.ask(token) == 410


async def test_without_the_script_leave_is_a_plain_link(chromium, site, away):
    """It cannot erase: the talk ends by its time, or at once by "Leave and wipe"."""
    tab = await chromium.tab(script=False)
    await begin(tab, site.address)
    await click(tab, "#leave")
    assert await seen(tab, AWAY)
    assert not [each for each in away.referrers if each.startswith(site.address)]
    await tab.page.context.close()


async def test_without_the_script_the_button_on_the_card_erases(chromium, site):
    tab = await chromium.tab(script=False)
    await begin(tab, site.address)
    token = await tab.run("document.querySelector('input[name=t]').value")
    await give(tab, word("leave"))
    assert await site.ask(token) == 410
    await tab.page.context.close()


async def moments(tab):
    """When she pressed and when the page was blank.

    Chromium tells the console, and answers no question while a page is being left; Firefox
    forgets the console, and answers.
    """
    told = [line for line in tab.said if line.startswith("left")]
    line = told[-1] if told else await seen(tab, "window.left", 2)
    return [float(moment) for moment in line.split()[1:]] if line else None


@pytest.mark.parametrize("rounds", ROUNDS)
async def test_how_long_leaving_takes(browser, site, away, capsys, rounds):
    """Figures for the report and no bound: a busy machine is no fault of the page."""
    blank, gone = [], []
    away.delay = 0.0 if browser.name == "chromium" else 0.2
    for _ in range(rounds):
        tab = await browser.tab()
        await begin(tab, site.address)
        await tab.run(WATCH)
        pressing = asyncio.create_task(by_shift(tab))
        if browser.name == "chromium":
            assert await seen(tab, AWAY)
        told = await moments(tab)
        assert await seen(tab, AWAY)
        await asyncio.gather(pressing, return_exceptions=True)
        if told is None:  # the browser left before it passed the moments on
            await tab.close()
            continue
        pressed, emptied = told
        blank.append(emptied - pressed)
        gone.append(await tab.run(ARRIVED) - pressed - away.delay * 1000)
        await tab.close()
    away.delay = 0.0
    assert len(blank) > rounds / 2
    with capsys.disabled():
        print(f"\n{browser.name}: blank {shown(blank)}, other site {shown(gone)}")  # noqa: T201


def shown(times):
    """Median and 95th percentile."""
    return f"{statistics.median(times):.1f}/{statistics.quantiles(times, n=20)[-1]:.1f} ms"

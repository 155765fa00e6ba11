"""Hearing a card in real browsers: nothing is asked for or played before she presses the player."""

import shutil

import pytest

from bot import app
from bot.settings import Settings
from tests.recorded import record
from tests.telegram.running import eventually
from tests.web.conftest import shared
from tests.web.running import ROOT, Site
from tests.web.tabs import seen
from tests.web.talking import begin, click, give, has, word

pytestmark = pytest.mark.asyncio(loop_scope="session")
PLAYER = "#card audio"
PAUSED = "[...document.querySelectorAll('audio')].every((one) => one.paused)"
LOADED = "[...document.querySelectorAll('audio')].every((one) => one.readyState === 0)"
PLAYED = "(() => { const [one] = document.querySelectorAll('audio'); return one.currentTime > 0 && !one.error; })()"
LENGTH = "Math.round(document.querySelector('audio').duration * 10) / 10"


@shared
async def heard(place, away):
    """A site whose texts have all been read aloud."""
    data = app.read_data(app.folders(Settings()))
    own = place / "read-aloud"
    shutil.copytree(ROOT / "locales", own / "locales")
    record(data, own / "locales")
    async with Site(own, away.address, LINNET_DATA=str(own)) as served:
        yield served


async def to_player(tab, site):
    await begin(tab, site.address)
    await give(tab, word("listen"))
    await give(tab, word("play"))
    assert await has(tab, PLAYER)


def sounds_of(tab):
    return [one.url for one in tab.asked if "/sound/" in one.url]


async def play(tab):
    """Press the player as a person does."""
    await tab.run("(document.querySelector('audio').focus(), true)")
    await tab.press("Space")


async def test_before_she_presses_the_player_nothing_is_asked_for_and_nothing_plays(tab, heard):
    await to_player(tab, heard)
    assert await tab.run(f"{PAUSED} && {LOADED}")
    assert sounds_of(tab) == []


async def test_the_player_plays_the_recording_from_this_address_only(tab, heard):
    await to_player(tab, heard)
    await tab.run("(document.querySelector('audio').play().catch(() => {}), true)")
    assert await seen(tab, PLAYED)
    assert await tab.run(LENGTH) == 1
    assert not [line for line in tab.said if "Refused" in line or "error" in line.lower()]


async def test_the_next_card_has_no_player_and_the_sound_stops(tab, heard):
    await to_player(tab, heard)
    await tab.run(
        "(window.kept = document.querySelector('audio'), kept.loop = true, kept.play().catch(() => {}), true)"
    )
    assert await seen(tab, "kept.currentTime > 0")
    await give(tab, word("urgent"))
    assert not await has(tab, PLAYER)
    assert await seen(tab, "kept.paused")


async def test_leaving_stops_the_sound(tab, heard):
    await to_player(tab, heard)
    await tab.run(
        "(document.querySelector('audio').loop = true, document.querySelector('audio').play().catch(() => {}), true)"
    )
    assert await seen(tab, PLAYED)
    await click(tab, "#leave")
    assert await seen(tab, "document.title === 'Weather' && !document.querySelector('audio')")


async def test_what_she_does_not_see_is_not_heard(tab, heard):
    await to_player(tab, heard)
    await tab.run(
        "(window.kept = document.querySelector('audio'), kept.loop = true, kept.play().catch(() => {}), true)"
    )
    assert await seen(tab, "kept.currentTime > 0")
    await tab.run(
        "(Object.defineProperty(document, 'visibilityState', {value: 'hidden'}),"
        " document.dispatchEvent(new Event('visibilitychange')), true)"
    )
    assert await seen(tab, "kept.paused && document.body.hidden")
    assert await eventually(lambda: True)

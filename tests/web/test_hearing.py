"""Hearing a card in real browsers: nothing is asked for or played before she presses the player."""

import shutil

import pytest

from bot import app
from bot.settings import Settings
from tests.recorded import record
from tests.web.conftest import shared
from tests.web.running import ROOT, Site
from tests.web.tabs import seen
from tests.web.talking import begin, click, give, has, word

pytestmark = pytest.mark.asyncio(loop_scope="session")
PLAYER = "#card audio"
PAUSED = "[...document.querySelectorAll('audio')].every((one) => one.paused)"
NOT_LOADED = "[...document.querySelectorAll('audio')].every((one) => one.readyState === 0)"
# Without a loudspeaker, as on a test machine, Firefox plays only what is muted.
PLAY = """(() => {
  window.sound = document.querySelector("audio");
  sound.muted = sound.loop = true;
  sound.play().catch(() => {});
  return true;
})()"""
PLAYED = "sound.currentTime > 0 && !sound.error && !sound.paused"
HIDDEN = """(() => {
  Object.defineProperty(document, "visibilityState", {value: "hidden"});
  document.dispatchEvent(new Event("visibilitychange"));
  return true;
})()"""


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


async def playing(tab, site):
    """She has pressed the player."""
    await to_player(tab, site)
    await tab.run(PLAY)
    assert await seen(tab, PLAYED)


async def test_before_she_presses_the_player_nothing_is_asked_for_and_nothing_plays(tab, heard):
    await to_player(tab, heard)
    assert await tab.run(f"{PAUSED} && {NOT_LOADED}")
    assert sounds_of(tab) == []


async def test_the_player_plays_the_recording_and_nothing_stands_in_its_way(tab, heard):
    await playing(tab, heard)
    assert await tab.run("Math.round(10 * sound.duration) / 10") == 1
    assert {url.partition("/sound/")[0] + "/" for url in sounds_of(tab)} <= {heard.address}
    assert not [line for line in tab.said if "Content-Security-Policy" in line]


async def test_the_next_card_has_no_player_and_the_sound_stops(tab, heard):
    await playing(tab, heard)
    await give(tab, word("urgent"))
    assert not await has(tab, PLAYER)
    assert await tab.run("sound.paused")


async def test_leaving_stops_the_sound(tab, heard):
    await playing(tab, heard)
    await click(tab, "#leave")
    assert await seen(tab, "document.title === 'Weather' && !document.querySelector('audio')")


async def test_what_she_does_not_see_is_not_heard(tab, heard):
    await playing(tab, heard)
    await tab.run(HIDDEN)
    assert await seen(tab, "sound.paused && document.body.hidden")

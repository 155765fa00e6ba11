"""The preview: what stands behind a card, and that nobody else can reach it."""

import pytest

from bot.channels.web.nodes import as_html
from bot.channels.web.preview import preview
from bot.channels.web.talk import key_of
from bot.cli import main
from bot.conversation.messages import Button, Incoming, Start
from bot.conversation.turns import Turns
from bot.sessions.memory import MemoryStore

TOKEN = "t" * 43


@pytest.fixture
def turns(world, moment):
    return Turns(world, MemoryStore(lambda: 0.0), lambda: moment)


async def answered(turns, *values):
    """A talk of the token with these answers given."""
    card = await turns.take(Incoming(key_of(TOKEN), Start("en")))
    for value in values:
        card = await turns.take(Incoming(key_of(TOKEN), Button(card.step, value, card.turn)))


async def test_behind_the_card_stand_step_answers_needs_and_services(turns):
    await answered(turns, ("watched",), ("walsall",), ("alcohol",))
    shown = as_html(await preview(turns).card(TOKEN))
    assert "Step: triage.first" in shown
    assert "welcome.safe = watched" in shown
    assert "prefer: no_voice" in shown
    assert "cgl-beacon-walsall; states: alcohol" in shown


async def test_what_was_skipped_says_so(turns):
    await answered(turns)
    looked = await turns.look(key_of(TOKEN))
    assert looked.trail == (("welcome.language", "en"),)


async def test_where_no_talk_stands_nothing_is_told(turns):
    assert "No talk stands yet." in as_html(await preview(turns).card("x" * 43))


async def test_what_is_wrong_with_saved_files_stands_first_and_on_a_fresh_page_too(turns):
    lines = ["flows/a.yaml:1:2: error: this is <b>wrong</b> [yaml]"]
    beside = preview(turns, lambda: lines)
    for shown in (as_html(await beside.card("x" * 43)), as_html(beside.page())):
        assert "flows/a.yaml:1:2: error: this is &lt;b&gt;wrong&lt;/b&gt; [yaml]" in shown
        assert "the last good flows stand" in shown
    lines.clear()
    assert as_html(beside.page()) == '<aside id="behind" lang="en" dir="ltr"></aside>'


@pytest.mark.parametrize(
    "setting",
    [
        {"LINNET_HOST": "0.0.0.0"},  # noqa: S104  # it must be refused
        {"LINNET_TELEGRAM_TOKEN": "1234:" + "x" * 35},
    ],
    ids=["another address", "Telegram"],
)
def test_a_preview_that_others_could_reach_is_refused(monkeypatch, capsys, setting):
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    assert main(["serve", "--preview"]) == 2
    assert "this machine only" in capsys.readouterr().err

"""A language more is one block and one catalogue; nothing is cut, and nothing stays English."""

import shutil

import pytest

from bot import app
from bot.channels.telegram.drawing import MOST_UNITS, is_told
from bot.channels.telegram.drawing import draw as as_message
from bot.channels.telegram.widths import fits
from bot.channels.terminal import as_text
from bot.conversation.messages import Paragraph, Result, Script
from bot.conversation.wording import draw
from bot.directory.matching import match
from bot.flows.graph import asked_again, reads_after
from bot.settings import Settings
from bot.simulator import Ahead, walk
from tests.cli.running import linnet
from tests.locales.pseudo import FROM_RIGHT, LONGER, OPEN, add
from tests.test_simulator import SAMPLES, SOURCE_READS

BOTH = (LONGER, FROM_RIGHT)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(app.folders(Settings()).locales, folder / "locales")
    return add(folder)


@pytest.fixture(scope="module")
def wider(folder, moment):
    """The world that offers both."""
    settings = Settings(data=folder)
    return app.build_world(app.read_data(app.folders(settings)), settings, moment.date())


@pytest.fixture(scope="module")
def cards(wider, moment):
    """Every card of the walk of all paths, by language."""
    data = app.read_data(app.folders(Settings()))
    ahead = Ahead(reads_after(data.flows, SOURCE_READS), asked_again(data.flows))
    found = {code: {} for code in BOTH}
    for stride in walk(wider.material.plan, ahead, SAMPLES):
        session, needs = stride.after.session, stride.after.needs
        if session is None:
            continue
        for code in BOTH:
            place = (session.at, session.said, session.misses > 0)
            if place not in found[code]:
                voice = wider.catalogues.voice(code)
                matches = match(needs, wider.index, moment) if needs else None
                card = draw(wider.material, session, voice, moment, matches, needs)
                found[code][place] = (card, wider.material.plan.steps[session.at])
    return {code: list(each.values()) for code, each in found.items()}


def test_they_are_offered_and_found_by_their_tags(wider):
    for code, tag in ((LONGER, "eo-001"), (FROM_RIGHT, "FA_ir")):
        assert wider.catalogues.resolve(tag) == code


def test_no_word_of_a_card_stays_english(cards):
    for code in BOTH:
        assert len(cards[code]) > 80
        for card, planned in cards[code]:
            for said in _said(card, named=planned.source is not None):
                assert OPEN in said, (code, card.step, said)


def _said(card, *, named):
    """Every piece of a card that is ours to translate; names and words of entries are not."""
    for block in card.blocks:
        if isinstance(block, Paragraph) and not block.english:
            yield block.text
        elif isinstance(block, Result):
            yield from (part.heading for part in (block.fits, block.lacks, block.asks) if part)
            yield from (way.label for way in block.ways)
        elif isinstance(block, Script):
            yield from (line.words for line in block.lines)
    if not named:
        yield from (option.label for option in card.options)
    yield from (control.label for control in card.controls if not control.language)
    yield from filter(None, (card.hint, card.labels.hide, card.labels.type, card.labels.send))


def test_nothing_longer_is_cut_on_telegram(cards):
    for code in BOTH:
        for card, _ in cards[code]:
            if any(isinstance(block, Result | Script) for block in card.blocks):
                continue  # lists are paged, which tests of their own look at
            drawn = as_message(card)
            assert drawn.pages == 1
            assert len(drawn.text) < MOST_UNITS
            for block in card.blocks:
                for line in block.text.split("\n"):
                    assert line.strip() in drawn.text, (code, card.step)
            # What a button would cut stands whole in the text.
            assert is_told(card) or all(fits(option.label) for option in card.options)
            assert not is_told(card) or all(one.label in drawn.text for one in card.options)


def test_a_terminal_shows_every_card(cards):
    for code in BOTH:
        assert all(as_text(card).strip() for card, _ in cards[code])


def test_what_is_added_passes_every_check_of_catalogues(folder):
    done = linnet("locales", "check", FROM_RIGHT, env={"LINNET_DATA": str(folder)})
    rules = {
        line.rsplit("[", 1)[-1].rstrip("]") for line in done.stdout.decode().splitlines()[:-1]
    }
    # Words twice as long as any woman would write are told, and so is the missing list of words.
    assert rules <= {
        "too-long",
        "long-card",
        "long-label",
        "no-wordlist",
        "no-reason",
        "first-card",
        "bare-end",
    }


def test_a_talk_in_it_comes_to_services(folder):
    lines = b"1\n2\n1\n"
    done = linnet("chat", "--lang", LONGER, env={"LINNET_DATA": str(folder)}, typed=lines)
    assert done.returncode == 0
    assert OPEN.encode() in done.stdout
    assert b"Traceback" not in done.stderr

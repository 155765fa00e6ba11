"""Naming: what people type becomes a code or an id, and a mistake is told in plain letters."""

import pytest

from bot import app
from bot.cli import main
from bot.cli.naming import council_among, language_among, offered
from bot.exceptions import SettingsError
from bot.locales.catalogues import Catalogues
from bot.settings import Settings
from tests.cli.running import linnet
from tests.directory.entries import shipped_places

HOSTILE = "\x1b[2J\u202e" + "x" * 99
CATALOGUES = Catalogues.read(app.folders(Settings()).locales)


@pytest.mark.parametrize(
    ("named", "id"),
    [
        ("stoke-on-trent", "stoke-on-trent"),
        ("STOKE-ON-TRENT", "stoke-on-trent"),
        ("Telford and Wrekin", "telford-and-wrekin"),
        ("  telford  AND wrekin ", "telford-and-wrekin"),
    ],
)
def test_a_council_is_found_by_its_id_and_by_its_name(named, id):
    assert council_among(shipped_places(), named) == id


def test_a_council_that_is_none_is_told_with_one_that_is_near_or_with_all():
    with pytest.raises(
        SettingsError, match=r"^there is no council 'Walsal'; did you mean 'walsall'"
    ):
        council_among(shipped_places(), "Walsal")
    with pytest.raises(SettingsError, match=r"choose one of: birmingham, "):
        council_among(shipped_places(), "Atlantis")


def codes(*languages):
    return [language.code for language in offered(Settings(languages=languages), CATALOGUES)]


def test_english_is_offered_beside_what_the_operator_names():
    assert codes("ur", "pl") == ["en", "ur", "pl"]
    assert codes() == [language.code for language in CATALOGUES.offered]
    with pytest.raises(SettingsError, match=r"^LINNET_LANGUAGES names 'xx'"):
        codes("xx")


def test_a_tag_finds_only_what_is_offered():
    assert language_among("pa-PK", CATALOGUES.offered).code == "ur"
    with pytest.raises(SettingsError, match=r"'ta'; choose one of: en, ur, pl$"):
        language_among("ta", offered(Settings(languages=("ur", "pl")), CATALOGUES))


@pytest.mark.parametrize(
    "command",
    [
        ("chat", "--lang"),
        ("directory", "preview", "anawim", "--lang"),
        ("directory", "audit", "--council"),
        ("link", "new", "--venue", "x", "--bot", "notes_bot", "--lang"),
        ("link", "new", "--venue", "x", "--bot", "notes_bot", "--council"),
    ],
    ids=" ".join,
)
def test_what_was_typed_reaches_no_terminal_as_it_is(command, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("LINNET_LINKS", str(tmp_path / "links.yaml"))
    assert main([*command, HOSTILE]) == 2
    said = capsys.readouterr().err
    assert said.startswith("linnet: there is no ")
    assert not set(said) & set("\x1b\u202e")
    assert "x" * 50 not in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("command", [("chat",), ("directory", "preview", "anawim")])
def test_a_language_that_the_operator_does_not_offer_is_none(command):
    done = linnet(*command, "--lang", "ta", env={"LINNET_LANGUAGES": "en,pl"})
    assert done.returncode == 2
    assert done.stderr.decode() == "linnet: there is no language 'ta'; choose one of: en, pl\n"

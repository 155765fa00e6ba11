"""Fonts: small, free, and with every letter that a language of ours is written in."""

import unicodedata

import pytest

from bot.locales.languages import catalogue_path
from bot.locales.pofile import read
from bot.outreach.fonts import BY_LANGUAGE, BY_SCRIPT, FOLDER, LATIN, NASTALIQ, fonts_of
from bot.outreach.shaping import Face
from tests.outreach.printing import LANGUAGES, ROOT

MOST = 1_500_000  # bytes of all fonts together


def test_they_are_small_and_their_licence_is_beside_them():
    files = {path.name: path.stat().st_size for path in FOLDER.glob("*.ttf")}
    assert sum(files.values()) < MOST
    assert set(files) == {font.file for font in (*BY_SCRIPT.values(), *BY_LANGUAGE.values())}
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    assert "Google" in licence


def test_urdu_is_nastaliq_and_pashto_is_not():
    assert fonts_of("ur", "Arab") == (NASTALIQ, LATIN)
    assert fonts_of("ps", "Arab") == (BY_SCRIPT["Arab"], LATIN)
    assert fonts_of("en", "Latn") == (LATIN,)
    assert fonts_of("am", "Ethi") == ()


@pytest.mark.parametrize("code", LANGUAGES)
def test_whatever_a_catalogue_says_can_be_printed(code):
    path = catalogue_path(ROOT / "locales", code)
    entries = read(path.read_bytes()).entries if path.is_file() else ()
    used = {char for entry in entries for form in entry.forms for char in form}
    letters = {char for char in used if unicodedata.category(char)[0] in "LMN"}
    fonts = fonts_of(code, LANGUAGES[code].script)
    has = {letter for font in fonts for letter in Face(font).letters}
    assert {char for char in letters if ord(char) not in has} == set()

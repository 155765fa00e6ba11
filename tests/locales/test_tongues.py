"""Tongues: what every shipped language says for an English text, and on which line."""

import shutil
from pathlib import Path

from bot.locales.languages import catalogue_path, read_languages
from bot.locales.pofile import read_files
from bot.locales.tongues import Tongue, Translated, read_tongues
from bot.locales.voice import TYPED
from bot.locales.wordlists import Wordlist, read_wordlists
from tests.expectations import expected
from tests.locales.examples import few

LOCALES = Path(__file__).parents[2] / "locales"
BROKEN = Path(__file__).parent / "broken" / "no-wordlist.po"
LANGUAGES, _ = read_languages(LOCALES)
LISTS, _ = read_wordlists([LOCALES])


def test_english_comes_first_and_says_what_is_written():
    (english, *others), problems = read_tongues(LOCALES, few(LANGUAGES, "ur", "pl"), LISTS)
    assert problems == []
    assert english.english
    assert english.of("Any words.") == "Any words."
    assert english.typed("a | b |") == ("a", "b")
    assert [other.code for other in others] == ["ur", "pl"]


def test_a_translation_is_found_with_its_line():
    for tongue in read_tongues(LOCALES, LANGUAGES, LISTS)[0][1:]:
        text = tongue.of("I am not sure")
        lines = (LOCALES.parent / tongue.path).read_text(encoding="utf-8").splitlines()
        assert text
        assert 'msgid "I am not sure"' in lines[tongue.line("I am not sure") - 1 :][:1]


def test_without_a_translation_there_is_nothing_to_judge():
    tongue = Tongue("pl", Wordlist("pl"), "locales/pl.po", {("", "a"): Translated(("ą",), 3)})
    assert (tongue.of("b"), tongue.typed("b"), tongue.line("b")) == ("", None, 1)


def test_typed_words_are_another_text_than_the_same_words_to_read():
    said = {(TYPED, "a"): Translated(("b | c",), 3)}
    tongue = Tongue("pl", Wordlist("pl"), "locales/pl.po", said)
    assert (tongue.of("a"), tongue.typed("a"), tongue.line("a", TYPED)) == ("", ("b", "c"), 3)


def test_a_language_without_a_list_is_told(tmp_path):
    home = tmp_path / "ro" / "LC_MESSAGES" / "bot.po"
    home.parent.mkdir(parents=True)
    shutil.copy(BROKEN, home)
    lists = {code: words for code, words in LISTS.items() if code != "ro"}
    tongues, problems = read_tongues(tmp_path, LANGUAGES, lists)
    assert [tongue.code for tongue in tongues] == ["en", "ro"]
    assert [str(one).partition(":")[2] for one in problems] == expected(BROKEN)


def test_a_catalogue_that_cannot_be_read_is_left_out(tmp_path):
    home = tmp_path / "pl" / "LC_MESSAGES" / "bot.po"
    home.parent.mkdir(parents=True)
    home.write_bytes(b"\xff")
    tongues, problems = read_tongues(tmp_path, LANGUAGES, LISTS)
    assert ([tongue.code for tongue in tongues], problems) == (["en"], [])


def test_files_that_were_read_before_are_not_read_again():
    languages = few(LANGUAGES, "ur", "pl")
    there = read_files([catalogue_path(LOCALES, "pl")])
    tongues, _ = read_tongues(LOCALES, languages, LISTS, files=there)
    assert [tongue.code for tongue in tongues] == ["en", "pl"]
    assert tongues == tuple(
        tongue for tongue in read_tongues(LOCALES, languages, LISTS)[0] if tongue.code != "ur"
    )

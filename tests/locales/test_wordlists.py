"""Word lists: whole words in any spelling, one file a language, the shipped one where none is."""

from pathlib import Path

import pytest

from bot.documents import read
from bot.locales.wordlists import LISTS, LONG_WORD, MOST_WORDS, load, read_wordlists, sentences
from tests.expectations import expected

BROKEN = Path(__file__).parent / "broken" / "empty-word.yaml"
SHIPPED = Path(__file__).parents[2] / "locales"


def wordlist(text):
    found, problems = load("en", read(text.encode(), "locales/words/en.yaml")[0])
    assert problems == []
    return found


def test_a_word_without_a_letter_is_told():
    found, problems = load("en", read(BROKEN.read_bytes(), "words/en.yaml")[0])
    assert [str(one).partition(":")[2] for one in problems] == expected(BROKEN)
    assert found.find("promise", "They will help.") == "will help"


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("user", "A user.", "user"),
        ("user", "Users use.", None),
        ("user*", "Users use.", "users"),
        ("*łeś", "Gdzie byłeś?", "byles"),
        ("*addict*", "readdicted", "readdicted"),
        ("no trace", "There is no\u200b TRACE!", "no trace"),
        ("no trace", "No. Trace it.", None),
        ("e-mail", "By E‑mail.", "e mail"),
        ("can't help", "I can’t help.", "cant help"),
        ("کوئی نشان", "كوئي نشان", "کویی نشان"),
        ("a.b", "axb", None),
        ("(x", "say (x now", "x"),
    ],
)
def test_words_are_compared_whole_and_folded(term, text, found):
    words = wordlist(f"promise:\n  - '{term.replace(chr(39), chr(39) * 2)}'\n")
    assert words.find("promise", text) == found


def test_a_list_that_is_not_there_finds_nothing_and_asks_for_nothing():
    words = wordlist("promise: [will help]\n")
    assert words.find("threat", "anything") is None
    assert words.says("automatic", "anything")
    assert not words.says("promise", "anything")


def test_sentences_end_as_they_do_in_every_script():
    assert sentences("One. Two? Three؟ چار۔ پانچ। Six\nSeven: 8") == (
        *("one", "two", "three", "چار", "پانچ", "six", "seven", "8"),
    )


def test_without_numbers_of_its_own_a_language_has_those_of_english():
    words = wordlist("promise: [will help]\n")
    assert (words.long_word, words.most_words) == (LONG_WORD, MOST_WORDS)


def test_a_misspelt_list_is_told():
    _, problems = load("en", read(b"promises: [will help]\n", "words/en.yaml")[0])
    assert [(one.rule, "promise" in one.sentence) for one in problems] == [("unknown-key", True)]


def test_the_shipped_lists_are_without_a_mistake():
    lists, problems = read_wordlists([SHIPPED])
    codes = {path.parent.parent.name for path in SHIPPED.glob("*/LC_MESSAGES/bot.po")}
    assert (set(lists), problems) == (codes | {"en"}, [])
    assert set(lists["en"].patterns) == set(LISTS)


def test_an_own_list_wins_and_the_others_stay_shipped(tmp_path):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.yaml").write_text("promise: [shall help]\n")
    lists, _ = read_wordlists([tmp_path, SHIPPED])
    assert lists["en"].find("promise", "They will help, they shall help.") == "shall help"
    assert lists["pl"].find("promise", "Na pewno pomogą.")


def test_a_file_that_is_no_yaml_is_told_and_holds_nothing(tmp_path):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.yaml").write_text("promise: [\n")
    lists, problems = read_wordlists([tmp_path, SHIPPED])
    assert [one.path for one in problems] == ["locales/words/en.yaml"]
    assert lists["en"].patterns == {}


def test_no_folder_holds_no_list(tmp_path):
    assert read_wordlists([tmp_path / "none"]) == ({}, [])


def test_a_term_has_its_words_and_a_language_without_them_is_never_wrong():
    found = wordlist("terms:\n  midwife: [położn*]\n")
    assert found.names("midwife", "Zapytaj położną.")
    assert not found.names("midwife", "Zapytaj lekarza.")
    assert found.names("doctor", "Zapytaj.")


def test_terms_are_read_like_every_list():
    _, problems = load("en", read(b"terms: [a]", "locales/words/en.yaml")[0])
    assert [one.rule for one in problems] == ["wrong-type"]

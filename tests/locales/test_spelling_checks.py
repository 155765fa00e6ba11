"""How a translation is spelled: letters, spaces, marks at the end, English left in it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.locales.languages import read_languages
from bot.locales.pofile import Entry
from bot.locales.spelling_checks import check_spelling

LANGUAGES, _ = read_languages(Path(__file__).parents[2] / "locales")


def found(english, translation, code="pl", plural=""):
    entry = Entry("", english, plural, (translation,))
    return [rule for rule, _ in check_spelling(entry, LANGUAGES.get(code))]


@pytest.mark.parametrize(
    ("english", "translation", "code"),
    [
        ("Ring first.", "Najpierw zadzwoń.", "pl"),
        ("Ring first.", "پہلے فون کریں۔", "ur"),
        ("Ring first?", "پہلے فون کریں؟", "ur"),
        ("Ring first.", "पहले फ़ोन करें।", "hi"),
        ("Ring first.", "لومړی زنګ ووهئ.", "ps"),
        ("Press “Back”.", "Naciśnij „Wstecz”.", "pl"),
        ("Press “Back.”", "Naciśnij „Wstecz.”", "pl"),
        ("Back", "Wstecz", "pl"),
        ("Not known. You can ask:", "Nie wiadomo. Możesz zapytać:", "pl"),
        ("A court says so.", "Children's Services: tak mówi sąd.", "pl"),
        ("Wait…", "Poczekaj…", "pl"),
    ],
)
def test_what_is_right_is_left_alone(english, translation, code):
    assert found(english, translation, code) == []


@pytest.mark.parametrize(
    ("english", "translation", "code"),
    [
        ("Ring first.", "Najpierw zadzwoń", "pl"),
        ("Ring first.", "पहले फ़ोन करें.", "hi"),
        ("Ring first?", "پہلے فون کریں۔", "ur"),
        ("Back", "Wstecz.", "pl"),
        ("Back", "वापस।", "hi"),
    ],
)
def test_a_sentence_ends_as_its_language_has_it(english, translation, code):
    assert found(english, translation, code) == ["sentence-mark"]


def test_a_mark_of_another_script_inside_is_told():
    assert found("Ring. Then wait.", "Zadzwoń। Potem poczekaj.") == ["sentence-mark"]


def test_the_plural_is_held_beside_the_plural():
    assert found("One place.", "Miejsca", plural="Places") == []


@pytest.mark.parametrize("translation", ["jestes\u0301", "a  b", " a", "a ", "a... b", "a\ufffdb"])
def test_each_slip_of_typing_is_told(translation):
    assert found("a", translation) == ["spelling"]


def test_english_inside_is_told_where_the_letters_do_not_show_it():
    assert found("Hi", "You can ask what they have") == ["half-english"]
    assert found("Hi", "You can ask what they have", "ru") == []


def test_nothing_translated_has_nothing_wrong():
    entry = Entry("", "Back.", "", ("",))
    assert list(check_spelling(replace(entry, forms=()), LANGUAGES.get("pl"))) == []
    assert list(check_spelling(entry, LANGUAGES.get("pl"))) == []

"""The words of a card: each design, in each language, in its direction."""

from dataclasses import replace

import pytest

from bot.exceptions import SettingsError
from bot.locales.phrases import PRINTED_FREE
from bot.locales.rendering import marks_in
from bot.outreach.content import DESIGNS, Said, content_of, recipe_in
from tests.outreach.printing import CATALOGUES, LANGUAGES, LETTERS, RECIPE, content


@pytest.fixture
def english():
    return CATALOGUES.voice("en")


def test_a_plain_card_says_what_it_is(english):
    plain = content_of(english, "plain", LETTERS)
    assert plain.plain
    assert [one.text for one in plain.body] == [PRINTED_FREE.text]


@pytest.mark.parametrize("design", [design for design in DESIGNS if design != "plain"])
def test_only_a_plain_card_says_what_it_is(design):
    other = content("en", design)
    assert not other.plain
    assert not any("phone" in text or "private" in text for text in other.texts())


def test_a_recipe_is_the_one_behind_which_the_talk_hides():
    recipe = content("en", "recipe")
    assert recipe.heading.text == "Lentil soup for four"
    assert [one.text for one in recipe.body][-1] == "Add salt and lemon."
    joined = " ".join([f"{recipe.heading.text}.", *(one.text for one in recipe.body)])
    assert joined == RECIPE.text.replace("\n", " ")


def test_without_a_recipe_in_the_flows_no_card_passes_for_one(english, data):
    """A plain card in its place would say what a recipe is there to hide."""
    assert recipe_in(replace(data.flows, by_id={})) is None
    with pytest.raises(SettingsError, match=r"^the flows have no recipe"):
        content_of(english, "recipe", LETTERS, recipe=None)


def test_a_timetable_has_days_and_classes_and_no_hours():
    table = content("en", "timetable")
    assert [day.text for day, _ in table.rows][:2] == ["Monday", "Tuesday"]
    assert not any(char.isdigit() for row in table.rows for one in row for char in one.text)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("design", DESIGNS)
def test_every_language_has_every_design(code, design):
    found = content(code, design)
    assert found.rtl == LANGUAGES[code].rtl
    assert found.heading.text
    assert found.caption.text
    assert not any(marks_in(text) or "$" in text for text in found.texts())
    assert found.address == Said(LETTERS, rtl=False)


def test_words_of_ones_own_language_have_its_direction():
    recipe = content("ur", "recipe")
    assert recipe.heading.rtl
    assert all(step.rtl for step in recipe.body)
    assert all(day.rtl for day, _ in content("ps", "timetable").rows)


def test_a_heading_that_was_given_stands_in_place_of_ours():
    assert content("ur", "recipe", "مسور کی دال").heading == Said("مسور کی دال", rtl=True)
    assert content("ur", "recipe", "(2) Soup").heading == Said("(2) Soup", rtl=False)
    assert content("en", "recipe", "Soup").body == content("en", "recipe").body


def test_english_that_stands_in_is_told_and_reads_from_the_left():
    voice = CATALOGUES.voice("ur")
    missing = recipe_in_english()
    found = content_of(voice, "recipe", LETTERS, recipe=missing)
    assert found.english
    assert found.rtl
    assert found.heading == Said("No such soup", rtl=False)
    assert not content("en").english


def recipe_in_english():
    """A recipe that no catalogue has."""
    return type(RECIPE)("No such soup. Stir it.", RECIPE.path, RECIPE.mark)

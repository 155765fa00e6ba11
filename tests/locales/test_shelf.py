"""The folder of locales as a whole."""

import pytest

from bot.locales.ledger import fingerprint
from bot.locales.sheets import Taken
from bot.locales.shelf import put, read_shelf, sync_shelf
from bot.locales.standing import BEGIN, END
from tests.locales.examples import MESSAGES
from tests.locales.shelves import keep, make, polish, read_as


@pytest.fixture
def folder(tmp_path):
    return make(tmp_path)


def test_a_catalogue_is_given_with_its_language(folder):
    language, file = read_shelf(folder).translated("pl")
    assert (language.code, file) == ("pl", polish(folder))


@pytest.mark.parametrize("code", ["en", "xx", "../pl"])
def test_what_is_no_translation_is_none(folder, code):
    assert read_shelf(folder).translated(code) is None


def test_a_broken_catalogue_is_none(folder):
    (folder / "pl" / "LC_MESSAGES" / "bot.po").write_bytes(b"msgid")
    assert read_shelf(folder).translated("pl") is None


def test_the_head_of_a_catalogue_says_how_far_it_has_come(folder):
    keep(folder, read_as("native-reviewed", *polish(folder).entries))
    changed = sync_shelf(read_shelf(folder), MESSAGES, write=True)
    assert [path.parent.parent.name for path in changed] == ["pl"]
    assert "Checked by a native speaker" in polish(folder).head[0]
    assert sync_shelf(read_shelf(folder), MESSAGES, write=True) == []


def test_the_table_of_the_page_is_kept_true(folder):
    page = folder / "README.md"
    page.write_text(f"{BEGIN}\n{END}\n", encoding="utf-8")
    assert sync_shelf(read_shelf(folder), MESSAGES, write=False) == [page]
    assert page.read_text(encoding="utf-8") == f"{BEGIN}\n{END}\n"
    sync_shelf(read_shelf(folder), MESSAGES, write=True)
    assert "| Polski | pl | machine-draft |" in page.read_text(encoding="utf-8")
    assert sync_shelf(read_shelf(folder), MESSAGES, write=False) == []


def test_what_a_sheet_changed_is_written_and_other_languages_stay(folder):
    entries = polish(folder).entries
    keep(folder, read_as("native-reviewed", entries[0]), "ur")
    shelf = read_shelf(folder)
    language, file = shelf.translated("pl")
    put(shelf, language, file, Taken(entries, read_as("back-translated", entries[1])))
    again = read_shelf(folder)
    assert again.ledger["ur"].keys() == {fingerprint(entries[0])}
    assert again.ledger["pl"].keys() == {fingerprint(entries[1])}
    assert polish(folder).entries == entries

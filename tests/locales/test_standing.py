"""How far languages have come, as numbers and as a table."""

from dataclasses import replace

import pytest

from bot.locales.languages import Step, read_languages
from bot.locales.ledger import read_ledger
from bot.locales.standing import BEGIN, END, HEAD, Standing, share, standings, table, with_table
from tests.locales.examples import MESSAGES
from tests.locales.shelves import keep, make, polish, read_as

POLISH = Standing("pl", "Polski", Step.MACHINE_DRAFT, 7)


@pytest.fixture
def folder(tmp_path):
    return make(tmp_path)


def of(folder, code="pl"):
    found = standings(MESSAGES, folder, read_languages(folder)[0], read_ledger(folder)[0])
    return next(one for one in found if one.code == code)


def test_a_draft_has_nothing_missing_and_nothing_read(folder):
    assert of(folder) == replace(POLISH, safety=1)


def test_a_language_without_words_is_all_missing(folder):
    assert (of(folder, "ur").missing, of(folder, "ur").step) == (7, Step.MACHINE_DRAFT)


def test_what_people_read_is_counted(folder):
    entries = polish(folder).entries
    safety = [entry for entry in entries if entry.safety]
    plain = [entry for entry in entries if not entry.safety]
    keep(folder, read_as("native-reviewed", *plain[:2]) | read_as("back-translated", *safety))
    found = of(folder)
    assert (found.read, found.back, found.step) == (3, 1, Step.MACHINE_DRAFT)
    keep(folder, read_as("native-reviewed", *plain) | read_as("back-translated", *safety))
    assert of(folder).step is Step.BACK_TRANSLATED


def test_reviews_of_words_that_changed_are_stale(folder):
    entries = [replace(entry, forms=("dawniej",)) for entry in polish(folder).entries[:3]]
    keep(folder, read_as("native-reviewed", *entries))
    assert of(folder).stale == 3


def test_a_share_is_never_rounded_up():
    assert (share(0, 0), share(199, 200), share(2, 2)) == ("0 %", "99 %", "100 %")


def test_the_table_stands_between_its_marks_and_nowhere_else():
    page = f"# Words\n\n{BEGIN}\nold\n{END}\n\nMore.\n"
    new = with_table(page, [POLISH])
    assert new.startswith(f"# Words\n\n{BEGIN}\n| language |")
    assert new.endswith(f"\n{END}\n\nMore.\n")
    assert "old" not in new
    assert with_table(new, [POLISH]) == new
    assert with_table("# Words\n", [POLISH]) == "# Words\n"


def test_a_row_has_as_many_cells_as_the_head():
    assert [len(row) for row in table([POLISH])] == [len(HEAD)]

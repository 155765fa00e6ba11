"""Sheets for reviewers: what stands in them, and what is taken back from them."""

from dataclasses import replace

import pytest

from bot.locales.languages import Step, read_languages
from bot.locales.ledger import Review, fingerprint
from bot.locales.sheets import HEAD, MOST_CELL, rows, take
from tests.locales.examples import MESSAGES
from tests.locales.shelves import make, polish, read_as

REVIEW = Review(Step.NATIVE_REVIEWED, "2026-11", "native-speaker")
ENGLISH, WORDS, RIGHT, BETTER = 3, 4, 5, 6


@pytest.fixture
def folder(tmp_path):
    return make(tmp_path)


@pytest.fixture
def file(folder):
    return polish(folder)


@pytest.fixture
def back(folder, file):
    """Takes a sheet back."""
    language = read_languages(folder)[0].get("pl")

    def taken(sheet, reviews=None):
        return take(sheet, file, MESSAGES, language, reviews or {}, REVIEW, ("NHS",))

    return taken


def filled(file, english, right="", better="", words=None):
    """The sheet with something written in the rows of one English text."""
    sheet = [list(row) for row in rows(file, {})]
    for row in sheet:
        if row[ENGLISH] == english:
            row[RIGHT], row[BETTER] = right, better
            row[WORDS] = row[WORDS] if words is None else words
    return [list(HEAD), *sheet]


def entry(file, english):
    return next(one for one in file.entries if one.msgid == english)


def test_safety_words_stand_first_and_typed_words_last(file):
    english = [row[ENGLISH] for row in rows(file, {})]
    assert english[0] == "In danger? Ring 999."
    assert english[-1] == "back | go back"
    assert len(english) == len(MESSAGES) + 2  # three forms of one


def test_only_safety_or_only_what_is_left_can_be_asked_for(file):
    assert [row[ENGLISH] for row in rows(file, {}, only_safety=True)] == ["In danger? Ring 999."]
    reviews = read_as("native-reviewed", entry(file, "Back"))
    left = rows(file, reviews, below=Step.NATIVE_REVIEWED.rank)
    assert "Back" not in [row[ENGLISH] for row in left]
    assert len(left) == len(rows(file, {})) - 1


def test_a_sheet_that_nobody_touched_changes_nothing(file, back):
    taken = back([HEAD, *rows(file, {})])
    assert taken.entries == file.entries
    assert (taken.reviews, taken.read, taken.changed, taken.wrong) == ({}, 0, 0, ())


@pytest.mark.parametrize("right", ["yes", " YES ", "x", "✓"])
def test_a_yes_is_a_review_of_the_words_as_they_are(file, back, right):
    taken = back(filled(file, "Back", right))
    assert taken.reviews == {fingerprint(entry(file, "Back")): REVIEW}
    assert (taken.read, taken.changed) == (1, 0)


@pytest.mark.parametrize(
    "written", [{"better": "Wróć"}, {"words": "Wróć"}, {"right": "no", "better": "Wróć"}]
)
def test_better_words_take_the_place_of_the_old_and_are_reviewed(file, back, written):
    taken = back(filled(file, "Back", **written))
    better = next(one for one in taken.entries if one.msgid == "Back")
    assert better.forms == ("Wróć",)
    assert taken.reviews == {fingerprint(better): REVIEW}
    assert (taken.read, taken.changed) == (1, 1)


def test_a_no_without_words_is_counted_and_changes_nothing(file, back):
    taken = back(filled(file, "Back", "no"))
    assert (taken.doubtful, taken.reviews, taken.entries) == (1, {}, file.entries)


def test_all_forms_of_a_count_must_be_read(file, back):
    assert back(filled(file, "$count place", "yes")).doubtful == 1
    sheet = filled(file, "$count place", "yes")
    for row in sheet:
        if row[ENGLISH] == "$count places":
            row[RIGHT] = "yes"
    assert back(sheet).read == 1


def test_other_reviews_stay(file, back):
    reviews = read_as("back-translated", entry(file, "NHS"))
    assert reviews.items() <= back(filled(file, "Back", "yes"), reviews).reviews.items()


def test_a_doubtful_translation_that_was_read_is_sure(folder, file):
    doubted = replace(
        file,
        entries=tuple(
            replace(one, fuzzy=True, previous="Go") if one.msgid == "Back" else one
            for one in file.entries
        ),
    )
    language = read_languages(folder)[0].get("pl")
    taken = take(filled(file, "Back", "yes"), doubted, MESSAGES, language, {}, REVIEW, ("NHS",))
    assert not any(one.fuzzy or one.previous for one in taken.entries)


@pytest.mark.parametrize(
    ("better", "told"),
    [
        ("Otwarte do", "'$time' is missing from the translation"),
        ("Otwarte do $czas $time", "'$czas' is not in the English"),
        ("Otwarte do 7 $time", "the numbers must be the same"),
        ("Открыто до $time", "these letters are not of pl"),
        ("Otwarte do \u202e$time", "invisible mark"),
    ],
)
def test_better_words_that_would_do_harm_are_refused(file, back, better, told):
    taken = back(filled(file, "Open until $time", better=better))
    assert len(taken.wrong) >= 1
    assert told in taken.wrong[0]
    assert taken.wrong[0].startswith("row ")
    assert (taken.entries, taken.read) == (file.entries, 0)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["abc"], "there are 1 columns"),
        (["0" * 16 + ".0", "", "", "", "", "yes", ""], "changed since the sheet was made"),
        (["x.y", "", "", "", "", "yes", ""], "changed since the sheet was made"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_by_its_number(back, row, told):
    taken = back([HEAD, row])
    assert taken.wrong[0].startswith("row 2: ")
    assert told in taken.wrong[0]


def test_a_form_that_is_not_there_a_huge_cell_and_a_strange_answer_are_told(file, back):
    first = list(rows(file, {})[0])
    key = first[0].partition(".")[0]
    for change, told in (
        ({0: f"{key}.7"}, "changed since"),
        ({0: f"{key}.{'9' * 5000}"}, "changed since"),
        ({0: f"{key}.-1"}, "changed since"),
        ({6: "x" * (MOST_CELL + 1)}, "characters"),
        ({5: "perhaps"}, "write yes or no"),
    ):
        row = [change.get(number, cell) for number, cell in enumerate(first)]
        assert told in back([HEAD, row]).wrong[0]


def test_empty_rows_do_no_harm(back):
    assert back([HEAD, ["", ""], []]).wrong == ()

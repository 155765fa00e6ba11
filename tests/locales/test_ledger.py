"""Who has read what: by role and month, bound to the words as they were."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.locales.catalogues import Catalogues
from bot.locales.languages import Step, catalogue_path, read_languages
from bot.locales.ledger import (
    RULES,
    fingerprint,
    language_step,
    load,
    read_ledger,
    stale,
    step_of,
    with_reviews,
    written,
)
from bot.locales.phrases import Phrase
from bot.locales.pofile import SAFETY, Entry
from tests.expectations import expected
from tests.locales.shelves import keep, make, polish, read_as

BROKEN = Path(__file__).parent / "ledgers" / "broken"
PLAIN = Entry("", "Back", "", ("Wstecz",))
DANGER = Entry("", "Ring 999.", "", ("Zadzwoń pod 999.",), remarks=(SAFETY,))


def test_a_message_is_a_draft_until_somebody_has_read_it():
    assert step_of(PLAIN, {}) is Step.MACHINE_DRAFT
    assert step_of(PLAIN, read_as("native-reviewed", PLAIN)) is Step.NATIVE_REVIEWED
    assert step_of(replace(PLAIN, forms=("",)), {}) is Step.PLANNED


@pytest.mark.parametrize(
    "change",
    [
        {"msgid": "Go back"},
        {"forms": ("Wróć",)},
        {"context": "typed"},
        {"plural": "s"},
        {"fuzzy": True},
    ],
)
def test_any_change_of_the_words_takes_the_review_away(change):
    reviews = read_as("native-reviewed", PLAIN)
    assert step_of(replace(PLAIN, **change), reviews) is Step.MACHINE_DRAFT


def test_two_messages_never_have_one_hash():
    parts = (
        Entry("", "a", "", ("b", "c")),
        Entry("", "a", "", ("b\x1f", "c")),
        Entry("a", "", "b", ("c",)),
    )
    assert len({fingerprint(entry) for entry in parts}) == 3


def test_a_language_is_as_far_as_its_last_message():
    some = read_as("native-reviewed", PLAIN)
    assert language_step([PLAIN, DANGER], some) is Step.MACHINE_DRAFT
    both = some | read_as("fluent-checked", DANGER)
    assert language_step([PLAIN, DANGER], both) is Step.FLUENT_CHECKED


def test_only_safety_words_need_to_be_translated_back():
    reviews = read_as("native-reviewed", PLAIN) | read_as("back-translated", DANGER)
    assert language_step([PLAIN, DANGER], reviews) is Step.BACK_TRANSLATED
    reviews = read_as("native-reviewed", PLAIN, DANGER)
    assert language_step([PLAIN, DANGER], reviews) is Step.NATIVE_REVIEWED


def test_a_text_without_translation_keeps_the_language_a_draft():
    missing = replace(PLAIN, msgid="Next", forms=("",))
    assert language_step([PLAIN, missing], read_as("native-reviewed", PLAIN)) is Step.MACHINE_DRAFT


def test_what_is_written_is_read_again_the_same():
    ledger = {
        "ur": read_as("back-translated", PLAIN, DANGER),
        "pl": read_as("native-reviewed", PLAIN),
    }
    data = written(ledger)
    assert load(data) == (ledger, [])
    assert written(load(data)[0]) == data
    assert len(data.splitlines()) == 2 + 2 + 1 + 2 + 2  # one review a line


def test_an_empty_ledger_is_a_file_too():
    assert load(written({})) == ({}, [])


@pytest.mark.parametrize("code", ['a"b', "a\\", "\ud800", "\n"])
def test_whatever_a_language_is_called_its_reviews_come_back(code):
    ledger = {code: read_as("native-reviewed", PLAIN)}
    assert load(written(ledger)) == (ledger, [])


@pytest.mark.parametrize("path", sorted(BROKEN.iterdir()), ids=lambda path: path.stem)
def test_a_broken_ledger_is_told(path, folder):
    lines = path.read_text(encoding="utf-8").splitlines()
    body = "\n".join(line for line in lines if not line.startswith("#"))
    (folder / "review.json").write_text(body, encoding="utf-8")
    ledger, problems = read_ledger(folder)
    found = [*problems, *stale(ledger, folder)]
    shown = [str(one).removeprefix("locales/review.json:") for one in sorted(found)]
    assert shown == expected(path)


def test_every_rule_has_a_broken_ledger():
    assert {path.stem for path in BROKEN.iterdir()} == RULES.keys()


NO_LEDGER = [
    b"\xff", b"[1]", b'{"ur": 3}', b"[" * 100_000, b'{"ur": ["a"]}', b'["ab"]', b'{"ur": [[1, {}]]}',
]  # fmt: skip


@pytest.mark.parametrize("data", NO_LEDGER)
def test_what_is_no_ledger_is_told_and_reviews_nothing(data):
    ledger, problems = load(data)
    assert (ledger, [one.rule for one in problems]) == ({}, ["unreadable-ledger"])


# ---- with catalogues


@pytest.fixture
def folder(tmp_path):
    return make(tmp_path)


def test_a_language_that_everybody_has_read_is_no_draft(folder):
    keep(folder, read_as("native-reviewed", *polish(folder).entries))
    assert Catalogues.read(folder).languages.get("pl").step is Step.NATIVE_REVIEWED
    assert Catalogues.read(folder).languages.get("ur").step is Step.MACHINE_DRAFT


def test_below_a_wanted_step_a_language_is_not_offered(folder):
    assert Catalogues.read(folder, Step.NATIVE_REVIEWED).languages.get("pl") is None
    keep(folder, read_as("native-reviewed", *polish(folder).entries))
    assert Catalogues.read(folder, Step.NATIVE_REVIEWED).languages.get("pl")


def test_safety_words_have_english_beside_them_until_they_are_translated_back(folder):
    words = Phrase("In danger? Ring 999.", safety=True)
    assert Catalogues.read(folder).voice("pl").beside(words) == words.text
    keep(folder, read_as("native-reviewed", *polish(folder).entries))
    assert Catalogues.read(folder).voice("pl").beside(words) == words.text
    keep(folder, read_as("back-translated", *polish(folder).entries))
    voice = Catalogues.read(folder).voice("pl")
    assert (voice.beside(words), voice(words)) == ("", "Zagrożenie? Zadzwoń pod 999.")


def test_other_words_and_english_have_none(folder):
    catalogues = Catalogues.read(folder)
    assert catalogues.voice("pl").beside(Phrase("Back")) == ""
    assert catalogues.voice("en").beside(Phrase("In danger? Ring 999.", safety=True)) == ""


def test_a_review_of_words_that_changed_is_a_note(folder):
    before = read_as("native-reviewed", *polish(folder).entries)
    gone = read_as("native-reviewed", replace(PLAIN, forms=("dawniej",)))
    keep(folder, before | gone)
    found = stale(read_ledger(folder)[0], folder)
    assert [(one.level, one.rule) for one in found] == [("info", "stale-review")]
    line = (folder / "review.json").read_text(encoding="utf-8").splitlines()[found[0].line - 1]
    assert next(iter(gone)) in line


def test_a_ledger_of_a_language_that_is_not_there_does_no_harm(folder):
    ledger = {"xx": read_as("native-reviewed", PLAIN)}
    keep(folder, ledger["xx"], "xx")
    languages, _ = read_languages(folder)
    assert with_reviews(languages, folder, ledger) == languages
    assert [one.rule for one in stale(ledger, folder)] == ["stale-review"]


def test_a_broken_catalogue_stays_a_draft(folder):
    catalogue_path(folder, "pl").write_bytes(b"msgid")
    keep(folder, read_as("native-reviewed", PLAIN))
    assert Catalogues.read(folder).languages.get("pl").step is Step.MACHINE_DRAFT
    assert len(stale(read_ledger(folder)[0], folder)) == 1

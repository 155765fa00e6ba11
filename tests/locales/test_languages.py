"""The languages, and which one a tag means."""

import gettext
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from bot.documents import read
from bot.locales.languages import ENGLISH, RULES, Languages, Step, load, read_languages, resolve
from bot.problems import Problem
from tests.expectations import expected

LOCALES = Path(__file__).parents[2] / "locales"
LANGUAGES, PROBLEMS = read_languages(LOCALES)
BROKEN = Path(__file__).parent / "broken"


def made(text: str) -> tuple[Languages, list[Problem]]:
    return load(read(text.encode(), "locales/languages.yaml")[0])


def block(**changed: str) -> str:
    keys = {
        "endonym": "Deutsch",
        "script": "Latn",
        "direction": "ltr",
        "time": "HH:mm",
        "plural_forms": "nplurals=2; plural=(n != 1);",
        "forms": "{one: 0, other: 1}",
        **changed,
    }
    return "languages:\n  de:\n" + "".join(f"    {k}: {v}\n" for k, v in keys.items() if v)


def test_the_shipped_file_has_no_problems():
    assert PROBLEMS == []


def test_english_is_always_there_and_first():
    languages, _ = made(block())
    assert [language.code for language in languages.all] == ["en", "de"]


def test_english_of_the_file_takes_the_place_of_the_built_in_one():
    languages, _ = made(block().replace("  de:", "  en:"))
    assert [language.endonym for language in languages.all] == ["Deutsch"]


def test_a_file_that_is_not_there_leaves_english():
    languages, problems = read_languages(BROKEN / "nowhere")
    assert languages.all == (ENGLISH,)
    assert [problem.rule for problem in problems] == ["unreadable"]


def test_a_language_that_cannot_be_used_is_left_out_and_told():
    languages, problems = made(block(direction="sideways"))
    assert languages.get("de") is None
    assert [problem.rule for problem in problems] == ["not-a-choice"]


def test_a_language_that_is_no_block_is_told():
    _, problems = made("languages:\n  de: Deutsch\n")
    assert [problem.rule for problem in problems] == ["wrong-type"]


def test_a_misspelt_key_is_told():
    _, problems = made(block(aliasses="[a]"))
    assert [problem.rule for problem in problems] == ["unknown-key"]


@pytest.mark.parametrize(
    "forms",
    [
        "{one: 0}",
        "{one: 0, other: 2}",
        "{lots: 0, other: 1}",
        "{one: x}",
        "{one: -1, other: 1}",
        "{one: 0, other: true}",
    ],
)
def test_plural_groups_must_fit_the_forms(forms):
    _, problems = made(block(forms=forms))
    assert [problem.rule for problem in problems] == ["bad-plural"]


@pytest.mark.parametrize("rule", RULES)
def test_a_broken_languages_file_is_told(rule):
    path = BROKEN / f"{rule}.yaml"
    document, _ = read(path.read_bytes(), path.name)
    problems = [str(problem).removeprefix(f"{path.name}:") for problem in load(document)[1]]
    assert problems == expected(path)


@pytest.mark.parametrize("language", LANGUAGES.all, ids=lambda language: language.code)
def test_unicode_groups_pick_the_form_that_gettext_picks(language):
    # GNU's own reading of the header is the oracle; 0 never goes through a plural.
    pick = gettext.c2py(language.plural_forms.split("plural=")[1].rstrip(";"))
    locale = Locale.parse(language.code)
    for count in range(1, 250):
        assert language.forms[locale.plural_form(count)] == pick(count)


@pytest.mark.parametrize("language", LANGUAGES.all, ids=lambda language: language.code)
def test_the_direction_is_that_of_the_script(language):
    assert language.rtl == (Locale.parse(language.code).text_direction == "rtl")


@pytest.mark.parametrize("language", LANGUAGES.all, ids=lambda language: language.code)
def test_the_endonym_is_the_one_of_unicode_with_a_capital(language):
    assert language.endonym.lower() == str(Locale.parse(language.code).get_display_name()).lower()


def test_only_urdu_and_pashto_run_from_the_right():
    assert {language.code for language in LANGUAGES.all if language.rtl} == {"ur", "ps"}


def test_no_tag_is_claimed_twice():
    tags = [tag for language in LANGUAGES.all for tag in (language.code, *language.aliases)]
    assert len(tags) == len(set(tags))


def test_the_steps_of_review_are_in_order():
    assert Step.PLANNED.rank < Step.MACHINE_DRAFT.rank < Step.NATIVE_REVIEWED.rank
    assert Step.SOURCE.rank == max(step.rank for step in Step)


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"),
        ("EN-gb", "en"),
        ("en_US", "en"),
        ("ur", "ur"),
        ("UR-pk", "ur"),
        ("ur-Arab-PK", "ur"),
        ("ur-Latn", None),
        ("phr", "ur"),
        ("pnb", "ur"),
        ("pnb-Arab", "ur"),
        ("skr", "ur"),
        ("hno", "ur"),
        ("lah", "ur"),
        ("ks", "ur"),
        ("pa", "pa"),
        ("pa-IN", "pa"),
        ("pa-Guru-PK", "pa"),
        ("pa-PK", "ur"),
        ("pa-Arab", "ur"),
        ("PA_arab_pk", "ur"),
        ("syl", "bn"),
        ("ctg", "bn"),
        ("rkt", "bn"),
        ("mo", "ro"),
        ("ro-MD", "ro"),
        ("pbu", "ps"),
        ("aln", "sq"),
        ("hi-Latn", None),
        ("xx", None),
        ("", None),
        ("-", None),
        ("pl-PL-x-private", "pl"),
    ],
)
def test_a_tag_means_the_language_its_readers_read(tag, code):
    assert resolve(tag, LANGUAGES.all) == code


def test_a_language_that_is_not_offered_is_never_the_answer():
    offered = tuple(language for language in LANGUAGES.all if language.code in {"en", "pl"})
    assert resolve("ur", offered) is None
    assert resolve("pa-PK", offered) is None


@given(st.text(max_size=30))
def test_any_tag_has_an_answer(tag):
    assert resolve(tag, LANGUAGES.all) in {None, *(language.code for language in LANGUAGES.all)}

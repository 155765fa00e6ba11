"""Every rule of catalogues, each with a file that breaks it."""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.documents import read as read_yaml
from bot.flows.loader import load_flows
from bot.locales import checks, languages, recording_checks, tongues, word_checks, wordlists
from bot.locales.checks import check_catalogue, check_catalogues, check_sources
from bot.locales.extraction import extract
from bot.locales.languages import Language, read_languages
from bot.locales.pofile import read_files
from bot.locales.sync import sync, sync_folder, targets
from bot.needs import Vocabulary
from tests.expectations import expected
from tests.locales.examples import MESSAGES, few, message

LOCALES = Path(__file__).parents[2] / "locales"
BROKEN = Path(__file__).parent / "broken"
LANGUAGES, _ = read_languages(LOCALES)
POLISH, URDU = LANGUAGES.get("pl"), LANGUAGES.get("ur")


@pytest.fixture
def folder(tmp_path):
    shutil.copy(LOCALES / "languages.yaml", tmp_path)
    (tmp_path / "bot.pot").write_bytes(sync(MESSAGES, None, None))
    return tmp_path


def problems_of(path: Path, folder: Path) -> list[str]:
    """The problems of one broken catalogue, put where the `Language` of its header belongs."""
    data = path.read_bytes()
    found = re.search(rb"Language: (\w+)", data)
    assert found
    code = found[1].decode()
    home = folder / code / "LC_MESSAGES" / "bot.po"
    home.parent.mkdir(parents=True)
    home.write_bytes(data)
    shown = f"locales/{code}/LC_MESSAGES/bot.po"
    every = check_catalogues(MESSAGES, folder, LANGUAGES)
    return [str(one).removeprefix(f"{shown}:") for one in every if one.path == shown]


CATALOGUES = [path for path in sorted(BROKEN.glob("*.po")) if path.stem in checks.RULES]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_broken_catalogue_is_told(path, folder):
    assert problems_of(path, folder) == expected(path)


def test_every_rule_has_a_broken_file():
    rules = {*checks.RULES, *languages.RULES, *word_checks.RULES, *wordlists.RULES, *tongues.RULES}
    rules |= recording_checks.RULES.keys()
    assert {path.stem for path in BROKEN.iterdir()} == rules


def test_english_with_a_slot_that_nothing_fills_is_told():
    path = BROKEN / "unknown-slot.yaml"
    flows, _ = load_flows([read_yaml(path.read_bytes(), path.name)[0]])
    messages = extract(flows.by_id.values(), Vocabulary({}, frozenset()))
    found = [str(problem) for problem in check_sources(messages, LANGUAGES)]
    assert found == [f"{path.name}:{line}" for line in expected(path)]


def test_english_with_a_word_to_avoid_is_told():
    found = check_sources([message("Are you clean?", plural="Addicts")], LANGUAGES)
    assert [problem.rule for problem in found] == ["avoided-word", "avoided-word"]


def test_typed_english_is_never_judged():
    assert check_sources([message("clean", context="typed")], LANGUAGES) == []


def test_a_folder_in_step_has_only_empty_translations(folder):
    sync_folder(MESSAGES, folder, LANGUAGES)
    found = check_catalogues(MESSAGES, folder, LANGUAGES)
    assert {problem.rule for problem in found} == {"untranslated"}


def test_a_catalogue_that_should_be_there_is_missed(folder):
    found = check_catalogues(MESSAGES, folder, few(LANGUAGES, "ur", "pl"))
    assert [(problem.path, problem.rule) for problem in found] == [
        ("locales/pl/LC_MESSAGES/bot.po", "out-of-step"),
        ("locales/ur/LC_MESSAGES/bot.po", "out-of-step"),
    ]


def test_files_that_were_read_before_are_not_read_again(folder):
    languages = few(LANGUAGES, "ur", "pl")
    sync_folder(MESSAGES, folder, languages)
    paths = [path for path, _ in targets(folder, languages)]
    before, found = read_files(paths), check_catalogues(MESSAGES, folder, languages)
    for path in paths:
        path.write_bytes(b"rubbish")
    assert check_catalogues(MESSAGES, folder, languages, files=before) == found != []
    assert check_catalogues(MESSAGES, folder, languages) != found


def test_a_template_out_of_step_is_told(folder):
    found = check_catalogues(MESSAGES[1:], folder, few(LANGUAGES))
    assert found[0].path == "locales/bot.pot"
    assert found[0].rule == "out-of-step"


def test_a_message_too_many_is_out_of_step_and_no_more():
    data = sync(MESSAGES, None, POLISH)
    found = check_catalogue(MESSAGES[:-1], data, POLISH, "bot.po")
    assert [problem.rule for problem in found].count("out-of-step") == 1
    assert [problem.rule for problem in found].count("untranslated") == len(MESSAGES) - 1


def test_a_file_cut_short_is_out_of_step_where_it_ends():
    data = sync(MESSAGES, None, None)
    cut = data[: data.index(b"#. path: flows/a.yaml steps.nhs")]
    (found,) = check_catalogue(MESSAGES, cut, None, "bot.pot")
    assert (found.rule, found.line) == ("out-of-step", cut.count(b"\n") + 1)


def of(language: Language | None, msgid: str, *forms: str, **more: Any) -> list[str]:
    """The rules that one translation breaks, apart from those of the whole file."""
    one = message(msgid, **more)
    text = sync([one], None, language).decode()
    for number, form in enumerate(forms):
        empty = f'msgstr[{number}] ""' if one.plural else f'msgid "{msgid}"\nmsgstr ""'
        text = text.replace(empty, empty[:-2] + f'"{form}"')
    found = check_catalogue([one], text.encode(), language, "bot.po", LANGUAGES.same)
    return [problem.rule for problem in found if "none of the letters" not in problem.sentence]


@pytest.mark.parametrize(
    ("msgid", "form"),
    [
        ("NHS", "NHS"),
        ("WhatsApp", "WhatsApp"),
        ("Ring 111 or the GP", "111 یا GP کو فون کریں"),
        ("In $place", "$place میں"),
        ("Yes", "جی‌ہاں"),
    ],
)
def test_good_urdu_has_no_problem(msgid, form):
    assert of(URDU, msgid, form) == []


def test_a_language_that_is_not_complete_is_only_warned():
    romanian = replace(LANGUAGES.get("ro"), complete=False)
    found = check_catalogue(MESSAGES[:1], sync(MESSAGES[:1], None, romanian), romanian, "bot.po")
    assert [(problem.level, problem.rule) for problem in found] == [("warning", "untranslated")]


@pytest.mark.parametrize(
    ("msgid", "form", "rule"),
    [
        ("Back", "back", "left-in-english"),
        ("Ring 111", "111 111", "digits"),
        ("Ring 111", "١١١", "digits"),
        ("Yes", "Да", "wrong-letters"),
        ("Yes", "tàk ě", "wrong-letters"),
        ("In", "W $place", "placeholder"),
        ("Where were you?", "Gdzie poszedłeś?", "avoided-word"),
        ("They", "alkoholików", "avoided-word"),
        ("A home", "Dom dziecka.", "avoided-word"),
    ],
)
def test_bad_polish_is_told(msgid, form, rule):
    assert rule in of(POLISH, msgid, form)


def test_a_word_inside_another_word_is_no_word_to_avoid():
    assert of(URDU, "A treat", "لذت") == []
    assert of(POLISH, "Domy", "Domy dziecka") == []


def test_a_plural_may_have_the_numbers_of_either_form():
    assert of(POLISH, "1 place", "1 m", "2 m", "2 n", plural="2 places") == []


def test_typed_words_may_be_in_any_letters():
    assert of(URDU, "back", "back | واپس", context="typed") == []


def test_a_script_that_nobody_told_us_about_is_not_judged():
    strange = Language(
        "xq", "X", "Hebr", "rtl", "HH:mm", "nplurals=2; plural=(n != 1);", {"other": 0}
    )
    assert of(strange, "Yes", "כן") == []

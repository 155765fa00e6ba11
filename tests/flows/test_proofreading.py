"""Proofreading: all files together, and folders of an operator that have no word lists."""

import re
import shutil
from pathlib import Path

import pytest

from bot import app
from bot.flows.proofreading import proofread
from bot.locales.languages import read_languages
from bot.settings import Settings
from tests.flows.talks import ASK, talk
from tests.locales.examples import message

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "locales"
LANGUAGES, _ = read_languages(LOCALES)


def rules(flows, *messages, folders=(LOCALES,), names=()):
    found = proofread(flows, messages, LANGUAGES, folders, names, ())
    return [problem.rule for problem in found]


def test_words_and_cards_are_read_together():
    flows = talk(f"one: {ASK}", bye="Bye.")
    assert rules(flows, message("They will help.")) == ["bare-end", "bare-end", "promise"]


def test_where_the_flows_have_a_mistake_words_are_still_read():
    assert rules(None, message("They will help.")) == ["promise"]


def test_the_first_words_of_a_card_are_looked_at_as_such():
    flows = talk(f"one: {ASK}\ntwo: {{say: Alcohol.}}\nthree: {ASK}")
    path = flows.by_id["welcome"].path
    said = message("Alcohol.")
    first = type(said)("", "Alcohol.", "", (f"{path} steps.two.say",))
    assert rules(flows, first) == ["gives-away"]
    assert rules(flows, said) == []


def test_names_of_services_are_left_out():
    assert rules(None, message("Alcoholics Anonymous"), names=["Alcoholics Anonymous"]) == []


def test_a_folder_without_lists_is_read_with_the_shipped_ones(tmp_path):
    shutil.copytree(LOCALES, tmp_path / "locales", ignore=shutil.ignore_patterns("words"))
    own = tmp_path / "locales"
    bad = message("They will help.")
    assert rules(None, bad, folders=(own, LOCALES)) == ["promise"]
    assert "promise" not in rules(None, bad, folders=(own,))


def test_a_word_list_of_ones_own_counts(tmp_path):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.yaml").write_text("promise: [shall help]\n", encoding="utf-8")
    text = message("They will help. They shall help.")
    found = proofread(None, [text], LANGUAGES, (tmp_path, LOCALES), (), ())
    assert [problem.sentence.partition(":")[0] for problem in found] == ["'shall help'"]


@pytest.mark.parametrize("name", ["flows", "directory", "locales"])
def test_check_works_on_a_folder_of_ones_own_without_word_lists(name, tmp_path, moment):
    shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("words"))
    own = app.read_data(app.folders(Settings(data=tmp_path)))
    shipped = app.read_data(app.folders(Settings()))
    day = moment.date()
    assert sorted(app.all_problems(own, day)) == sorted(app.all_problems(shipped, day))


def test_a_breach_of_care_does_not_stop_the_start(tmp_path, moment):
    """Harm prevented: a card that is too long must not keep every woman from help."""
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    path = tmp_path / "flows" / "language.yaml"
    text = path.read_text(encoding="utf-8")
    long = f"ask: They will help. {'x' * 400}"
    path.write_text(re.sub(r"ask: .*", long, text), encoding="utf-8")
    data = app.read_data(app.folders(Settings(data=tmp_path)))
    found = app.all_problems(data, moment.date())
    rules = {problem.rule for problem in found if problem.path == "flows/language.yaml"}
    assert {"promise", "long-card"} <= rules
    assert app.build_world(data, Settings(), moment.date()).material.plan.steps

"""Proofreading: all files together, and an operator's own lists of words."""

import shutil
from pathlib import Path

from bot.flows.proofreading import proofread
from bot.locales.languages import read_languages
from tests.flows.talks import ASK, talk
from tests.locales.examples import few, message

LOCALES = Path(__file__).parents[2] / "locales"
LANGUAGES = few(read_languages(LOCALES)[0], "ur", "pl")


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

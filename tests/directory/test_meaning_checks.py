import pytest

from bot.directory.checks import check_directory, read_do_not_ship
from tests.directory.entries import DIRECTORY, TODAY, entry, rules, shipped_places


def test_ages_in_order_are_let_through():
    assert rules(age="{from: 16, to: 16}") == []
    assert rules(age="{from: 16}") == []
    assert rules(age="{to: 25}") == []


def test_women_may_be_refused_who_are_not_welcomed():
    assert rules(welcomes="[sex_work]", not_for="[men]") == []
    assert rules(specialist_in="[asylum]", not_for="[asylum]") == ["welcomed-and-refused"]


@pytest.mark.parametrize("kind", ["residential", "detox"])
def test_where_women_stay_the_night_the_stay_may_be_described(kind):
    assert rules(kind=f"[{kind}]", residential="{weeks: [12]}") == []


def test_other_services_may_turn_away_a_woman_who_uses():
    assert rules(accepts="{using_now: no}") == []


def test_one_to_one_without_a_group_is_no_contradiction():
    assert rules(worker="{one_to_one: always}", groups="{needed: no}") == []


def test_confidential_may_be_said_beside_what_is_shared():
    words = "{en: Confidential help.}"
    assert rules(summary=words, sharing="{say: {en: We tell nobody but…}}") == []
    assert rules(summary=words) == ["promises-confidential"]


def test_a_sentence_of_thirty_words_is_let_through():
    sentence = " ".join(["word"] * 30)
    assert rules(summary=f"{{en: {sentence}. {sentence}.}}") == []
    assert rules(summary=f"{{en: {sentence} word.}}") == ["long-sentence"]


@pytest.mark.parametrize(
    "text", ["see www.example.org", "http://x", "Mail a.co.uk", "example.org"]
)
def test_links_stand_in_contacts_and_not_in_texts(text):
    assert rules(contact=f'[{{type: phone, number: 111, note: "{text}"}}]') == ["link-in-text"]


def test_a_full_stop_makes_no_link():
    assert rules(summary="{en: Come. In the hall. Ask for help.}") == []


@pytest.mark.parametrize(
    "name", ["Ask for ANI", "ask-for-ani", "ASK FOR A.N.I.", "AskForAni", "The ANI code word"]
)
def test_a_name_that_ended_is_found_in_any_spelling(name):
    gone, _ = read_do_not_ship(DIRECTORY, "directory")
    found = check_directory([entry(name=f'"{name}"')], shipped_places(), TODAY, gone)
    assert "must-not-ship" in {problem.rule for problem in found}


@pytest.mark.parametrize(
    ("sessions", "broken"),
    [
        ("[{what: group}]", ["no-womens-session"]),
        ("[{what: group, women_only: no}]", ["no-womens-session"]),
        ("[{what: group, women_only: yes}]", []),
        ("[{what: women_only_group}]", []),
        ("", []),  # nobody wrote down any session, so none is missing
    ],
)
def test_a_womens_group_is_among_the_sessions(sessions, broken):
    assert rules(groups="{women_only: yes}", sessions=sessions) == broken


def test_a_service_for_women_has_no_other_sessions():
    assert rules(who="women", groups="{women_only: yes}", sessions="[{what: group}]") == []
    assert rules(groups="{women_only: no}", sessions="[{what: group}]") == []


@pytest.mark.parametrize(
    ("summary", "broken"),
    [
        ("Ring and ask for Josephine.", ["names-worker"]),
        ("Mrs Josephine will help.", ["names-worker"]),
        ("Ask for the women's worker.", []),
        ("See Centre staff on Monday.", []),
        ("You can meet Mondays and see Tuesday groups.", []),
    ],
)
def test_no_summary_names_a_worker(summary, broken):
    assert rules(summary=f"{{en: {summary}}}") == broken

"""Checks of danger, dying, stopping and fear: what brings a finding, and what is all right."""

import pytest

from bot.locales.tongues import Tongue, Translated
from tests.flows.talks import ASK, URGENT, rules, talk
from tests.locales.polish import WORDS

HURT = "{label: Someone scares me, tags: [danger]}"
LINES = "{say: You can ring., contacts: [a-line]}"


def danger(steps, many=True):
    more = "many: {min: 1}, " if many else ""
    return rules(talk(f"one: {{ask: Now?, {more}choices: {{a: {HURT}, b: B}}}}\n{steps}"))


@pytest.mark.parametrize(
    ("steps", "broken"),
    [
        (f"two: {ASK}", ["danger-asks-first"]),
        (f"lines: {LINES}\ntwo: {ASK}", []),
        (f"lines: {LINES[:-1]}, only_if: one has a}}\ntwo: {ASK}", []),
        (f"lines: {LINES[:-1]}, only_if: one has b}}\ntwo: {ASK}", ["danger-asks-first"]),
        ("two: {results: helplines, choices: {on: Go on}}", []),
        (f"help: {{call: urgent}}\ntwo: {ASK}", ["danger-asks-first"]),
        ("", ["danger-ends"]),
    ],
)
def test_after_danger_numbers_come_before_any_question(steps, broken):
    assert danger(steps) == broken


def test_a_condition_may_name_the_only_answer():
    lines = f"lines: {LINES[:-1]}, only_if: one == a}}\ntwo: {ASK}"
    assert danger(lines, many=False) == []


def test_urgent_help_never_ends_the_talk():
    ends = URGENT.replace("on: {return: true}", "said: {say: Bye.}\n  on: {end: done}")
    assert "danger-ends" in rules(talk(f"one: {ASK}", urgent=ends))
    more = "flow: more\nsteps: {on: {say: More.}, over: {end: done}}"
    calls = URGENT.replace("on: {return: true}", "on: {call: more}\n  back: {return: true}")
    assert "danger-ends" in rules(talk(f"one: {ASK}", more, urgent=calls))
    assert rules(talk(f"one: {ASK}\ntwo: {{call: urgent}}\nthree: {ASK}")) == []


def life(contacts, label="I may end my life"):
    ask = (
        "{ask: Now?, why: You can skip this., sensitive: true, choices:"
        f" {{a: {{label: {label}, next: lines}}, b: B}}}}"
    )
    lines = f"lines: {{say: You can ring., contacts: [{contacts}]}}"
    return rules(talk(f"one: {ask}\ntwo: {ASK}\n{lines}\nthree: {ASK}"))


@pytest.mark.parametrize(
    ("contacts", "broken"),
    [("a-line", []), ("a-line, b-line", []), ("b-line", ["no-line-for-life"])],
)
def test_an_answer_about_dying_leads_to_a_line_that_never_closes(contacts, broken):
    assert life(contacts) == broken
    assert life(contacts, "Something else is wrong") == []


@pytest.mark.parametrize(
    ("steps", "broken"),
    [
        # by choice, among others
        ("hard: {say: You can talk about rape., next: one}", []),
        # only by the order of the file
        ("hard: {say: You can talk about rape.}\nmore: {next: one}", []),
    ],
)
def test_what_is_hard_to_read_may_be_chosen(steps, broken):
    ask = "{ask: Now?, choices: {a: {label: A, next: hard}, b: {label: B, must: [pram]}}}"
    flows = talk(f"one: {ask}\nover: {{next: goodbye}}\n{steps}")
    assert rules(flows) == broken


def test_what_is_hard_to_read_may_not_come_by_itself():
    assert rules(talk(f"one: {ASK}\nhard: {{say: Rape is never right.}}\ntwo: {ASK}")) == [
        "unannounced"
    ]
    only = "{ask: Now?, choices: {a: {label: A, next: hard}}}"
    assert rules(talk(f"one: {only}\nhard: {{say: Rape is never right.}}\ntwo: {ASK}")) == [
        "unannounced"
    ]


def test_a_hard_answer_stands_only_on_a_sensitive_question():
    choices = "choices: {a: {label: Sexual violence, must: [pram]}, b: B}"
    assert rules(talk(f"one: {{ask: Now?, {choices}}}")) == ["unannounced"]
    safe = "why: You can skip this., sensitive: true, "
    assert rules(talk(f"one: {{ask: Now?, {safe}{choices}}}")) == []


def test_a_word_for_everywhere_is_her_own_choice():
    flow = (
        "flow: know\nsteps:\n  hard: {say: Children may be taken away., safety: true}\n"
        "  menu: {ask: More?, choices: {on: {label: Go on, next: on}}}\n  on: {return: true}\n"
    )
    everywhere = "  know: {label: Know, words: know, call: know}"
    assert rules(talk(f"one: {ASK}", flow, everywhere=everywhere)) == []
    assert rules(
        talk(f"one: {ASK}", flow.replace(", safety: true", ""), everywhere=everywhere)
    ) == ["threat"]


def test_what_frightens_is_said_only_where_it_is_explained():
    explained = "{say: Social services are not told., safety: true}"
    ask = "{ask: Now?, choices: {a: {label: A, next: said}, b: {label: B, must: [pram]}}}"
    chosen = f"one: {ask}\nover: {{next: goodbye}}\nsaid: {explained}\nback: {{next: one}}"
    assert rules(talk(chosen)) == []
    assert rules(talk(chosen.replace(", safety: true", ""))) == ["threat"]
    assert rules(talk(f"one: {ASK}\nsaid: {explained}\ntwo: {ASK}")) == ["threat"]


# ---- stopping


def stopping(label, next_card="Do not stop all at once."):
    ask = f"{{ask: Now?, choices: {{a: {{label: {label}, next: said}}, b: {{label: B, must: [pram]}}}}}}"
    said = f"said: {{say: {next_card}}}\nback: {{next: one}}"
    return rules(talk(f"one: {ask}\nover: {{next: goodbye}}\n{said}"))


@pytest.mark.parametrize("label", ["I want to stop", "Every day", "Cutting down", "I stopped"])
def test_an_answer_about_stopping_leads_to_the_warning(label):
    assert stopping(label) == []
    assert stopping(label, "Ask a doctor.") == ["no-withdrawal-warning"]


@pytest.mark.parametrize("label", ["Not every day", "I never stopped", "Someone comes in"])
def test_other_answers_need_no_warning(label):
    assert stopping(label, "Ask a doctor.") == []


def test_advice_to_take_less_stands_only_beside_the_warning():
    assert stopping("Someone", "Cutting down is good.") == ["no-withdrawal-warning"]
    assert stopping("Someone", "Cutting down is good. Do not stop all at once.") == []


@pytest.mark.parametrize(
    ("said", "broken"),
    [("Zapytaj.", ["no-withdrawal-warning"]), ("Nie przestawaj nagle.", []), ("", [])],
)
def test_the_warning_stands_in_every_translation(said, broken):
    words = "Do not stop all at once."
    entries = {("", words): Translated((said,), 7)} if said else {}
    tongue = Tongue("pl", WORDS["pl"], "locales/pl.po", entries)
    assert rules(talk(f"one: {ASK}\ntwo: {{say: {words}}}\nthree: {ASK}"), tongue) == broken

"""Checks of questions: where the limits lie, and what is allowed."""

import pytest

from bot.flows.question_checks import LONGEST_LABEL
from tests.flows.talks import ASK, rules, talk


def choices(count, last=""):
    made = "".join(f", c{n}: Number {n}" for n in range(1, count))
    return f"choices: {{c0: {{label: Zero, must: [creche]}}{made}{last}}}"


@pytest.mark.parametrize(("count", "broken"), [(5, []), (6, ["too-many-choices"])])
def test_five_choices_can_be_taken_in(count, broken):
    assert rules(talk(f"one: {{ask: Now?, {choices(count)}}}")) == broken


@pytest.mark.parametrize(("count", "broken"), [(5, []), (6, ["too-many-choices"])])
def test_one_more_may_only_lead_on(count, broken):
    menu = f"menu: {{ask: Now?, {choices(count, ', on: {label: Go on, next: on}')}}}"
    flow = f"flow: about\nsteps:\n  {menu}\n  again: {{next: menu}}\n  on: {{return: true}}\n"
    assert rules(talk(f"one: {ASK}\ntwo: {{call: about}}", flow)) == broken


def test_a_choice_that_tells_something_does_not_only_lead_on():
    last = ", on: {label: Go on, next: on, prefer: [pram]}"
    flow = (
        f"flow: about\nsteps:\n  menu: {{ask: Now?, {choices(5, last)}}}\n  on: {{return: true}}\n"
    )
    assert rules(talk(f"one: {ASK}\ntwo: {{call: about}}", flow)) == ["too-many-choices"]


@pytest.mark.parametrize(("count", "broken"), [(10, []), (11, ["too-many-choices"])])
def test_a_list_to_read_through_may_be_longer(count, broken):
    assert rules(talk(f"one: {{ask: Now?, many: {{min: 1}}, {choices(count)}}}")) == broken


def test_choices_from_data_are_not_counted():
    ask = f"{{ask: Now?, choices_from: councils, {choices(5)}}}"
    assert rules(talk(f"one: {ask}")) == []


@pytest.mark.parametrize(
    ("size", "broken"), [(LONGEST_LABEL, []), (LONGEST_LABEL + 1, ["long-label"])]
)
def test_a_label_fits_on_a_small_phone(size, broken):
    label = "L" * size
    flows = talk(f"one: {{ask: Now?, choices: {{a: {{label: {label}, must: [pram]}}, b: B}}}}")
    assert rules(flows) == broken


def test_labels_of_words_for_everywhere_are_measured_too():
    more = f"  know: {{label: {'L' * 33}, words: know, call: urgent}}"
    assert rules(talk(f"one: {ASK}", everywhere=more)) == ["long-label"]


def test_labels_said_instead_are_measured_too():
    instead = f"b: {{label: B, for_other: {'L' * 33}}}"
    flows = talk(f"one: {{ask: Now?, choices: {{a: {{label: A, must: [pram]}}, {instead}}}}}")
    assert rules(flows) == ["long-label"]


# ---- answers


@pytest.mark.parametrize(
    ("choice", "broken"),
    [
        ("{label: Something else, next: lines}", []),
        ("{label: Something else, next: places}", []),
        ("{label: Something else}", ["other-leads-nowhere"]),
        ("{label: 'Something ELSE!', next: two}", ["other-leads-nowhere"]),
        ("{label: Someone else to ask}", []),
        ("{label: Other women}", []),
    ],
)
def test_everything_else_must_lead_somewhere(choice, broken):
    flows = talk(
        f"""
        one: {{ask: Now?, choices: {{a: {{label: A, must: [pram]}}, b: {choice}}}}}
        two: {ASK}
        places: {{ask: Where?, choices_from: councils}}
        lines: {{results: helplines, choices: {{on: Go on}}}}
        """
    )
    assert rules(flows) == broken


@pytest.mark.parametrize(
    ("second", "broken"),
    [
        ("{label: B, avoid: [creche]}", ["conflict"]),
        ("{label: B, avoid: [creche], alone: true}", []),
        ("{label: B, avoid: [pram]}", []),
    ],
)
def test_one_need_is_not_wanted_and_avoided_in_one_answer(second, broken):
    many = f"many: {{min: 1}}, choices: {{a: {{label: A, must: [creche]}}, b: {second}}}"
    assert rules(talk(f"one: {{ask: Now?, {many}}}")) == broken


def test_one_of_two_answers_is_no_conflict_but_two_questions_are():
    single = "choices: {a: {label: A, must: [creche]}, b: {label: B, avoid: [creche]}}"
    assert rules(talk(f"one: {{ask: Now?, {single}}}")) == []
    two = "two: {ask: Then?, choices: {a: {label: A, avoid: [creche]}, b: B}}"
    assert rules(talk(f"one: {ASK}\n{two}")) == ["conflict"]


def test_a_choice_may_not_want_and_avoid_the_same():
    both = "choices: {a: {label: A, must: [creche], avoid: [creche]}, b: B}"
    assert rules(talk(f"one: {{ask: Now?, {both}}}")) == ["conflict"]


@pytest.mark.parametrize(
    ("more", "broken"),
    [
        ("choices_from: councils", []),
        ("choices: {a: A}", []),
        ("choices: {a: {label: soup, typed_only: true}}", ["only-by-typing"]),
    ],
)
def test_every_question_has_something_to_press(more, broken):
    ask = f"{{ask: Where?, parse: uk_outcode, retry: Sorry., {more}}}"
    assert rules(talk(f"one: {ask}")) == broken


@pytest.mark.parametrize(
    ("more", "broken"),
    [
        ("", ["no-reason"]),
        ("why: It helps., ", ["no-reason"]),
        ("why: You do not have to answer., ", []),
        (f"why: You can skip this. {'x' * 141}, ", []),
        (f"why: You can skip this. {'x' * 142}, ", ["no-reason"]),
        ("skip: never, ", []),  # 'b' tells nothing
    ],
)
def test_a_sensitive_question_says_why_and_lets_her_pass(more, broken):
    ask = f"{{ask: Now?, {more}sensitive: true, choices: {{a: {{label: A, must: [pram]}}, b: B}}}}"
    assert rules(talk(f"first: {ASK}\none: {ask}")) == broken


@pytest.mark.parametrize(
    ("steps", "broken"),
    [
        ("one: {ask: Now?, choices: {a: A, b: B}}", ["asked-in-vain"]),
        ("one: {ask: Now?, choices: {a: {label: A, tags: [discreet]}, b: B}}", []),
        ("one: {ask: Now?, choices: {a: {label: A, next: two}, b: B}}\ntwo: {say: Two.}", []),
        ("one: {ask: Now?, choices: {a: A, b: B}}\ntwo: {say: Two., only_if: one == a}", []),
        ("one: {ask: Now?, choices_from: councils}", []),
    ],
)
def test_nothing_is_asked_in_vain(steps, broken):
    assert rules(talk(steps)) == broken


def test_an_answer_may_be_read_in_another_flow():
    flow = """
        flow: other
        steps:
          say: {say: More., only_if: welcome.one == a}
          back: {return: true}
        """
    steps = "one: {ask: Now?, choices: {a: A, b: B}}\ntwo: {call: other}"
    assert rules(talk(steps, flow)) == []


def test_nothing_follows_from_her_language():
    other = """
        flow: other
        steps:
          lang: {ask: Which?, choices_from: languages}
          back: {return: true}
        """
    steps = f"""
        first: {ASK}
        ask: {{call: other}}
        one: {{say: Hm., only_if: other.lang == ur}}
        two: {ASK}
        """
    assert rules(talk(steps, other)) == ["from-her-language"]
    assert rules(talk(steps.replace(", only_if: other.lang == ur", ""), other)) == []


def test_every_woman_is_asked_about_community():
    own = "choices: {a: {label: A, prefer: [own_community]}, b: B}"
    asked = f"one: {ASK}\ntwo: {{ask: Then?, {own}}}"
    assert rules(talk(asked)) == []
    some = asked.replace("Then?,", "Then?, only_if: one == a,")
    assert rules(talk(some)) == ["from-her-language"]

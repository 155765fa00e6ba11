"""Conditions that name what exists, and can come out both ways."""

import pytest

from bot.flows.conditions import Assumed, can_hold
from bot.flows.rules import conditions
from tests.flows.examples import COMPANIONS, checked, loaded

FLOWS = [(COMPANIONS / f"{name}.yaml").read_text("utf-8") for name in ("welcome", "urgent")]

STEPS = """\
steps:
  area: {ask: Where?, choices: {north: N, south: S, west: W}}
  two: {ask: Which?, choices: {left: L, right: R}}
  typed: {ask: Where?, parse: uk_outcode, retry: Sorry?, choices: {any: Any}}
  place: {ask: Where?, choices_from: councils}
  kids: {ask: Who?, many: {min: 1}, choices: {baby: B, school: S, none: {label: N, alone: true}}}
  pair: {ask: Which?, many: {min: 2, max: 2}, choices: {a: A, b: B, c: C}}
  all: {ask: Which?, many: {min: 3}, choices: {a: A, b: B, c: C}}
  found: {results: services, empty: told, choices: {more: More}}
"""


def said(condition: str, facts: str = "{}") -> list[str]:
    """The rules that one condition breaks."""
    text = f"flow: about\nfacts: {facts}\n{STEPS}  told: {{say: A, only_if: '{condition}'}}\n"
    flows = loaded(*FLOWS, text + "  back: {return: true}\n")
    return [problem.rule for problem in checked(flows)]


def together(*tests: str) -> bool:
    """Whether conditions can be so together; one that begins with `no ` is not so."""
    steps = "".join(
        f"  s{n}: {{say: Hm., only_if: {test.removeprefix('no ')}}}\n"
        for n, test in enumerate(tests)
    )
    flows = loaded(f"flow: about\n{STEPS}{steps}  back: {{return: true}}\n", *FLOWS)
    about = flows.by_id["about"]
    found = [
        Assumed(about, test, holds=not text.startswith("no "))
        for test, text in zip(conditions(about), tests, strict=True)
    ]
    return can_hold(flows, found)


@pytest.mark.parametrize(
    ("tests", "can"),
    [
        (["area == north"], True),
        (["area == north", "area == south"], False),
        (["area == north", "no area == north"], False),
        (["area == north", "no area == south"], True),
        (["area == north", "area is unknown"], False),
        (["no area == north", "area is unknown"], True),
        (["area == north", "two == left", "area != north"], False),
        (["kids has baby", "kids has school"], True),
        (["kids has baby", "kids has none"], False),
        (["kids has baby", "kids is unknown"], False),
        (["pair has a", "pair has b", "pair has c"], False),
        (["area == north or two == left", "area == south", "two == right"], False),
        (["area == north or two == left", "area == south", "two == left"], True),
    ],
)
def test_conditions_hold_together_where_some_answers_make_them(tests, can):
    assert together(*tests) is can


def test_a_condition_on_what_is_not_there_cannot_hold():
    assert not together("nowhere == a")
    assert together("nowhere is unknown")


def test_nothing_assumed_can_hold():
    assert can_hold(loaded(*FLOWS), [])


def test_what_has_too_many_answers_to_try_may_hold():
    steps = "".join(f"  q{n}: {{ask: Now?, choices: {{a: A, b: B, c: C}}}}\n" for n in range(12))
    flows = loaded(
        f"flow: about\nsteps:\n{steps}  s: {{say: Hm., only_if: q0 == a and q0 == b and ({' or '.join(f'q{n} == a' for n in range(12))})}}\n  back: {{return: true}}\n",
        *FLOWS,
    )
    (test,) = conditions(flows.by_id["about"])
    assert can_hold(flows, [Assumed(flows.by_id["about"], test)])


@pytest.mark.parametrize(
    "condition",
    [
        "area == north or two != left",
        "typed == B29 and place in [dudley, walsall]",
        "typed == any",
        "kids has baby and kids has school",
        "pair has a and pair has b",
        "found == more",
        "found is known and found != more",
        "not area is known",
        "area != north and area != south and area is known",
        "two != left and two != right or area is known",
        "about.area is known and far",
    ],
)
def test_a_condition_that_can_come_out_both_ways_is_left_alone(condition):
    assert said(condition, "{near: area == north, far: not near}") == []


@pytest.mark.parametrize(
    "condition",
    [
        "area == north and area == south",
        "two != left and two != right",
        "kids has none and kids has baby",
        "pair has_any [a] and pair has b and pair has c",
        "pair has a and not pair has_any [b, c]",
        "all is known and not all has a",
        "place == dudley and place is unknown",
        "near and far",
    ],
)
def test_a_condition_that_is_never_true_is_said(condition):
    assert said(condition, "{near: area == north, far: not near}") == ["never-asked"]


@pytest.mark.parametrize(
    "condition",
    ["near or far", "area is known or area is unknown", "not all is known or all has a"],
)
def test_a_condition_that_is_always_true_is_a_warning(condition):
    assert said(condition, "{near: area == north, far: not near}") == ["always-true"]


def words(most: int) -> str:
    return f"[{', '.join(f'x{n}' for n in range(most))}]"


@pytest.mark.parametrize(("most", "found"), [(3, ["never-asked"]), (12, [])])
def test_a_condition_with_too_many_answers_to_try_is_left_alone(most, found):
    facts = f"{{t: 'typed in {words(most)}', p: 'place in {words(most)}'}}"
    test = "t and p and two == left and kids has baby and area == north and area == south"
    assert said(test, facts) == found


@pytest.mark.parametrize(("most", "found"), [(12, ["never-asked"]), (13, [])])
def test_a_condition_with_too_many_choices_to_try_is_left_alone(most, found):
    test = f"typed in {words(most)} and area == north and area == south"
    assert said(test) == found


def test_a_condition_that_is_misread_is_not_said_to_be_never_true():
    assert said("area == nort and area == south") == ["unknown-choice"]
    assert said("loop and area is known", "{loop: not loop}") == ["fact-cycle"]


def test_a_condition_may_not_name_a_step_of_a_flow_that_is_not_there():
    assert said("abuot.area is known") == ["unknown-name"]


def test_a_fact_of_too_many_tests_is_said():
    ten = " or ".join(["area == north"] * 10)
    facts = (
        f"{{ten: {ten}, hundred: {' or '.join(['ten'] * 10)}, more: hundred or hundred or ten}}"
    )
    assert said("hundred", facts) == ["tangled-fact"]


def first_flow(for_other: str) -> list[str]:
    """The rules that the condition of `for_other` breaks."""
    asked = "flow: about\nsteps:\n  who: {ask: Who?, choices: {me: I, them: They}}\n"
    welcome = FLOWS[0].replace("flow: welcome", f"flow: welcome\nfor_other: {for_other}", 1)
    flows = loaded(welcome, FLOWS[1], f"{asked}  back: {{return: true}}\n")
    return [problem.rule for problem in checked(flows)]


@pytest.mark.parametrize(
    ("for_other", "rules"),
    [
        ("about.who == them", []),
        ("about.who == me and about.who == them", ["never-asked"]),
        ("about.who == me or not about.who == me", ["always-true"]),
        ("about.who == nobody", ["unknown-choice"]),
        ("about.what == me", ["unknown-name"]),
    ],
)
def test_when_the_talk_is_about_someone_else_is_a_condition_like_others(for_other, rules):
    """Harm prevented: words that are never, or always, said in place of hers."""
    assert first_flow(for_other) == rules

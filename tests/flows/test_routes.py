"""The ways through the flows: reached, ended, and read in time."""

from tests.flows.examples import COMPANIONS, checked, loaded

WELCOME, URGENT = (
    (COMPANIONS / f"{name}.yaml").read_text(encoding="utf-8") for name in ("welcome", "urgent")
)
ABOUT = "flow: about\nsteps:\n"
BACK = "  back: {return: true}\n"


def ask(id: str, more: str = "choices: {x: X, y: Y}") -> str:
    return f"  {id}: {{ask: What?, {more}}}\n"


def said(steps: str, *more: str) -> list[tuple[str, int, str]]:
    """What is said about a flow `about` with these steps: (file, line, rule)."""
    flows = loaded(ABOUT + steps, WELCOME, URGENT, *more)
    return [(problem.path, problem.line, problem.rule) for problem in checked(flows)]


def test_a_condition_may_read_an_answer_of_before():
    assert said(ask("a") + ask("b") + "  told: {say: A, only_if: a == x}\n" + BACK) == []


def test_a_condition_may_read_an_answer_of_one_way_only():
    steps = ask("s", "choices: {x: X, y: {label: Y, next: told}}") + ask("a")
    assert said(steps + "  told: {say: A, only_if: a == x}\n" + BACK) == []


def test_an_answer_that_is_forgotten_on_the_way_round_is_read_too_early():
    steps = ask("s") + "  told: {say: A, only_if: a == x}\n"
    steps += ask("a", "choices: {x: X, y: {label: Again, next: s}}") + BACK
    assert said(steps) == [("0.yaml", 4, "reads-future")]


def test_a_question_may_be_asked_only_the_first_time():
    steps = ask("a", "only_if: a is unknown, choices: {x: X, y: Y}")
    steps += ask("b", "choices: {x: {label: X, next: a}, y: Y}") + BACK
    assert said(steps) == []


def test_an_answer_of_an_interrupt_is_never_kept():
    steps = ask("a") + "  told: {say: A, only_if: urgent.now is known}\n" + BACK
    assert said(steps) == [("0.yaml", 4, "reads-future")]


def test_an_answer_of_a_called_flow_is_kept():
    more = "  more: {call: other}\n  told: {say: A, only_if: other.a == x}\n"
    assert said(more + BACK, "flow: other\nsteps:\n" + ask("a") + BACK) == []


def test_a_flow_that_nobody_calls_is_said_once():
    lost = "flow: lost\nsteps:\n" + ask("a") + ask("b") + BACK
    assert said(ask("a") + BACK, lost) == [("3.yaml", 1, "unreachable")]


def test_a_step_behind_a_question_that_always_jumps_is_not_reached():
    steps = ask("a", "skip: never, choices: {x: {label: X, next: back}}") + ask("b") + BACK
    assert said(steps) == [("0.yaml", 4, "unreachable")]


def test_a_question_that_is_passed_over_leads_on():
    steps = ask("a", "next: b, choices: {x: X}") + ask("b", "choices_from: councils") + BACK
    assert said(steps) == []


def test_a_last_step_that_may_be_passed_over_is_a_loose_end():
    steps = ask("a") + "  back: {return: true, only_if: a == x}\n"
    assert said(steps) == [("0.yaml", 4, "loose-end")]


def test_a_last_question_from_a_source_is_a_loose_end():
    steps = ask("a", "choices: {x: X, y: {label: Y, next: b}}") + BACK
    steps += ask("b", "choices_from: councils, next: a")
    assert said(steps) == [("0.yaml", 5, "loose-end")]


def test_a_last_question_that_always_jumps_is_no_loose_end():
    steps = ask("a", "choices: {x: X, y: {label: Y, next: b}}") + BACK
    assert said(steps + ask("b", "skip: never, choices: {x: {label: X, next: a}}")) == []
    assert said(steps + ask("b", "next: a, choices: {x: X}")) == []
    assert said(steps + "  b: {say: A, next: a}\n") == []


def test_a_last_question_that_can_be_skipped_is_a_loose_end():
    steps = ask("a", "choices: {x: X, y: {label: Y, next: b}}") + BACK
    steps += ask("b", "choices: {x: {label: X, next: a}}")
    assert said(steps) == [("0.yaml", 5, "loose-end")]


def test_questions_that_only_lead_to_each_other_never_end():
    steps = ask("a", "choices: {x: X, y: {label: Y, next: back}}")
    steps += ask("b") + ask("c", "next: b, choices: {x: X}") + BACK
    assert said(steps) == [("0.yaml", 4, "loose-end")]


def test_a_call_of_a_flow_that_ends_the_talk_is_an_end():
    steps = (
        ask("a", "choices: {x: X, y: {label: Y, next: back}}") + "  b: {call: other, next: b2}\n"
    )
    steps += "  b2: {next: b}\n" + BACK
    other = "flow: other\nsteps:\n" + ask("a") + "  over: {end: done}\n"
    assert said(steps, other) == [("0.yaml", 4, "no-return")]


def test_a_jump_back_behind_a_question_is_not_endless():
    steps = "  hello: {say: A}\n" + ask("a", "choices: {x: X, y: {label: Y, next: hello}}")
    assert said(steps + BACK) == []


def test_a_way_round_through_a_call_that_only_speaks_is_endless():
    steps = ask("a", "choices: {x: X, y: {label: Y, next: back}}")
    steps += "  talk: {call: other}\n  on: {next: talk}\n" + BACK
    other = "flow: other\nsteps:\n  more: {call: third}\n" + BACK
    third = "flow: third\nsteps:\n  hello: {say: A}\n" + BACK
    found = said(steps, other, third)
    assert found == [("0.yaml", 4, "loose-end"), ("0.yaml", 4, "endless")]


def test_a_way_round_through_a_call_that_asks_is_not_endless():
    steps = ask("a", "choices: {x: X, y: {label: Y, next: back}}")
    steps += "  talk: {call: other}\n  on: {next: talk, only_if: other.a == x}\n" + BACK
    assert said(steps, "flow: other\nsteps:\n" + ask("a") + BACK) == []


def test_two_calls_of_one_flow_are_no_way_round():
    steps = "  one: {call: other}\n  two: {call: other}\n" + BACK
    assert said(steps, "flow: other\nsteps:\n  hello: {say: A}\n" + BACK) == []


def test_flows_that_call_each_other_are_said_once():
    other = "flow: other\nsteps:\n" + ask("a") + "  round: {call: about, only_if: a == x}\n" + BACK
    assert said("  down: {call: other}\n" + BACK, other) == [("0.yaml", 3, "recursion")]


def test_an_interrupt_may_end_the_talk():
    over = URGENT.replace("return: true", "end: left")
    flows = loaded(WELCOME, over, ABOUT + ask("a") + BACK)
    assert checked(flows) == []


def test_while_a_jump_leads_nowhere_the_ways_are_left_alone():
    steps = ask("a", "next: nowhere, skip: never, choices: {x: X}") + ask("b")
    assert said(steps) == [("0.yaml", 3, "unknown-step")]

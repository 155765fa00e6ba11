"""Ways that can be taken: what conditions shut out is left out, and nothing else is."""

import pytest

from bot.flows.feasible import Resting, possible
from bot.flows.graph import edges
from tests.flows.examples import loaded


def ways(source, *texts, **sources):
    """The possible ways that leave a step: (label, target), without their flow's name."""
    found = possible(loaded(*texts), sources)
    return [
        (edge.label, edge.target.partition(".")[2])
        for edge in found
        if edge.source == f"welcome.{source}"
    ]


def flow(steps, top=""):
    return f"flow: welcome\n{top}steps:\n{steps}  bye: {{end: done}}\n"


def ask(id, more=""):
    return f"  {id}: {{ask: What?, choices: {{x: X, y: Y}}{more}}}\n"


def test_without_conditions_every_way_is_possible():
    flows = loaded(flow(ask("a") + ask("b")))
    assert possible(flows, {}) == edges(flows)


def test_two_conditions_that_shut_each_other_out_leave_one_way_out():
    steps = "  a: {say: A., only_if: q is known}\n  b: {say: B., only_if: q is unknown}\n"
    text = flow(ask("q") + steps)
    assert ways("a", text) == [("next", "bye")]
    assert ways("q", text) == [("answer", "a"), ("skip", "b")]


def test_the_answer_just_given_decides():
    steps = ask("q").replace("x: X", "x: {label: X, next: a}")
    text = flow(steps + "  a: {say: A., only_if: q == x}\n  b: {say: B., only_if: q == y}\n")
    assert ways("q", text) == [("x", "a"), ("answer", "b"), ("skip", "bye")]


def test_an_answer_that_cannot_stand_yet_is_unknown():
    text = flow(ask("p") + "  told: {say: T., only_if: q is unknown}\n" + ask("q"))
    assert ways("p", text) == [("answer", "told"), ("skip", "told")]


def test_an_answer_may_stand_where_the_way_led_through_it():
    text = flow(ask("q") + ask("p") + "  told: {say: T., only_if: q == x}\n")
    assert ways("p", text) == [
        ("answer", "told"), ("answer", "bye"), ("skip", "told"), ("skip", "bye"),
    ]  # fmt: skip


def test_the_condition_of_the_step_itself_still_holds():
    text = flow(ask("q") + ask("a", ", only_if: q == x") + ask("b", ", only_if: q == y"))
    assert ways("a", text) == [("answer", "bye"), ("skip", "bye")]


def test_it_counts_no_more_where_what_it_reads_may_be_answered_later():
    steps = ask("a", ", only_if: q is unknown") + ask("q").replace(
        "y: Y", "y: {label: Y, next: a}"
    )
    text = flow(ask("zero") + steps + ask("b", ", only_if: q == x"))
    assert ("y", "a") not in ways("q", text)
    assert ("answer", "b") in ways("q", text)


def test_of_several_choices_some_set_is_enough():
    many = "  q: {ask: What?, many: {min: 1}, choices: {x: X, y: Y}}\n"
    both = "  told: {say: T., only_if: q has x and q has y}\n"
    assert ways("q", flow(many + both)) == [
        ("answer", "told"), ("answer", "bye"), ("skip", "bye"),
    ]  # fmt: skip


def test_too_many_answers_to_try_leave_the_way_in():
    wide = (
        "  q: {ask: What?, many: {min: 1}, choices: {"
        + ", ".join(f"c{n}: C{n}" for n in range(14))
        + "}}\n"
    )
    every = " and ".join(f"q has c{n}" for n in range(14))
    assert ("answer", "told") in ways("q", flow(wide + f"  told: {{say: T., only_if: {every}}}\n"))


def test_after_very_many_steps_that_may_be_passed_over_nothing_is_left_out():
    steps = "".join(f"  s{n}: {{say: S., only_if: q == x}}\n" for n in range(14))
    assert ("answer", "bye") in ways("q", flow(ask("q") + steps))
    assert ("skip", "s13") in ways("q", flow(ask("q") + steps))
    assert ("skip", "s5") not in ways("q", flow(ask("q") + steps))


CHOSEN = "  l: {ask: Which?, choices_from: councils}\n"


@pytest.mark.parametrize(
    ("passed", "expected"),
    [((False,), ["l"]), ((True,), ["bye"]), ((True, False), ["l", "bye"])],
)
def test_a_source_says_whether_its_question_is_passed_over(passed, expected):
    found = ways("q", flow(ask("q", ", skip: never") + CHOSEN), councils=Resting(passed))
    assert [target for _, target in found] == expected


def test_a_source_that_rests_on_an_unknown_answer_is_passed_over():
    resting = Resting((True, False), unknown=True, reads=["welcome.q"])
    found = ways("q", flow(ask("q") + CHOSEN), councils=resting)
    assert found == [("answer", "l"), ("answer", "bye"), ("skip", "bye")]


def test_a_condition_beside_a_source_decides_nothing_alone():
    text = flow(ask("q") + "  l: {ask: Which?, choices_from: councils, only_if: q == x}\n")
    assert ("answer", "bye") in ways("q", text, councils=Resting((True, False)))


def test_where_nothing_is_found_the_list_counts_as_answered():
    steps = "  r: {results: services, empty: no, choices: {on: On}}\n  no: {say: N., only_if: r is known}\n"
    assert ("empty", "no") in ways("r", flow(steps))
    assert ("empty", "bye") not in ways("r", flow(steps))


ABOUT = "flow: about\nsteps:\n  what: {ask: What?, choices: {a: A, b: B}}\n  on: {return: true}\n"
WORD = "everywhere:\n  help: {label: Help, words: help, call: about}\n"


def test_out_of_an_interrupt_leads_every_question_that_stands_in_none():
    found = possible(loaded(flow(ask("q"), WORD), ABOUT), {})
    resumed = {edge.target for edge in found if edge.label == "resume"}
    assert resumed == {"welcome.q"}


def test_a_flow_that_is_also_called_may_be_come_back_to():
    found = possible(loaded(flow("  talk: {call: about}\n" + ask("q"), WORD), ABOUT), {})
    resumed = {edge.target for edge in found if edge.label == "resume"}
    assert resumed == {"about.what", "welcome.q"}


def test_inside_an_interrupt_any_answer_may_stand():
    inside = ABOUT.replace("  on:", "  told: {say: T., only_if: welcome.q == x}\n  on:")
    found = possible(loaded(flow(ask("q"), WORD), inside), {})
    targets = {
        edge.target for edge in found if edge.source == "about.what" and edge.label == "answer"
    }
    assert targets == {"about.told", "about.on"}


def test_what_was_answered_aside_stands_also_when_an_earlier_question_comes_again():
    steps = ask("p") + ask("q") + ask("h", ", aside: true, next: q") + ask("r")
    steps = steps.replace(
        "q: {ask: What?, choices: {x: X, y: Y}",
        "q: {ask: What?, choices: {x: X, y: {label: Y, next: h}, z: {label: Z, next: r}}",
        1,
    )
    told = "  told: {say: T., only_if: h == x}\n"
    again = ask("s").replace("y: Y", "y: {label: Again, next: p}")
    text = flow(steps + again + told)
    assert ("answer", "told") in ways("s", text)

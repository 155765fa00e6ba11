"""The edges between steps: one for every way the engine can take."""

import pytest

from bot.flows.ways import Way, all_edges
from tests.flows.examples import loaded


def edges_from(source: str, *texts: str) -> list[tuple[str, str]]:
    """The edges that leave one step: (label, target), in order."""
    found = all_edges(loaded(*texts))
    return [(edge.label, edge.target) for edge in found if edge.source == source]


def flow(steps: str, top: str = "") -> str:
    return f"flow: welcome\n{top}steps:\n{steps}  bye: {{end: done}}\n"


QUESTION = """\
  area:
    ask: Where?
    choices: {north: {label: N, next: bye}, south: South}
  more: {say: More.}
"""


def test_a_choice_leads_where_it_says_and_the_rest_go_on():
    assert edges_from("welcome.area", flow(QUESTION)) == [
        ("north", "welcome.bye"),
        ("answer", "welcome.more"),
        ("skip", "welcome.more"),
    ]


def test_a_question_may_lead_on_by_its_own_jump():
    jumping = QUESTION.replace("ask: Where?", "ask: Where?\n    next: bye")
    assert set(edges_from("welcome.area", flow(jumping))) == {
        ("north", "welcome.bye"),
        ("answer", "welcome.bye"),
        ("skip", "welcome.bye"),
    }


def test_when_every_choice_jumps_nothing_but_skip_goes_on():
    jumping = QUESTION.replace("South", "{label: S, next: bye}")
    labels = [label for label, _ in edges_from("welcome.area", flow(jumping))]
    assert labels == ["north", "south", "skip"]


@pytest.mark.parametrize("more", ["parse: uk_outcode", "choices_from: councils"])
def test_an_answer_that_is_no_written_choice_goes_on(more):
    jumping = QUESTION.replace("South", "{label: S, next: bye}")
    jumping = jumping.replace("ask: Where?", f"ask: Where?\n    skip: never\n    {more}")
    assert ("answer", "welcome.more") in edges_from("welcome.area", flow(jumping))


def test_a_question_that_must_be_answered_has_no_skip():
    never = QUESTION.replace("ask: Where?", "ask: Where?\n    skip: never")
    assert "skip" not in dict(edges_from("welcome.area", flow(never)))


def test_a_step_with_a_condition_may_be_passed_over():
    found = all_edges(loaded(flow(QUESTION.replace("More.", "More., only_if: area == south"))))
    skips = [(edge.target, edge.reads) for edge in found if edge.label == "skip"]
    reads = frozenset({"welcome.area"})
    assert skips == [("welcome.more", reads), ("welcome.bye", reads)]


def test_a_question_with_nothing_but_a_source_may_be_passed_over():
    steps = "  hello: {say: Hello.}\n  place: {ask: Where?, choices_from: councils}\n"
    assert edges_from("welcome.hello", flow(steps)) == [
        ("next", "welcome.place"),
        ("next", "welcome.bye"),
    ]


@pytest.mark.parametrize("more", ["parse: uk_outcode", "choices: {any: Anywhere}"])
def test_a_question_with_more_than_a_source_is_asked(more):
    steps = f"  hello: {{say: A}}\n  place: {{ask: B, choices_from: councils, {more}}}\n"
    assert edges_from("welcome.hello", flow(steps)) == [("next", "welcome.place")]


def test_facts_read_what_they_are_made_of():
    top = "facts: {down: area == south, far: down or about.what is known}\n"
    found = all_edges(loaded(flow(QUESTION.replace("More.", "More., only_if: far"), top)))
    assert found[1].reads == {"welcome.area", "about.what"}


def test_results_may_find_nothing():
    steps = "  here: {results: services, empty: none}\n  none: {say: None.}\n"
    assert edges_from("welcome.here", flow(steps)) == [
        ("answer", "welcome.none"),
        ("empty", "welcome.none"),
    ]


ABOUT = "flow: about\nsteps:\n  what: {ask: What?, choices: {a: A, b: B}}\n  on: {return: true}\n"


def test_a_call_goes_in_and_comes_back_behind_it():
    texts = (flow("  talk: {call: about}\n"), ABOUT)
    assert edges_from("welcome.talk", *texts) == [("call", "about.what"), ("next", "welcome.bye")]
    assert edges_from("about.on", *texts) == [("return", "welcome.bye")]


def test_a_call_may_come_back_elsewhere():
    calls = "  talk: {call: about, next: bye}\n  over: {say: Over.}\n"
    assert edges_from("about.on", flow(calls), ABOUT) == [("return", "welcome.bye")]


EVERYWHERE = """\
everywhere:
  back: {label: Back, words: back, do: back}
  about: {label: About, words: about, call: about}
  lost: {label: Lost, words: lost, call: nowhere}
"""


def test_a_word_for_everywhere_interrupts_every_question_and_comes_back():
    found = all_edges(loaded(flow(QUESTION, EVERYWHERE), ABOUT))
    inwards = [(e.source, e.target) for e in found if e.way is Way.INTERRUPT]
    back = [(e.source, e.target) for e in found if e.way is Way.RESUME]
    assert inwards == [("welcome.area", "about.what"), ("about.what", "about.what")]
    assert back == [("about.on", "welcome.area"), ("about.on", "about.what")]


def test_a_name_that_is_not_known_leads_nowhere():
    steps = "  lost: {next: nowhere}\n  gone: {call: nowhere}\n"
    assert edges_from("welcome.lost", flow(steps)) == []
    assert edges_from("welcome.gone", flow(steps)) == [("next", "welcome.bye")]

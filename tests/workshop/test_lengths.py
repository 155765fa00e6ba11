"""Lengths: answers before the first list, questions between lists, and rings."""

from bot.flows.graph import asked_again, reads_after
from bot.simulator import Ahead
from bot.workshop.lengths import ENDLESS, Lengths, lengths
from bot.workshop.survey import Survey, surveyed
from tests.examples import KNOW, URGENT, flows_of, plan_of, welcome


def measured(steps, aside=("urgent", "know"), **more):
    flows = flows_of(welcome(steps), URGENT, KNOW)
    plan = plan_of(steps, **more)
    ahead = Ahead(reads_after(flows), asked_again(flows))
    return lengths(plan, surveyed(plan, ahead, {}), aside)


LISTS = """
one: {ask: One?, choices: {a: A, b: {label: B, next: first}}, skip: never}
two: {ask: Two?, choices: {c: C}}
three: {ask: Three?, choices: {d: D}, only_if: two == c}
first: {results: services, choices: {more: {label: More, next: four}, on: {label: On, next: over}}}
four: {ask: Four?, choices: {e: E}}
five: {ask: Five?, choices: {f: F}, only_if: four is known}
better: {results: services, choices: {on: On}}
over: {end: done}
"""


def test_the_shortest_and_the_longest_way_and_what_comes_after():
    assert measured(LISTS) == Lengths(1, 3, 2)


def test_a_skipped_question_is_no_answer_but_a_question():
    assert measured(LISTS.replace(", skip: never", "")).shortest == 0
    lists = measured(LISTS.replace("only_if: four is known", "only_if: four is unknown"))
    assert lists.further == 2


def test_the_language_is_not_counted():
    steps = "lang: {ask: Language?, choices_from: languages, skip: never}\n" + LISTS
    assert measured(steps, sources={"languages": ("en", "ur")}) == Lengths(1, 3, 2)


def test_urgent_help_comes_on_top():
    steps = "help: {call: urgent}\n" + LISTS
    assert measured(steps) == Lengths(1, 3, 2)
    assert measured(steps, aside=()).longest == ENDLESS  # "more help" there goes round


def test_questions_that_go_round_before_any_list_have_no_longest_way():
    ring = LISTS.replace("choices: {c: C}", "choices: {c: C, again: {label: Again, next: one}}")
    assert measured(ring) == Lengths(1, ENDLESS, 2)


def test_questions_that_go_round_after_a_list_have_no_end():
    ring = LISTS.replace("choices: {f: F}", "choices: {f: F, again: {label: Again, next: four}}")
    assert measured(ring) == Lengths(1, 3, ENDLESS)


def test_a_ring_that_no_way_leads_out_of_to_a_list_does_not_count():
    steps = LISTS.replace("c: C", "c: C, lost: {label: Lost, next: ring}")
    steps += "ring: {ask: Ring?, choices: {x: {label: X, next: ring}}, skip: never, next: ring}\n"
    assert measured(steps).longest == 3


def test_without_a_list_there_is_nothing_to_measure():
    assert measured("one: {ask: One?, choices: {a: A}}\nover: {end: done}") == Lengths(
        None, None, 0
    )
    assert lengths(plan_of(LISTS), Survey()) == Lengths(None, None, 0)


def test_a_list_that_ends_the_talk_has_no_further_questions():
    only = "first: {results: services, choices: {on: On}}\nover: {end: done}"
    assert measured(only) == Lengths(0, 0, 0)

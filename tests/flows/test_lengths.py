"""Lengths: how many questions every woman is asked before the next list of services."""

import pytest

from bot.flows.cards import Walker
from bot.flows.lengths import Lengths
from tests.flows.talks import ASK, talk

LIST = "list: {results: helplines, choices: {again: {label: Again, next: one}, on: Go on}}"


def length(steps, *others, apart=()):
    flows = talk(steps, *others)
    walker = Walker(flows)
    return Lengths(walker, apart).longest(next(iter(walker.first())))


@pytest.mark.parametrize(
    ("steps", "count"),
    [
        (f"one: {ASK}\n{LIST}", 1),
        (f"one: {ASK}\ntwo: {ASK}\n{LIST}", 2),
        (f"one: {ASK}\ntwo: {ASK[:-1]}, only_if: one == a}}\n{LIST}", 1),
        (f"one: {{ask: Which?, choices_from: languages}}\ntwo: {ASK}\n{LIST}", 1),
        (f"one: {{ask: Which?, choices_from: councils, skip: never}}\n{LIST}", 0),
        (f"{LIST.replace('next: one', 'next: list')}", 0),
        (f"one: {ASK}\ntwo: {ASK}", 2),
    ],
)
def test_what_every_woman_is_asked_is_counted(steps, count):
    assert length(steps) == count


def test_the_longest_way_counts():
    short = "{ask: Now?, choices: {a: {label: A, next: list}, b: B}}"
    assert length(f"one: {short}\ntwo: {ASK}\nthree: {ASK}\n{LIST}") == 3


def test_a_way_that_comes_round_counts_once():
    back = "{ask: Now?, choices: {a: {label: A, next: one}, b: B}}"
    assert length(f"one: {ASK}\ntwo: {back}\n{LIST}") == 2


def test_a_called_flow_counts_where_it_is_called():
    flow = f"flow: about\nsteps: {{what: {ASK}, back: {{return: true}}}}"
    steps = f"one: {ASK}\ntwo: {{call: about}}\n{LIST}\nthree: {{call: about}}\nfour: {ASK}"
    assert length(steps, flow) == 2  # the way behind the second call is not taken from the first
    assert length(steps, flow, apart=("about",)) == 1
    at_times = steps.replace("two: {call: about}", "two: {call: about, only_if: one == a}")
    assert length(at_times, flow) == 1


def test_hundreds_of_questions_are_counted():
    asks = "\n".join(f"q{n}: {ASK}" for n in range(600))
    assert length(asks) == 600

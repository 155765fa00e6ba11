"""The survey: what a walk saw, and where it was cut short."""

from bot.flows.graph import asked_again, reads_after
from bot.simulator import Ahead
from bot.workshop.survey import FULL, Extent, survey, surveyed
from tests.examples import plan_of
from tests.workshop.examples import STEPS, small, small_flows

EXTENT = Extent()


def seen(steps, extent=EXTENT, judges=()):
    flows = small_flows(steps)
    ahead = Ahead(reads_after(flows), asked_again(flows))
    return surveyed(plan_of(steps), ahead, {}, extent, judges)


ONE = """
hello: {say: Hello.}
one: {ask: One?, choices: {a: A, b: {label: B, next: two}}}
told: {say: Told.}
two: {ask: Two?, many: {min: 1}, choices: {c: C, d: D}}
over: {end: done}
"""


def test_every_step_is_come_to_and_every_choice_made():
    found = seen(ONE)
    steps = {name for name in found.steps if name.startswith("welcome.")}
    assert steps == {f"welcome.{id}" for id in ("hello", "one", "told", "two", "over")}
    assert {("welcome.one", "a"), ("welcome.two", "d"), ("urgent.now", "on")} <= found.chosen


def test_the_ways_are_named_as_in_the_graph():
    triples = seen(ONE).triples
    assert ("welcome.hello", "next", "welcome.one") in triples
    assert ("welcome.one", "answer", "welcome.told") in triples
    assert ("welcome.one", "b", "welcome.two") in triples
    assert ("welcome.one", "skip", "welcome.told") in triples
    assert ("welcome.two", "urgent", "urgent.now") in triples
    assert ("urgent.on", "resume", "welcome.two") in triples
    assert not any(source == "welcome.one" and label == "c" for source, label, _ in triples)


def test_calls_and_returns_are_ways_too(world):
    steps = "early: {call: know}\none: {ask: One?, choices: {a: A}}\nover: {end: done}"
    triples = seen(steps).triples
    assert ("welcome.early", "call", "know.menu") in triples
    assert ("know.on", "return", "welcome.one") in triples


def test_a_walk_in_a_world_tries_its_councils_and_lists(world):
    found = survey(small_flows(), small(world), Extent(), ())
    assert ("welcome.found", "empty", "welcome.none") in found.triples
    assert ("welcome.area", "walsall") in found.chosen
    assert found.bounded == ""


def test_a_walk_ends_at_its_bound_and_says_so():
    found = seen(STEPS.replace("choices_from: councils", "choices: {w: W}"), Extent(strides=20))
    assert (found.strides, found.bounded) == (20, "bounded at 20 steps")


def test_sets_that_were_left_out_are_told():
    assert seen(ONE, Extent(sets=2)).bounded == "bounded at 2 sets of choices a question"
    assert seen(ONE, FULL).bounded == ""
    both = seen(ONE, Extent(strides=30, sets=1)).bounded
    assert both == "bounded at 30 steps; bounded at 1 sets of choices a question"


def test_every_stride_is_shown_to_every_judge():
    strides, others = [], []
    found = seen(ONE, judges=[strides.append, others.append])
    assert len(strides) == found.strides == len(others)


def test_a_talk_that_never_begins_is_surveyed_as_nothing():
    found = seen("over: {end: done}")
    assert (found.strides, found.steps, found.first) == (0, set(), None)


def test_a_flow_of_five_hundred_questions_ends_where_its_bound_is():
    """Twenty answers are read at the very end, so the talks that differ are without number."""
    steps = "".join(f"q{n}: {{ask: Q?, choices: {{a: A, b: B}}}}\n" for n in range(500))
    reads = "".join(f"r{n}: {{say: R., only_if: q{n} == a}}\n" for n in range(0, 500, 25))
    found = seen(f"{steps}{reads}over: {{end: done}}", Extent(strides=3000))
    assert found.bounded == "bounded at 3000 steps"
    assert "welcome.over" not in found.steps


def test_five_hundred_questions_that_nobody_reads_are_all_walked():
    steps = "".join(f"q{n}: {{ask: Q?, choices: {{a: A, b: B}}}}\n" for n in range(500))
    found = seen(f"{steps}over: {{end: done}}", Extent(strides=500 * 9))
    assert {f"welcome.q{n}" for n in range(500)} <= found.steps
    assert "welcome.over" in found.steps

"""Coverage: what was not come to is named with its place, and nothing else is."""

from bot.workshop.coverage import missed, uncovered, wanted
from bot.workshop.samples import passed_over, samples_of
from bot.workshop.survey import Extent, Survey, survey
from tests.workshop.examples import STEPS, small, small_flows


def left(world, steps, strides=9999):
    """What a survey of these steps did not come to."""
    flows, other = small_flows(steps), small(world, steps)
    found = survey(flows, other, Extent(strides), ())
    sources = passed_over(other.material.plan, samples_of(other))
    return list(uncovered(flows, found, wanted(flows, sources, found.steps)))


def test_a_whole_walk_leaves_nothing(world):
    assert left(world, STEPS) == []


DEAD = """
one: {ask: One?, choices: {a: A, b: B}}
two: {ask: Two?, only_if: one == a, choices: {c: C}}
three: {ask: Three?, only_if: two is known, choices: {d: D, e: {label: E, next: five}}}
four: {ask: Four?, only_if: one == b and two is unknown, choices: {f: F}}
five: {ask: Five?, choices: {g: G}}
over: {end: done}
"""


def test_a_way_that_only_a_longer_story_shuts_out_is_named_with_its_place(world):
    """'three' comes only after 'two', and that only after 'a': so never 'four'."""
    found = left(world, DEAD.replace("one == b and two is unknown", "one == b"))
    assert [problem.rule for problem in found] == ["never-taken", "never-taken"]
    assert "from 'welcome.three' by 'answer' to 'welcome.four'" in found[0].sentence
    line = small_flows(DEAD).by_id["welcome"].step("three").mark.line
    assert {(problem.path, problem.line) for problem in found} == {("flows/example.yaml", line)}


def test_a_way_that_conditions_shut_out_is_not_asked_for(world):
    assert left(world, DEAD) == []


def test_what_lies_beyond_a_bound_is_named(world):
    found = left(world, DEAD, 5)
    assert {problem.rule for problem in found} == {"never-taken", "never-reached", "never-chosen"}


def test_a_way_by_a_choice_is_named_at_the_choice(world):
    flows = small_flows(DEAD)
    seen = Survey(places={("welcome.three",)})
    found = [
        problem
        for problem in uncovered(flows, seen, wanted(flows, {}, {"welcome.three"}))
        if "by 'e'" in problem.sentence
    ]
    assert [problem.line for problem in found] == [
        flows.by_id["welcome"].step("three").choices[1].mark.line
    ]


def test_steps_and_choices_that_were_missed_stand_in_file_order():
    flows = small_flows(DEAD)
    found = [str(one) for one in missed(flows, {"welcome.one"}, {("welcome.one", "a")})]
    assert found[0].endswith(": welcome.one, b")
    assert found[1].endswith(": welcome.two")
    assert found[0].startswith("flows/example.yaml:")

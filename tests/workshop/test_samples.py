"""Samples: few values, and each kind of place among them."""

from bot.flows.feasible import Resting
from bot.workshop.samples import passed_over, samples_of, source_reads


def test_outward_codes_of_none_of_one_and_of_several_councils_are_tried(world):
    codes = samples_of(world)["uk_outcode"]
    counts = [len(world.places.councils_of(code)) for code in codes]
    assert sorted(min(2, count) for count in counts) == [0, 1, 2]


def test_one_council_and_a_few_places_near_it_are_tried(world):
    samples = samples_of(world)
    assert samples["councils"] == tuple(world.places.councils)[:1]
    assert len(samples["councils_of_area"]) == 1
    assert len(samples["services_near"]) == 2
    assert set(samples["services_near"]) <= set(world.material.services)


def test_every_language_is_tried(world):
    assert "languages" not in samples_of(world)


def test_what_is_near_rests_on_the_questions_about_where_she_is(world):
    reads = source_reads(world.material.plan)
    assert reads["services_near"]
    plan = world.material.plan
    for name in reads["services_near"]:
        planned = plan.steps[name]
        assert planned.parser or planned.source.fills == "council"


def test_a_source_says_whether_its_question_is_passed_over(world):
    found = passed_over(world.material.plan, samples_of(world))
    assert found["languages"] == Resting(frozenset({False}), False, ())
    assert found["councils_of_area"].passed == {True, False}
    assert found["councils_of_area"].unknown

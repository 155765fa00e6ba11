"""Every finding of the study that is asked or matched has a step, a need and a fact, by name."""

import pytest

from bot.directory.shape import FACTS

# Rows of the research whose kind is *ask* or *match*, and the step that asks, where one does.
ASKED = {
    "S1": "triage.place",
    "S2": "triage.groups",
    "S3": "triage.worker",
    "S4": "triage.times",
    "D4": "triage.me",
    "D5": "triage.me",
    "D7": "triage.area",
    "F4": "triage.worker",
    "F5": "triage.place",
    "F7": "triage.avoid",
    "A1": "welcome.safe",
    "A5": "triage.also",
    "C1": "triage.children",
    "C2": "triage.times",
    "C3": "triage.children",
    "C4": "triage.children",
    "W1": "triage.worker",
    "W3": "triage.me",
    "W4": "triage.me",
    "W5": "triage.me",
    "W6": "triage.me",
    "W8": "triage.times",
    "W9": "triage.me",
    "W10": "about.what",
    "X3": "triage.also",
}
MATCHED = {
    "D1": "matters.what",
    "D2": "matters.what",
    "D3": "matters.what",
    "D8": "matters.what",
    "F1": "triage.children",
    "W2": "triage.worker",
    "W7": "triage.worker",
    "X1": "triage.me",
    "X2": "triage.me",
    "X4": "triage.also",
    "X5": "triage.also",
    "R6": "matters.what",
}
ROWS = {**ASKED, **MATCHED}

# Rows whose kind is *tell* or *do*, and the words that answer them. What the channels do is tested
# with the channels.
TOLD = {
    "D4": "know_not_daily.enough",
    "D5": "know_ordered.ask_first",
    "D8": "know_script.before",
    "D3": "know_missed.rule",
    "F1": "know_children.fear",
    "F2": "know_record.ask_them",
    "F6": "urgent.abuse",
    "A1": "know_accompanied.before",
    "A2": "urgent.now",
    "A3": "urgent.body",
    "A4": "know_abuse.signs",
    "A6": "know_in_prison.inside",
    "C3": "know_pregnant.opioids",
    "C4": "know_removed.after",
    "W9": "know_no_recourse.free",
    "W10": "know_relative.yourself",
    "X1": "know_stop_first.careful",
    "X6": "know_script.before",
}


@pytest.mark.parametrize("row", ROWS)
def test_the_promise_has_a_step_a_need_and_a_fact(world, data, row):
    needs = [need for need in data.vocabulary.needs.values() if row in need.promises]
    assert needs, f"no need of directory/needs.yaml answers {row}"
    planned = world.material.plan.steps[ROWS[row]]
    named = {
        name
        for effect in planned.effects.values()
        for name in effect.must | effect.prefer | effect.avoid
    }
    by_data = planned.source is not None  # the area, and the places to stay away from
    assert by_data or named & {need.id for need in needs}, f"{ROWS[row]} asks for none of {row}"
    assert all(clause.fact in FACTS for need in needs for clause in need.met_by)


@pytest.mark.parametrize("row", TOLD)
def test_what_is_promised_to_be_told_has_words_she_can_come_to(data, row):
    """`check` finds steps that nothing leads to; here only their names and words count."""
    flow, _, step = TOLD[row].partition(".")
    found = data.flows.by_id[flow].step(step)
    assert found is not None
    assert found.text is not None


def test_every_need_is_asked_for_somewhere(world, data):
    """A need that no choice names is a promise that nobody can call in."""
    named = {
        name
        for planned in world.material.plan.steps.values()
        for effect in planned.effects.values()
        for name in effect.must | effect.prefer | effect.avoid
    }
    assert set(data.vocabulary.needs) - named == set()


def test_every_choice_that_names_a_need_names_a_known_one(world, data):
    for planned in world.material.plan.steps.values():
        for effect in planned.effects.values():
            assert effect.must | effect.prefer | effect.avoid <= set(data.vocabulary.needs)

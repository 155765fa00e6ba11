"""Whatever happens to a talk, it stands where it would stand if only her acts had happened."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from bot import app
from bot.conversation.engine import compile_flows
from bot.conversation.sources import parsers
from bot.settings import Settings
from tests.machines.talking import Talking
from tests.sessions.stores import ALONE

QUICK = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
LONG = settings(
    QUICK, max_examples=2000, stateful_step_count=80, derandomize=False, phases=tuple(Phase)
)


@pytest.fixture(scope="module")
def worlds(data, world, moment):
    """The world, the same one built anew, and one in which a question and an answer are gone."""
    return (world, app.build_world(data, Settings(), moment.date()), edited(data, world))


def edited(data, world):
    """The flows without their first question about her, and without one answer of triage."""
    about, triage = data.flows.by_id["about"], data.flows.by_id["triage"]
    first = triage.steps[0]
    flows = replace(
        data.flows,
        fingerprint="edited",
        by_id=data.flows.by_id
        | {
            "about": replace(about, steps=about.steps[1:]),
            "triage": replace(
                triage,
                steps=(replace(first, choices=first.choices[:-1]), *triage.steps[1:]),
            ),
        },
    )
    sources = {
        planned.step.choices_from.text: planned.source
        for planned in world.material.plan.steps.values()
        if planned.source
    }
    plan = compile_flows(flows, sources, parsers())
    return replace(world, material=replace(world.material, plan=plan, drawn={}))


def machine(worlds, moment, kept_in):
    return type("Talk", (Talking,), {"worlds": worlds, "moment": moment, "kept_in": kept_in})


@pytest.mark.parametrize("kept_in", ALONE)
def test_whatever_happens_a_talk_stands_where_her_acts_lead(worlds, moment, kept_in):
    run_state_machine_as_test(machine(worlds, moment, kept_in), settings=QUICK)


@pytest.mark.soak
@pytest.mark.parametrize("kept_in", ALONE)
def test_for_hours_a_talk_stands_where_her_acts_lead(worlds, moment, kept_in):
    run_state_machine_as_test(machine(worlds, moment, kept_in), settings=LONG)

"""Flows edited under a living talk: it goes on, and no answer is read as another's."""

from dataclasses import replace

import pytest

from bot import app
from bot.conversation.engine import compile_flows
from bot.conversation.sources import parsers
from bot.settings import Settings
from tests.conversation.card_blocks import alerts
from tests.talk import Talk


def test_a_talk_from_before_an_edit_goes_on(data, moment):
    edited = replace(data, flows=replace(data.flows, fingerprint="another"))
    talk = Talk(app.build_world(data, Settings(), moment.date()), moment)
    talk.type("1", "Walsall")
    talk.turns.world = app.build_world(edited, Settings(), moment.date())
    assert talk.type("1").step == "triage.first"


@pytest.mark.parametrize(
    ("typed", "line"), [("3", False), ("I do not know what to do any more", True)]
)
def test_an_answer_to_a_question_that_is_gone_is_not_read_as_another(data, moment, typed, line):
    flows = data.flows
    about = flows.by_id["about"]
    shorter = replace(about, steps=about.steps[1:])
    by_id = {**flows.by_id, "about": shorter}
    edited = replace(data, flows=replace(flows, by_id=by_id, fingerprint="another"))
    talk = Talk(app.build_world(data, Settings(), moment.date()), moment)
    talk.type("1", "Walsall")
    plan = compile_flows(
        edited.flows,
        {
            name: step.source
            for step in talk.turns.world.material.plan.steps.values()
            if step.source
            for name in [step.step.choices_from.text]
        },
        parsers(),
    )
    material = replace(talk.turns.world.material, plan=plan)
    talk.turns.world = replace(talk.turns.world, material=material)
    assert talk.type(typed).step == "triage.first"
    # The urgent line comes before every other word about the card.
    assert ("The questions have changed a little." in talk.text) is not line
    assert any("In danger now? Ring 999" in alert for alert in alerts(talk.card)) is line
    assert talk.type("3").step == "triage.area"

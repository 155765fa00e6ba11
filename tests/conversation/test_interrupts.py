"""Interrupts: urgent help and the rest come back to the question that was left standing."""

from bot.conversation import engine
from bot.conversation.plan import Asked
from tests.conversation.short_flows import THREE, begin, go
from tests.examples import plan_of


def test_an_interrupt_comes_back_to_the_same_question():
    plan = plan_of(THREE)
    asked = go(plan, begin(plan), "red")
    inside = go(plan, asked, Asked("urgent"))
    assert inside.at == "urgent.now"
    after = go(plan, inside, "on")
    assert (after.at, after.trail, after.stack) == (asked.at, asked.trail, ())


def test_answers_inside_an_interrupt_are_not_recorded():
    plan = plan_of(THREE)
    session = go(plan, begin(plan), "red", Asked("know"), "keeps")
    assert session.at == "know.menu"
    assert session.said == ("know.keeps",)
    assert session.trail == (("welcome.colour", "red"),)


def test_back_leaves_an_interrupt():
    plan = plan_of(THREE)
    session = go(plan, begin(plan), "red", Asked("urgent"), Asked("back"))
    assert (session.at, session.stack) == ("welcome.size", ())


def test_a_second_interrupt_replaces_the_first():
    plan = plan_of(THREE)
    session = go(plan, begin(plan), Asked("know"), Asked("urgent"), Asked("urgent"))
    assert session.stack == ("!welcome.colour",)
    assert go(plan, session, "on").at == "welcome.colour"


def test_skipping_inside_an_interrupt_records_nothing():
    plan = plan_of(THREE)
    session = go(plan, begin(plan), Asked("urgent"), Asked("skip"))
    assert (session.at, session.trail) == ("welcome.colour", ())


def test_leave_ends_the_talk_from_anywhere():
    plan = plan_of(THREE)
    inside = go(plan, begin(plan), "red", Asked("urgent"))
    outcome = engine.step(plan, inside, Asked("leave"))
    assert (outcome.session, outcome.ended) == (None, "left")

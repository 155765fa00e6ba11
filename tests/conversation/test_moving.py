"""Moving: which answers count, the words said on the way, and a flow with no way on."""

import pytest

from bot.conversation import engine
from bot.conversation.moving import StuckError
from bot.conversation.plan import Chosen
from bot.sessions.model import pack
from tests.conversation.short_flows import THREE, begin, go
from tests.examples import plan_of


@pytest.mark.parametrize("values", [("green",), (), ("red", "blue")])
def test_typed_answers_that_are_none_are_asked_for_again(values):
    plan = plan_of(THREE)
    session = begin(plan)
    assert engine.step(plan, session, Chosen(values)).session == session._replace(misses=1)


def test_words_that_are_said_on_the_way_are_remembered_for_the_card():
    plan = plan_of("""
        one: {ask: One?, choices: {on: On}}
        said: {say: Thank you.}
        two: {ask: Two?, choices: {on: On}}
        over: {end: done}
    """)
    assert go(plan, begin(plan), "on").said == ("welcome.said",)


def test_the_last_words_come_with_the_end():
    plan = plan_of("one: {ask: One?, choices: {on: On}}\nbye: {say: Bye.}\nover: {end: done}")
    assert engine.step(plan, begin(plan), Chosen(("on",))).said == ("welcome.bye",)


# ---- several choices


MANY = """
what:
  ask: What fits?
  many: {min: 1, max: 2}
  choices: {a: A, b: B, c: C, none: {label: None, alone: true}}
over: {ask: Over?, choices: {on: On}}
end: {end: done}
"""


def test_several_choices_are_kept_in_the_order_of_the_file():
    plan = plan_of(MANY)
    session = engine.step(plan, begin(plan), Chosen(("b", "a"))).session
    assert session.trail == (("welcome.what", ("a", "b")),)


def test_a_choice_that_stands_alone_with_others_is_asked_for_again():
    """ "Only a woman" and "I do not mind" together: only she can say which."""
    plan = plan_of(MANY)
    session = engine.step(plan, begin(plan), Chosen(("a", "none"))).session
    assert (session.at, session.misses) == ("welcome.what", 1)
    assert go(plan, session, Chosen(("none",))).trail == (("welcome.what", ("none",)),)


@pytest.mark.parametrize("values", [(), ("a", "b", "c"), ("a", "x")])
def test_too_few_too_many_or_unknown_choices_are_no_answer(values):
    plan = plan_of(MANY)
    assert engine.step(plan, begin(plan), Chosen(values)).session.misses == 1


# ---- no way on


def test_a_flow_without_a_way_on_is_stopped_not_looped():
    plan = plan_of("one: {ask: One?, choices: {on: On}}\ntwo: {say: Two.}\nloop: {next: two}")
    with pytest.raises(StuckError):
        engine.step(plan, begin(plan), Chosen(("on",)))


def test_a_flow_that_runs_off_its_end_is_stopped():
    plan = plan_of("one: {ask: One?, choices: {on: On}}\ntwo: {say: Two.}")
    with pytest.raises(StuckError):
        engine.step(plan, begin(plan), Chosen(("on",)))


def test_an_answer_with_no_way_on_is_stopped():
    plan = plan_of("one: {ask: One?, choices: {on: On}}")
    with pytest.raises(StuckError):
        engine.step(plan, begin(plan), Chosen(("on",)))


def test_a_flow_in_which_nothing_is_ever_asked_is_stopped():
    plan = plan_of("one: {ask: One?, only_if: one is known, choices: {on: On}}")
    with pytest.raises(StuckError):
        begin(plan)


def test_a_failed_turn_leaves_the_session_as_it_was():
    plan = plan_of("one: {ask: One?, choices: {on: On}}\ntwo: {say: Two.}")
    session = begin(plan)
    before = pack(session)
    with pytest.raises(StuckError):
        engine.step(plan, session, Chosen(("on",)))
    assert pack(session) == before

"""Switching: several choices, switched on and off before they are given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.messages import Switch
from bot.conversation.switching import switched
from tests.examples import plan_of

PLAN = plan_of("""
many:
  ask: Which?
  many: {min: 1}
  choices:
    a: A
    b: B
    c: C
    any: {label: Any, alone: true}
    none: {label: None, alone: true}
few:
  ask: Which two?
  many: {min: 1, max: 2}
  choices:
    a: A
    b: B
    c: C
    any: {label: Any, alone: true}
one:
  ask: Which one?
  choices:
    a: A
    b: B
""")
OPTIONS = ("a", "b", "c", "any", "none")
TOGETHER = ("a", "b", "c")
values = st.sampled_from([*OPTIONS, "gone", ""])
acts = st.lists(st.tuples(values, st.booleans()))


def after(picked, value, *, on=True, step="many", options=OPTIONS):
    act = Switch(f"welcome.{step}", value, on, 1)
    return switched(PLAN.steps[f"welcome.{step}"], options, picked, act)


def after_all(acts, step="many"):
    picked = ()
    for value, on in acts:
        picked = after(picked, value, on=on, step=step)
    return picked


# ---- one act


def test_a_choice_is_switched_on():
    assert after((), "b") == ("b",)


def test_a_choice_is_switched_off():
    assert after(("a", "b"), "a", on=False) == ("b",)


def test_what_is_on_stands_in_the_order_of_the_card():
    assert after(("c",), "a") == ("a", "c")


@pytest.mark.parametrize("alone", ["any", "none"])
def test_a_choice_that_stands_alone_switches_the_others_off(alone):
    assert after(("a", "c"), alone) == (alone,)


@pytest.mark.parametrize("alone", ["any", "none"])
def test_another_choice_switches_off_what_stands_alone(alone):
    assert after((alone,), "b") == ("b",)


def test_of_two_that_stand_alone_the_last_stays():
    assert after(("any",), "none") == ("none",)


def test_what_stands_alone_can_be_switched_off():
    assert after(("any",), "any", on=False) == ()


@pytest.mark.parametrize("on", [True, False])
def test_what_is_no_option_changes_nothing(on):
    assert after(("a", "c"), "gone", on=on) == ("a", "c")


def test_an_option_that_is_not_shown_now_changes_nothing():
    assert after(("a",), "b", options=("a", "c")) == ("a",)


def test_what_is_on_and_not_shown_any_more_goes_with_the_next_act():
    assert after(("a", "gone"), "b") == ("a", "b")


@pytest.mark.parametrize("on", [True, False])
def test_nothing_is_switched_where_there_is_one_answer(on):
    assert after(("a",), "b", on=on, step="one", options=("a", "b")) == ("a",)


def test_one_more_than_the_step_takes_changes_nothing():
    assert after(("a", "b"), "c", step="few") == ("a", "b")


def test_after_one_was_switched_off_there_is_room_for_another():
    assert after(after(("a", "b"), "a", on=False, step="few"), "c", step="few") == ("b", "c")


def test_what_stands_alone_fits_where_there_is_no_room():
    assert after(("a", "b"), "any", step="few") == ("any",)


def test_a_choice_that_is_on_already_needs_no_room():
    assert after(("a", "b"), "b", step="few") == ("a", "b")


# ---- many acts


@given(acts, values, st.booleans())
def test_the_same_act_twice_is_the_same_as_once(before, value, on):
    picked = after_all(before)
    once = after(picked, value, on=on)
    assert after(once, value, on=on) == once


@given(acts)
def test_what_is_on_is_always_an_answer_that_may_be_given(before):
    picked = after_all(before)
    assert len(set(picked)) == len(picked)
    assert set(picked) <= set(TOGETHER) or picked in {("any",), ("none",)}


@given(acts)
def test_what_is_on_always_stands_in_the_order_of_the_card(before):
    picked = after_all(before)
    assert list(picked) == sorted(picked, key=OPTIONS.index)


@given(acts)
def test_there_are_never_more_than_the_step_takes(before):
    assert len(after_all([act for act in before if act[0] != "none"], step="few")) <= 2


@given(acts, st.sampled_from(TOGETHER))
def test_what_was_switched_on_last_is_on(before, value):
    assert value in after(after_all(before), value)

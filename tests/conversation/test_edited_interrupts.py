"""Interrupts and calls when a flow is edited: urgent help and the cover stay, no press fails."""

import pytest

from bot.conversation.plan import Asked
from bot.conversation.replaying import migrate
from tests.conversation.short_flows import LONGER, THREE, begin, go
from tests.examples import plan_of


def test_urgent_help_and_the_cover_stay_when_a_flow_is_edited():
    old = plan_of(LONGER)
    session = go(old, begin(old), "red", "big", Asked("urgent"))
    moved = migrate(plan_of(LONGER.replace("small: Small", "tiny: Tiny")), session)
    assert (moved.at, moved.stack) == ("urgent.now", ("!welcome.shape",))


def test_an_interrupt_that_is_gone_gives_way_to_its_question():
    old = plan_of(THREE)
    session = go(old, begin(old), "red", Asked("know"))._replace(at="know.gone", fingerprint="old")
    assert migrate(old, session).at == "welcome.size"


CALLING = """
flow: deeper
steps:
  ask: {ask: Deeper?, choices: {on: On}}
  back: {return: true}
"""
KNOW_MORE = {
    "menu": "flow: know\nsteps:\n  menu: {ask: Menu?, choices: {deep: {label: D, next: deep}, on: {label: O, next: on}}}\n",
    "deep": "  deep: {call: deeper, next: menu}\n",
    "on": "  on: {return: true}\n",
}


def calling_plan(**changes):
    """A plan whose flow `know` calls another; `changes` replaces lines of `know`."""
    know = "".join({**KNOW_MORE, **changes}.values())
    return plan_of("one: {ask: One?, choices: {on: On}}\nover: {end: done}", CALLING, know=know)


@pytest.fixture
def deep():
    plan = calling_plan()
    return go(plan, begin(plan), Asked("know"), "deep")


def test_a_call_inside_an_interrupt_comes_back_after_its_step_was_renamed(deep):
    new = calling_plan(
        menu=KNOW_MORE["menu"].replace("next: deep", "next: far"),
        deep="  far: {call: deeper, next: menu, was: [deep]}\n",
    )
    moved = migrate(new, deep)
    assert (moved.at, moved.stack) == ("deeper.ask", ("!welcome.one", "know.far"))
    assert go(new, moved, "on").at == "know.menu"


@pytest.mark.parametrize("instead", ["", "  deep: {say: Deep., next: menu}\n"])
def test_a_call_that_is_gone_leaves_the_interrupt(deep, instead):
    """Otherwise her next press would fail, and every one after it."""
    menu = KNOW_MORE["menu"]
    new = calling_plan(
        menu=menu if instead else menu.replace("next: deep", "next: on"), deep=instead
    )
    assert migrate(new, deep).at == "welcome.one"


def test_an_interrupt_inside_a_called_flow_comes_back_into_it():
    """The call must not be lost: at the end of the called flow her press would fail."""
    steps = "call: {call: deeper}\nlast: {ask: Last?, choices: {on: On}}\nover: {end: done}"
    plan = plan_of(steps, CALLING)
    session = go(plan, begin(plan), Asked("urgent"))
    moved = migrate(plan, session._replace(fingerprint="old"))
    assert moved.stack == session.stack == ("welcome.call", "!deeper.ask")
    assert go(plan, moved, "on", "on").at == "welcome.last"


def test_a_renamed_question_of_an_interrupt_stays_on_the_screen():
    plan = calling_plan()
    session = go(plan, begin(plan), Asked("know"))
    new = calling_plan(
        menu=KNOW_MORE["menu"].replace("menu: {", "list: {was: [menu], "),
        deep="  deep: {call: deeper, next: list}\n",
    )
    moved = migrate(new, session)
    assert (moved.at, moved.stack) == ("know.list", ("!welcome.one",))

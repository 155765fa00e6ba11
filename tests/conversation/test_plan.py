"""The plan: what flows become before anybody talks; no text of theirs is code, and nothing is logged."""

from bot.conversation import engine
from bot.conversation.plan import Chosen
from tests.conversation.short_flows import THREE, area_plan, begin, go
from tests.examples import plan_of

TYPED_ONLY = """
one:
  ask: One?
  choices: {a: A, word: {label: Word, typed_only: true, next: over}}
two: {ask: Two?, choices: {b: B}}
over: {end: done}
"""


def test_an_answer_that_is_only_typed_is_not_shown_and_counts():
    plan = plan_of(TYPED_ONLY)
    assert plan.options(begin(plan)) == ("a",)
    assert engine.step(plan, begin(plan), Chosen(("word",))).ended == "done"


def test_a_question_with_one_choice_is_passed_over():
    plan = area_plan(few=("a",))
    assert go(plan, begin(plan), "ur", "dudley").at == "welcome.found"


def test_no_string_of_a_flow_ever_becomes_a_callback():
    plan = plan_of(THREE.replace("red", "os_system").replace("Red", "os.system"))
    callbacks = [
        condition.func
        for event in plan.events.values()
        for transitions in event.transitions.values()
        for transition in transitions
        for condition in (
            *transition.conditions,
            *transition.before,
            *transition.after,
            *transition.prepare,
        )
    ]
    assert callbacks
    assert all(callable(callback) and not isinstance(callback, str) for callback in callbacks)


def test_the_machine_writes_no_steps_into_the_log(caplog):
    plan = plan_of(THREE)
    with caplog.at_level("INFO"):
        go(plan, begin(plan), "red", "big")
    assert caplog.text == ""

"""Promises: a talk that keeps them says nothing, and each breach is found where it is."""

from dataclasses import replace

import pytest

from bot.conversation import engine
from bot.conversation.plan import Asked, Chosen, NotUnderstood, Outcome
from bot.flows.graph import asked_again, reads_after
from bot.simulator import Ahead, Stride
from bot.workshop.promises import PROMISES, Promises
from bot.workshop.survey import surveyed
from tests.examples import plan_of
from tests.workshop.examples import small_flows

STEPS = """
one: {ask: One?, choices: {a: A, b: B}}
two: {ask: Two?, choices: {c: C, d: D}}
over: {end: done}
"""
HERE = ("welcome.two", (), ())


@pytest.fixture
def promises():
    flows = small_flows(STEPS)
    safe = replace(flows.by_id["urgent"].steps[0].text, safety=True)
    now = replace(flows.by_id["urgent"].steps[0], text=safe)
    urgent = replace(flows.by_id["urgent"], steps=(now, *flows.by_id["urgent"].steps[1:]))
    flows = replace(flows, by_id={**flows.by_id, "urgent": urgent})
    plan = engine.compile_flows(flows, {}, {})
    return Promises(flows, plan), plan


def at_two(plan):
    return engine.step(plan, engine.start(plan, "en").session, Chosen(("a",))).session


def rules(promises):
    return {problem.rule for problem in promises.problems}


def test_a_talk_that_keeps_every_promise_has_no_problems(promises):
    judge, plan = promises
    flows = small_flows(STEPS)
    ahead = Ahead(reads_after(flows), asked_again(flows))
    found = surveyed(plan, ahead, {}, judges=[judge])
    assert found.strides > 40
    assert judge.problems == []


def breach(promises, move, outcome, before=None, reached=HERE, fault=""):
    """What is said about one move that came to this."""
    judge, plan = promises
    judge(Stride(before or at_two(plan), move, outcome, HERE, reached, fault))
    return rules(judge)


def changed(plan, **changes):
    return Outcome(at_two(plan)._replace(**changes))


def test_an_exception_of_the_engine_is_a_fault(promises):
    assert breach(promises, Chosen(("c",)), Outcome(None), fault="StuckError") == {"fault"}


def test_neither_a_question_nor_an_end_is_found(promises):
    _, plan = promises
    assert breach(promises, Chosen(("c",)), Outcome(None)) == {"no-wait"}
    assert breach(promises, Chosen(("c",)), changed(plan, at="welcome.over")) == {"no-wait"}


def test_a_check_that_fails_itself_is_a_fault(promises):
    _, plan = promises
    assert breach(promises, Chosen(("c",)), changed(plan, at="nowhere")) == {"fault"}


def test_words_that_mean_nothing_must_move_nothing(promises):
    _, plan = promises
    assert breach(promises, NotUnderstood(), changed(plan, at="welcome.one")) >= {
        "moved-by-nothing"
    }


def test_going_back_must_restore_the_talk(promises):
    _, plan = promises
    wrong = changed(plan, trail=(("welcome.one", "b"), ("welcome.two", "c")))
    assert "back-changes" in breach(promises, Chosen(("c",)), wrong)


def test_the_same_answers_must_lead_to_the_same_question(promises):
    _, plan = promises
    assert breach(promises, Asked("skip"), changed(plan, at="welcome.one")) == {"replay-differs"}
    again = Promises(small_flows(STEPS), plan)
    assert (
        breach((again, plan), Asked("skip"), changed(plan, at="welcome.one"), reached=None)
        == set()
    )


def test_a_session_must_survive_being_kept(promises):
    _, plan = promises
    assert "packing-differs" in breach(promises, Asked("skip"), changed(plan, turn="3"))


def test_a_word_that_wipes_must_end_the_talk(promises):
    _, plan = promises
    assert breach(promises, Asked("leave"), changed(plan)) == {"leave-stays"}


def test_urgent_help_must_speak_of_safety_at_once(promises):
    _, plan = promises
    assert breach(promises, Asked("urgent"), changed(plan)) == {"urgent-late"}
    silent = plan_of(STEPS)
    judge = Promises(small_flows(STEPS), silent)
    outcome = engine.step(silent, at_two(silent), Asked("urgent"))
    assert breach((judge, silent), Asked("urgent"), outcome) == {"urgent-late"}


def test_out_of_urgent_help_the_same_question_must_stand(promises):
    _, plan = promises
    wrong = changed(plan, at="urgent.now", stack=("!welcome.one",))
    assert breach(promises, Asked("urgent"), wrong, reached=None) == {"urgent-astray"}


def test_an_interrupt_must_keep_every_answer_and_come_back(promises):
    _, plan = promises
    inside = engine.step(plan, at_two(plan), Asked("know")).session
    more = changed(plan, at="know.menu", stack=inside.stack, trail=())
    found = breach(promises, Chosen(("keeps",)), more, inside, reached=None)
    assert found == {"interrupt-astray"}
    judge = Promises(small_flows(STEPS), plan)
    elsewhere = changed(plan, at="welcome.one")
    found = breach((judge, plan), Chosen(("on",)), elsewhere, inside, reached=None)
    assert found == {"interrupt-astray"}


def test_a_breach_is_told_once_for_each_step_with_its_place(promises):
    judge, _ = promises
    for _ in range(3):
        breach(promises, Chosen(("c", "d")), Outcome(None), fault="StuckError")
    (problem,) = judge.problems
    mark = small_flows(STEPS).by_id["welcome"].step("two").mark
    assert (problem.path, problem.line) == ("flows/example.yaml", mark.line)
    assert problem.sentence == f"after 'c, d' this is broken: {PROMISES['fault']}"


@pytest.mark.parametrize(
    ("move", "words"), [(Asked("skip"), "'skip'"), (NotUnderstood(), "no answer")]
)
def test_a_breach_says_after_which_move(promises, move, words):
    breach(promises, move, Outcome(None), fault="StuckError")
    assert f"after {words} this" in promises[0].problems[0].sentence

"""The fold: the needs that the answers come to, and the cards that get them."""

from bot.conversation import engine
from bot.conversation.counting import countable
from bot.conversation.plan import Chosen
from tests.conversation.short_flows import area_plan, begin, go
from tests.examples import plan_of


def test_the_needs_hold_the_area_and_what_is_hidden():
    plan = area_plan()
    session = go(plan, begin(plan), "ur", "B29", "b", "hide", Chosen(("two",)))
    needs = engine.present(plan, session).needs
    assert (needs.council, needs.outcode, needs.hidden) == ("b", "B29", frozenset({"two"}))
    assert needs.language == "ur"


def test_what_only_a_sensitive_question_asked_is_marked_so():
    plan = plan_of(
        """
        hard: {ask: Which?, sensitive: true, choices: {a: {label: A, must: [one], prefer: [two]}}}
        easy: {ask: And?, choices: {b: {label: B, prefer: [two, three]}}}
        words: {ask: You can say this., shows: script, choices: {on: On}}
        over: {end: done}
        """
    )
    first = engine.step(plan, begin(plan), Chosen(("a",))).session
    needs = engine.step(plan, first, Chosen(("b",))).needs
    assert (needs.must, needs.prefer) == ({"one"}, {"two", "three"})
    assert needs.sensitive == {"one"}
    assert countable(plan) == {"two", "three"}


def test_a_card_made_from_her_answers_gets_her_needs_and_a_plain_question_does_not():
    plan = plan_of(
        """
        shape: {ask: Which?, choices: {round: {label: Round, must: [round_one]}}}
        words: {ask: You can say this., shows: script, choices: {on: On}}
        over: {end: done}
        """
    )
    outcome = engine.step(plan, begin(plan), Chosen(("round",)))
    assert outcome.needs.must == {"round_one"}
    assert engine.start(plan, "en").needs is None

"""Going back: the last answer is taken away exactly, and no press is dead."""

from bot.conversation import engine
from bot.conversation.plan import Asked, Chosen, NothingFound
from tests.conversation.short_flows import THREE, area_plan, aside_plan, begin, go, hidden
from tests.examples import plan_of


def test_back_takes_the_last_answer_away_exactly():
    plan = plan_of(THREE)
    before = go(plan, begin(plan), "red")
    after = go(plan, before, "big", Asked("back"))
    assert (after.at, after.trail) == (before.at, before.trail)


def test_back_at_the_first_question_shows_it_again():
    plan = plan_of(THREE)
    assert go(plan, begin(plan), Asked("back")).at == "welcome.colour"


def test_arriving_again_forgets_that_answer_and_all_later_ones():
    plan = plan_of("""
        one: {ask: One?, choices: {a: {label: A, must: [need_a]}, b: B}}
        two: {ask: Two?, choices: {c: {label: C, must: [need_c]}}}
        found: {results: services, choices: {again: {label: Again, next: one}, done: Done}}
        over: {end: done}
    """)
    session = go(plan, begin(plan), "a", "c", "again")
    assert (session.at, session.trail) == ("welcome.one", ())
    outcome = engine.step(plan, go(plan, session, "b"), Asked("skip"))
    assert outcome.needs.must == frozenset()


def test_back_after_nothing_was_found_is_no_dead_press():
    plan = area_plan()
    session = go(plan, begin(plan), "en", "dudley", "a", NothingFound(), Asked("back"))
    assert session.at == "welcome.which"


def test_going_back_keeps_what_was_hidden():
    plan = aside_plan()
    session = go(plan, begin(plan), "a", "hide", Chosen(("x",)), "again", "b", "on", "c")
    back = go(plan, session, Asked("back"))
    assert (back.at, hidden(plan, back)) == ("welcome.two", {"x"})


def test_going_back_from_a_list_after_hiding_is_no_dead_press():
    plan = aside_plan()
    session = go(plan, begin(plan), "a", "on", "c", "hide", Chosen(("x",)))
    back = go(plan, session, Asked("back"))
    assert (back.at, hidden(plan, back)) == ("welcome.two", {"x"})


def test_going_back_from_the_question_aside_shows_the_list_again():
    plan = aside_plan()
    session = go(plan, begin(plan), "a", "on", "c", "hide", Asked("back"))
    assert session.at == "welcome.better"

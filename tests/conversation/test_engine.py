"""The engine: the order of questions, conditions, old buttons, calls and results."""

from bot.conversation import engine
from bot.conversation.plan import Asked, Chosen, NothingFound, NotUnderstood
from bot.sessions.model import pack, unpack
from tests.conversation.short_flows import THREE, area_plan, begin, go
from tests.examples import plan_of


def test_a_talk_begins_at_the_first_question():
    session = begin(plan_of(THREE))
    assert (session.at, session.trail, session.turn) == ("welcome.colour", (), 1)


def test_an_answer_leads_to_the_next_step_in_the_file():
    plan = plan_of(THREE)
    session = go(plan, begin(plan), "red")
    assert session.at == "welcome.size"
    assert session.trail == (("welcome.colour", "red"),)
    assert session.turn == 2


def test_a_question_that_does_not_apply_is_passed_over():
    plan = plan_of(THREE)
    assert go(plan, begin(plan), "blue").at == "welcome.shape"


def test_a_skipped_question_is_unknown_and_not_no():
    plan = plan_of(THREE)
    session = go(plan, begin(plan), Asked("skip"))
    assert session.at == "welcome.shape"
    assert session.trail == (("welcome.colour", None),)


def test_the_last_answer_ends_the_talk():
    plan = plan_of(THREE)
    outcome = engine.step(plan, go(plan, begin(plan), "blue"), Chosen(("round",)))
    assert outcome.session is None
    assert outcome.ended == "done"


def test_a_talk_may_be_over_before_it_begins():
    plan = plan_of("bye: {say: Bye.}\nover: {end: done}")
    assert engine.start(plan, "en").ended == "done"


def test_a_choice_may_jump():
    plan = plan_of("""
        one: {ask: One?, choices: {on: On, far: {label: Far, next: three}}}
        two: {ask: Two?, choices: {on: On}}
        three: {ask: Three?, choices: {on: On}}
        over: {end: done}
    """)
    assert go(plan, begin(plan), "far").at == "welcome.three"


def test_a_session_survives_packing():
    plan = area_plan()
    session = go(plan, begin(plan), "ur", "B29", Asked("skip"), "hide", Asked("know"))
    assert unpack(pack(session)) == session


# ---- presses that change nothing


def test_a_pressed_answer_that_is_none_changes_nothing():
    plan = plan_of(THREE)
    outcome = engine.step(plan, begin(plan), Chosen(("green",), "welcome.colour", 1))
    assert (outcome.session, outcome.repeated) == (begin(plan), True)


def test_an_old_button_shows_the_present_card():
    plan = plan_of(THREE)
    session = go(plan, begin(plan), "red")
    outcome = engine.step(plan, session, Chosen(("blue",), "welcome.colour", 1))
    assert (outcome.session, outcome.repeated) == (session, True)


def test_a_button_of_the_present_card_counts():
    plan = plan_of(THREE)
    outcome = engine.step(plan, begin(plan), Chosen(("red",), "welcome.colour", 1))
    assert outcome.session.at == "welcome.size"


def test_an_unknown_word_for_everywhere_changes_nothing():
    plan = plan_of(THREE)
    assert engine.step(plan, begin(plan), Asked("dance")).repeated


# ---- calls


SUB = """
flow: sub
steps:
  method: {ask: How?, choices: {phone: Phone, text: Text}}
  done: {return: true}
"""


def test_a_called_flow_comes_back_after_the_call():
    plan = plan_of("call: {call: sub}\nlast: {ask: Last?, choices: {on: On}}\nover: {end: d}", SUB)
    assert go(plan, begin(plan), "phone").at == "welcome.last"


def test_a_flow_called_twice_comes_back_to_each_place():
    steps = """
        first: {ask: First?, choices: {now: Now, later: Later}}
        early: {call: sub, only_if: first == now}
        middle: {ask: Middle?, choices: {on: On}}
        late: {call: sub, only_if: first == later}
        last: {ask: Last?, choices: {on: On}}
        over: {end: done}
    """
    plan = plan_of(steps, SUB)
    assert go(plan, begin(plan), "now", "text", "on").at == "welcome.last"
    assert go(plan, begin(plan), "later", "on", "text").at == "welcome.last"


def test_an_answer_of_a_called_flow_can_be_read_outside():
    steps = """
        call: {call: sub}
        by_phone: {ask: Phone?, only_if: sub.method == phone, choices: {on: On}}
        last: {ask: Last?, choices: {on: On}}
        over: {end: done}
    """
    plan = plan_of(steps, SUB)
    assert go(plan, begin(plan), "phone").at == "welcome.by_phone"
    assert go(plan, begin(plan), "text").at == "welcome.last"


# ---- choices from data, typed values, results


def test_a_chosen_language_is_the_language_of_the_session():
    plan = area_plan()
    assert go(plan, begin(plan), "ur").language == "ur"


def test_a_language_chosen_beforehand_is_not_asked_again():
    outcome = engine.start(area_plan(), "ur", chosen=True)
    assert outcome.session.at == "welcome.area"
    assert outcome.session.trail == (("welcome.language", "ur"),)


def test_a_first_question_that_is_not_the_language_is_asked_all_the_same():
    assert engine.start(plan_of(THREE), "ur", chosen=True).session.at == "welcome.colour"


def test_a_question_that_may_not_be_skipped_stands_again():
    plan = area_plan()
    assert engine.step(plan, begin(plan), Asked("skip")).repeated


def test_typed_words_that_mean_nothing_count_as_misses_until_an_answer():
    plan = area_plan()
    session = go(plan, begin(plan), "en", NotUnderstood(), NotUnderstood())
    assert (session.misses, session.at) == (2, "welcome.area")
    assert go(plan, session, "dudley").misses == 0


def test_where_nothing_is_found_the_talk_goes_on_to_the_lines():
    plan = area_plan()
    session = go(plan, begin(plan), "en", "dudley", "a", NothingFound())
    assert session.at == "welcome.lines"
    assert session.said == ("welcome.none",)


def test_nothing_found_where_no_way_is_written_changes_nothing():
    plan = plan_of(THREE)
    assert engine.step(plan, begin(plan), NothingFound()).repeated


def test_results_can_be_come_back_to_without_forgetting_answers():
    plan = area_plan()
    session = go(plan, begin(plan), "en", "dudley", "a", "hide", Chosen(("one",)))
    assert session.at == "welcome.found"
    assert ("welcome.hide", ("one",)) in session.trail

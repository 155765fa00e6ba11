"""Flows edited under a living talk: every answer that can be kept is kept."""

import pytest

from bot.conversation import engine
from bot.conversation.folding import fold
from bot.conversation.plan import Asked, Chosen, NotUnderstood
from bot.conversation.replaying import as_today, migrate, replay
from bot.sessions.model import Session
from tests.conversation.short_flows import ASIDE, LONGER, THREE, aside_plan, begin, go
from tests.examples import plan_of

EDITED = THREE.replace("Which colour?", "What colour?")
WITHOUT_SIZE = THREE.replace("only_if: colour == red", "only_if: colour == blue")
NO_BIG = THREE.replace("{big: Big, small: Small}", "{tiny: Tiny, small: Small}")
RENAMED = THREE.replace("size:", "width:\n  was: [size]").replace(
    "big: Big", "wide: {label: Wide, was: [big]}"
)
NEW_QUESTION = THREE.replace("shape:", "taste:\n  ask: Taste?\n  choices: {sweet: Sweet}\nshape:")


def test_a_better_text_leaves_the_session_alone():
    session = go(plan_of(THREE), begin(plan_of(THREE)), "red", "big")
    assert engine.present(plan_of(EDITED), session).session == session
    assert plan_of(EDITED).fingerprint == plan_of(THREE).fingerprint


def test_a_step_that_is_gone_is_passed_over_and_the_rest_kept():
    session = go(plan_of(THREE), begin(plan_of(THREE)), "red", "big")
    moved = migrate(plan_of(WITHOUT_SIZE), session)
    assert moved.at == "welcome.shape"
    assert moved.trail == (("welcome.colour", "red"),)


def test_a_choice_that_is_gone_brings_back_that_one_question():
    session = go(plan_of(THREE), begin(plan_of(THREE)), "red", "big")
    moved = migrate(plan_of(NO_BIG), session)
    assert (moved.at, moved.trail) == ("welcome.size", (("welcome.colour", "red"),))


def test_a_renamed_step_and_choice_keep_the_answer():
    session = go(plan_of(THREE), begin(plan_of(THREE)), "red", "big")
    moved = migrate(plan_of(RENAMED), session)
    assert moved.trail[1] == ("welcome.width", "wide")
    assert moved.at == "welcome.shape"


def test_a_new_question_is_asked_and_later_answers_are_given_again_after_it():
    old = plan_of(LONGER)
    session = go(old, begin(old), "red", "big", "round")
    new = plan_of(NEW_QUESTION.replace("over:", "end:\n  ask: End?\n  choices: {on: On}\nover:"))
    moved = migrate(new, session)
    assert moved.at == "welcome.taste"
    assert moved.pending == (("welcome.shape", "round"),)
    after = go(new, moved, "sweet")
    assert (after.at, after.pending) == ("welcome.end", ())
    assert ("welcome.shape", "round") in after.trail


def test_a_kept_answer_that_no_longer_fits_is_let_go():
    old = plan_of(LONGER)
    session = go(old, begin(old), "red", "big", "round")
    text = NEW_QUESTION.replace("round: {label: Round, must: [round_one]}, ", "")
    new = plan_of(text.replace("over:", "end:\n  ask: End?\n  choices: {on: On}\nover:"))
    after = go(new, migrate(new, session), "sweet")
    assert after.at == "welcome.shape"


def test_skips_survive_an_edit():
    old = plan_of(LONGER)
    session = go(old, begin(old), "red", Asked("skip"), "round")
    moved = migrate(plan_of(LONGER.replace("Red", "Scarlet")), session)
    assert moved.trail == session.trail


def test_a_session_of_before_is_brought_over_before_it_moves():
    session = go(plan_of(THREE), begin(plan_of(THREE)), "red", "big")
    outcome = engine.step(plan_of(WITHOUT_SIZE), session, Chosen(("square",)))
    assert outcome.ended == "done"


def test_a_session_from_nowhere_starts_afresh_and_never_raises():
    plan = plan_of(THREE)
    strange = Session("other", "gone.step", "en", trail=(("gone.step", "x"),))
    assert engine.step(plan, strange, NotUnderstood()).session.at == "welcome.colour"


def test_a_session_under_flows_that_end_at_once_starts_where_they_end():
    plan = plan_of("bye: {say: Bye.}\nover: {end: done}")
    session = go(plan_of(THREE), begin(plan_of(THREE)), "red")
    assert migrate(plan, session).trail == ()


# ---- nine answers


NINE = "\n".join(
    f"q{n}:\n  ask: Question {n}?\n  choices: {{a{n}: A, b{n}: B}}" for n in range(1, 11)
)
NINE += "\nover: {end: done}\n"
ANSWERS = [f"a{n}" for n in range(1, 10)]


def question(number, text=NINE):
    """The lines of one question."""
    start = text.index(f"q{number}:")
    return text[start : text.index(f"q{number + 1}:" if number < 10 else "over:")]


@pytest.fixture
def nine():
    """A talk with nine answers that stands at the tenth question."""
    plan = plan_of(NINE)
    return go(plan, begin(plan), *ANSWERS)


def kept(session):
    return [answer for _, answer in session.trail]


def test_a_better_text_keeps_nine_of_nine_and_the_session_as_it_is(nine):
    plan = plan_of(NINE.replace("Question 4?", "What is the fourth?"))
    assert plan.fingerprint == nine.fingerprint
    assert engine.present(plan, nine).session == nine


def test_the_present_question_taken_out_keeps_nine_and_goes_on(nine):
    new = NINE.replace(question(10), "q11: {ask: Another?, choices: {x: X}}\n")
    moved = migrate(plan_of(new), nine)
    assert (moved.at, kept(moved), moved.pending) == ("welcome.q11", ANSWERS, ())
    assert moved.turn == nine.turn + 1


def test_an_earlier_question_taken_out_keeps_the_other_eight(nine):
    moved = migrate(plan_of(NINE.replace(question(5), "")), nine)
    assert (moved.at, moved.turn) == (nine.at, nine.turn)
    assert kept(moved) == [answer for answer in ANSWERS if answer != "a5"]


def test_a_new_question_stops_there_and_gives_the_rest_after_it(nine):
    new = plan_of(NINE.replace("q8:", "new: {ask: New?, choices: {n: N}}\nq8:"))
    moved = migrate(new, nine)
    assert (moved.at, len(moved.trail), len(moved.pending)) == ("welcome.new", 7, 2)
    after = go(new, moved, "n")
    assert (after.at, after.pending) == ("welcome.q10", ())
    assert kept(after) == [*ANSWERS[:7], "n", *ANSWERS[7:]]


def test_her_choice_taken_out_asks_that_one_question_again(nine):
    new = plan_of(NINE.replace("a6: A, ", ""))
    moved = migrate(new, nine)
    assert (moved.at, len(moved.trail), len(moved.pending)) == ("welcome.q6", 5, 3)
    assert go(new, moved, "b6").at == "welcome.q10"


def test_a_renamed_step_and_choice_keep_nine_of_nine(nine):
    renamed = NINE.replace("q3:", "third:\n  was: [older, q3]").replace(
        "a3: A", "first: {label: A, was: [a3]}"
    )
    moved = migrate(plan_of(renamed), nine)
    assert (moved.at, moved.turn, len(moved.trail)) == (nine.at, nine.turn, 9)
    assert moved.trail[2] == ("welcome.third", "first")


def test_the_present_question_renamed_is_the_same_question(nine):
    new = plan_of(NINE.replace("q10:", "tenth:\n  was: [q10]"))
    moved = migrate(new, nine)
    assert (moved.at, moved.turn, kept(moved)) == ("welcome.tenth", nine.turn, ANSWERS)


def test_questions_in_another_order_keep_every_answer(nine):
    third, sixth = question(3), question(6)
    swapped = NINE.replace(third, "@").replace(sixth, third).replace("@", sixth)
    moved = migrate(plan_of(swapped), nine)
    assert (moved.at, sorted(kept(moved))) == ("welcome.q10", sorted(ANSWERS))


def test_two_edits_after_one_another_keep_what_waits(nine):
    first = plan_of(NINE.replace("q8:", "new: {ask: New?, choices: {n: N}}\nq8:"))
    waiting = migrate(first, nine)
    again = plan_of(NINE.replace("q9:", "ninth:\n  was: [q9]"))
    moved = migrate(again, waiting)
    assert (moved.at, kept(moved), moved.pending) == ("welcome.q10", ANSWERS, ())


def test_going_back_after_an_edit_keeps_what_waits(nine):
    new = plan_of(NINE.replace("q8:", "new: {ask: New?, choices: {n: N}}\nq8:"))
    back = go(new, migrate(new, nine), Asked("back"))
    assert (back.at, len(back.pending)) == ("welcome.q7", 2)
    assert go(new, back, "b7", "n").at == "welcome.q10"


def test_the_last_question_taken_out_does_not_end_a_talk_by_itself():
    """Otherwise an empty card would stand before her: she never came to that end."""
    plan = plan_of(NINE)
    session = go(plan, begin(plan), *ANSWERS)
    new = plan_of(NINE.replace(question(10), ""))
    moved = migrate(new, session)
    assert (moved.at, kept(moved)) == ("welcome.q9", ANSWERS[:8])
    assert engine.step(new, moved, Chosen(("a9",))).ended == "done"


def test_replaying_gives_back_what_has_no_question_yet(nine):
    plan = plan_of(NINE)
    turn, left = replay(plan, [*nine.trail[:2], nine.trail[5]], "en")
    assert (turn.state, left) == ("welcome.q3", [("welcome.q6", "a6")])


def test_names_on_an_old_card_become_those_of_today():
    new = plan_of(
        NINE.replace("q3:", "third:\n  was: [q3]").replace("a3: A", "x: {label: A, was: [a3]}")
    )
    assert as_today(new, "welcome.q3", ["a3", "b3"]) == ("welcome.third", ("x", "b3"))
    assert as_today(new, "welcome.gone", ["a"]) == ("welcome.gone", ("a",))


# ---- several choices


MANY = """
one: {ask: One?, choices: {on: On}}
what: {ask: What?, many: {min: 1}, choices: {a: A, b: B, c: C, none: {label: None, alone: true}}}
two: {ask: Two?, choices: {on: On}}
over: {end: done}
"""


def test_of_several_choices_those_that_are_left_stand_switched_on():
    plan = plan_of(MANY)
    session = go(plan, begin(plan), "on", Chosen(("a", "c")))
    moved = migrate(plan_of(MANY.replace("a: A, ", "")), session)
    assert (moved.at, moved.picked) == ("welcome.what", ("c",))


def test_a_renamed_choice_among_several_keeps_the_answer():
    plan = plan_of(MANY)
    session = go(plan, begin(plan), "on", Chosen(("a", "c")))
    moved = migrate(plan_of(MANY.replace("a: A,", "first: {label: A, was: [a]},")), session)
    assert moved.trail[1] == ("welcome.what", ("first", "c"))


def test_what_is_switched_on_and_not_given_stays():
    plan = plan_of(MANY)
    session = go(plan, begin(plan), "on")._replace(picked=("a", "b"))
    new = MANY.replace("a: A,", "first: {label: A, was: [a]},")
    new = new.replace("what: {", "things: {was: [what], ")
    moved = migrate(plan_of(new), session)
    assert (moved.at, moved.picked) == ("welcome.things", ("first", "b"))


def test_a_question_with_several_answers_that_comes_newly_has_nothing_switched_on():
    plan = plan_of(MANY)
    session = go(plan, begin(plan), "on", Chosen(("a",)))
    new = MANY.replace("what:", "more: {ask: More?, many: {min: 1}, choices: {a: A}}\nwhat:")
    moved = migrate(plan_of(new), session)
    assert (moved.at, moved.picked) == ("welcome.more", ())


# ---- what was answered aside


def test_a_hidden_place_stays_hidden_while_a_new_question_is_asked():
    plan = aside_plan()
    session = go(plan, begin(plan), "a", "on", "c", "hide", Chosen(("x",)))
    new = aside_plan("zero: {ask: Zero?, choices: {z: Z}}\n" + ASIDE)
    moved = migrate(new, session)
    assert (moved.at, fold(new, moved).hidden) == ("welcome.zero", {"x"})
    after = go(new, moved, "z")
    assert (after.at, fold(new, after).hidden) == ("welcome.better", {"x"})


def test_a_hidden_place_stays_hidden_where_an_edit_would_end_the_talk():
    plan = aside_plan()
    session = go(plan, begin(plan), "a", "on", "c", "hide", Chosen(("x",)))
    new = aside_plan(ASIDE.replace("two: {ask: Two?, choices: {c: C}}", "two: {end: done}"))
    moved = migrate(new, session)
    assert (moved.at, fold(new, moved).hidden) == ("welcome.found", {"x"})


def test_places_hidden_one_after_the_other_are_replayed_to_the_same_list():
    plan = aside_plan()
    session = go(plan, begin(plan), "a", "on", "c", "hide", Chosen(("x",)), "hide", Chosen(("y",)))
    moved = migrate(plan, session._replace(fingerprint="old"))
    assert (moved.at, moved.trail) == (session.at, session.trail)
    assert fold(plan, moved).hidden == {"x", "y"}


def test_hiding_right_after_an_edit_is_no_dead_press():
    plan = aside_plan()
    session = go(plan, begin(plan), "a", "hide", Chosen(("x",)))._replace(fingerprint="old")
    new = aside_plan(ASIDE.replace("{hide: {label: Hide", "{keep_away: {label: Hide", 1))
    moved = migrate(new, session)
    assert (moved.at, moved.pending) == ("welcome.found", (("welcome.hide", ("x",)),))
    after = go(new, moved, "keep_away")
    assert (after.at, fold(new, after).hidden) == ("welcome.hide", {"x"})

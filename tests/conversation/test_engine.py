"""The engine: order, conditions, going back, interrupts, old buttons, edited flows."""

import pytest

from bot.conversation import engine
from bot.conversation.folding import fold
from bot.conversation.moving import StuckError
from bot.conversation.plan import Asked, Chosen, NothingFound, NotUnderstood
from bot.conversation.replaying import migrate
from bot.sessions.model import Session, pack, unpack
from tests.examples import plan_of

THREE = """
colour:
  ask: Which colour?
  choices: {red: Red, blue: Blue}
size:
  ask: Which size?
  only_if: colour == red
  choices: {big: Big, small: Small}
shape:
  ask: Which shape?
  choices: {round: {label: Round, must: [round_one]}, square: Square}
over: {end: done, wipe: true}
"""


def begin(plan):
    return engine.start(plan, "en").session


def go(plan, session, *moves):
    """The session after these moves; words are choices."""
    for move in moves:
        made = Chosen((move,)) if isinstance(move, str) else move
        session = engine.step(plan, session, made).session
    return session


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


def test_a_choice_may_jump():
    plan = plan_of("""
        one: {ask: One?, choices: {on: On, far: {label: Far, next: three}}}
        two: {ask: Two?, choices: {on: On}}
        three: {ask: Three?, choices: {on: On}}
        over: {end: done}
    """)
    assert go(plan, begin(plan), "far").at == "welcome.three"


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


@pytest.mark.parametrize("values", [("green",), (), ("red", "blue")])
def test_typed_answers_that_are_none_are_asked_for_again(values):
    plan = plan_of(THREE)
    session = begin(plan)
    assert engine.step(plan, session, Chosen(values)).session == session._replace(misses=1)


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


# ---- going back


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


ASIDE = """
one: {ask: One?, choices: {a: A, b: B}}
found:
  results: services
  choices: {hide: {label: Hide, next: hide}, again: {label: Again, next: one}, on: On}
two: {ask: Two?, choices: {c: C}}
better:
  results: services
  choices: {hide: {label: Hide, next: hide}, again: {label: Again, next: one}, on: {label: On, next: over}}
hide:
  ask: Hide?
  aside: true
  choices_from: services_near
  many: {min: 1}
  choices: {all: {label: Show all, alone: true}}
  next: better
over: {end: done}
"""


def aside_plan(offered=("x", "y")):
    return plan_of(ASIDE, sources={"services_near": offered}, known=("x", "y"))


def hidden(plan, session):
    return fold(plan, session).hidden


def test_what_was_hidden_stays_hidden_when_other_answers_change():
    plan = aside_plan()
    session = go(plan, begin(plan), "a", "hide", Chosen(("x",)), "again", "b")
    assert session.at == "welcome.found"
    assert hidden(plan, session) == {"x"}


def test_hiding_again_adds_and_keeps_every_other_answer():
    plan = aside_plan()
    session = go(plan, begin(plan), "a", "hide", Chosen(("x",)), "again", "b", "on", "c", "hide")
    assert hidden(plan, session) == {"x"}
    session = go(plan, session, Chosen(("y",)))
    assert hidden(plan, session) == {"x", "y"}
    assert ("welcome.two", "c") in session.trail
    session = go(plan, session, "hide", Asked("skip"))
    assert hidden(plan, session) == {"x", "y"}


def test_only_she_herself_brings_hidden_places_back():
    plan = aside_plan()
    session = go(plan, begin(plan), "a", "hide", Chosen(("x",)), "hide", Chosen(("all",)))
    assert hidden(plan, session) == set()
    assert hidden(plan, go(plan, session, "hide", Chosen(("y",)))) == {"y"}


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


def test_a_place_from_elsewhere_that_was_shown_can_be_hidden_and_stays_so():
    plan = aside_plan(offered=("x",))
    session = go(plan, begin(plan), "a", "hide", Chosen(("y",)), "again", "b")
    assert hidden(plan, session) == {"y"}


def test_what_was_hidden_and_is_gone_from_the_directory_is_let_go():
    session = go(aside_plan(), begin(aside_plan()), "a", "hide", Chosen(("x",)), "again", "b")
    plan = plan_of(ASIDE, sources={"services_near": ("y", "z")})
    assert "welcome.hide" not in dict(migrate(plan, session._replace(fingerprint="old")).trail)


def test_skipping_the_question_aside_keeps_nothing_hidden():
    plan = aside_plan()
    session = go(plan, begin(plan), "a", "hide", Asked("skip"), "again", "b", Asked("back"))
    assert session.at == "welcome.one"


# ---- interrupts


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


AREA = """
language: {ask: Language?, choices_from: languages, skip: never}
area:
  ask: Where?
  choices_from: councils
  parse: capitals
  retry: Again.
which: {ask: Which?, choices_from: few}
found:
  results: services
  empty: none
  choices: {hide: {label: Hide, next: hide}, done: {label: Done, next: over}}
hide: {ask: Hide?, choices_from: services_near, many: {min: 1}}
again: {next: found}
none: {say: Nothing.}
lines: {results: helplines, choices: {done: Done}}
over: {end: done}
"""


def area_plan(few=("a", "b")):
    sources = {
        "languages": ("en", "ur"),
        "councils": ("dudley", "walsall"),
        "few": few,
        "services_near": ("one", "two"),
    }
    return plan_of(AREA, sources=sources)


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


def test_a_question_with_one_choice_is_passed_over():
    plan = area_plan(few=("a",))
    assert go(plan, begin(plan), "ur", "dudley").at == "welcome.found"


def test_the_needs_hold_the_area_and_what_is_hidden():
    plan = area_plan()
    session = go(plan, begin(plan), "ur", "B29", "b", "hide", Chosen(("two",)))
    needs = engine.present(plan, session).needs
    assert (needs.council, needs.outcode, needs.hidden) == ("b", "B29", frozenset({"two"}))
    assert needs.language == "ur"


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


def test_back_after_nothing_was_found_is_no_dead_press():
    plan = area_plan()
    session = go(plan, begin(plan), "en", "dudley", "a", NothingFound(), Asked("back"))
    assert session.at == "welcome.which"


def test_nothing_found_where_no_way_is_written_changes_nothing():
    plan = plan_of(THREE)
    assert engine.step(plan, begin(plan), NothingFound()).repeated


def test_results_can_be_come_back_to_without_forgetting_answers():
    plan = area_plan()
    session = go(plan, begin(plan), "en", "dudley", "a", "hide", Chosen(("one",)))
    assert session.at == "welcome.found"
    assert ("welcome.hide", ("one",)) in session.trail


# ---- a flow edited under a living talk


EDITED = THREE.replace("Which colour?", "What colour?")
WITHOUT_SIZE = THREE.replace("only_if: colour == red", "only_if: colour == blue")
NO_BIG = THREE.replace("{big: Big, small: Small}", "{tiny: Tiny, small: Small}")
RENAMED = THREE.replace("size:", "width:\n  was: [size]").replace(
    "big: Big", "wide: {label: Wide, was: [big]}"
)
NEW_QUESTION = THREE.replace("shape:", "taste:\n  ask: Taste?\n  choices: {sweet: Sweet}\nshape:")
LONGER = THREE.replace("over:", "end:\n  ask: End?\n  choices: {on: On}\nover:")


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


def test_urgent_help_and_the_cover_stay_when_a_flow_is_edited():
    old = plan_of(LONGER)
    session = go(old, begin(old), "red", "big", Asked("urgent"))
    moved = migrate(plan_of(LONGER.replace("small: Small", "tiny: Tiny")), session)
    assert (moved.at, moved.stack) == ("urgent.now", ("!welcome.shape",))


def test_an_interrupt_that_is_gone_gives_way_to_its_question():
    old = plan_of(THREE)
    session = go(old, begin(old), "red", Asked("know"))._replace(at="know.gone", fingerprint="old")
    assert migrate(old, session).at == "welcome.size"


# ---- belts


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


def test_a_talk_may_be_over_before_it_begins():
    plan = plan_of("bye: {say: Bye.}\nover: {end: done}")
    assert engine.start(plan, "en").ended == "done"


def test_a_session_under_flows_that_end_at_once_starts_where_they_end():
    plan = plan_of("bye: {say: Bye.}\nover: {end: done}")
    session = go(plan_of(THREE), begin(plan_of(THREE)), "red")
    assert migrate(plan, session).trail == ()


def test_a_failed_turn_leaves_the_session_as_it_was():
    plan = plan_of("one: {ask: One?, choices: {on: On}}\ntwo: {say: Two.}")
    session = begin(plan)
    before = pack(session)
    with pytest.raises(StuckError):
        engine.step(plan, session, Chosen(("on",)))
    assert pack(session) == before


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


def test_a_session_survives_packing():
    plan = area_plan()
    session = go(plan, begin(plan), "ur", "B29", Asked("skip"), "hide", Asked("know"))
    assert unpack(pack(session)) == session

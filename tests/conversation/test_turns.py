"""Whole turns over the shipped flows and directory."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import app
from bot.conversation.engine import compile_flows
from bot.conversation.messages import (
    Again,
    Button,
    Incoming,
    Paragraph,
    Result,
    Start,
    Typed,
    Word,
)
from bot.conversation.sources import parsers
from bot.conversation.turns import Turns
from bot.documents import StoreUnavailable
from bot.locales import phrases as say
from bot.sessions.memory import MemoryStore
from bot.sessions.model import unpack
from bot.settings import Settings
from tests.talk import Talk


@pytest.fixture
def talk(world, moment):
    return Talk(world, moment)


def results(card):
    return [block for block in card.blocks if isinstance(block, Result)]


def alerts(card):
    return [b.text for b in card.blocks if isinstance(b, Paragraph) and b.tone == "alert"]


def paragraphs(card):
    return [block.text for block in card.blocks if isinstance(block, Paragraph)]


# ---- to the first result


def test_three_answers_after_the_language_lead_to_services(talk):
    card = talk.type("1", "Birmingham", "1")
    assert card.step == "triage.first"
    assert results(card)[0].fits.lines == ("Help with drinking",)


def test_every_result_says_when_it_was_checked_and_how_to_get_in_touch(talk):
    for result in results(talk.type("yes", "Walsall", "drugs")):
        assert any("Not yet confirmed by phone." in line for line in result.lines)
        assert result.ways


def test_what_is_not_known_comes_with_the_sentence_to_ask(talk):
    card = talk.type("1", "Birmingham", "1", "1", "1", *["next"] * 7)
    assert card.step == "triage.better"
    first = results(card)[0]
    assert first.asks.heading == "Not known. You can ask:"
    assert "Can I see a woman worker?" in [question.words for question in first.asks.questions]


def test_an_outward_code_of_one_council_needs_no_further_question(talk):
    assert talk.type("1", "B29 7XX").step == "about.what"


def test_an_outward_code_of_several_councils_asks_which_with_few_buttons(talk):
    card = talk.type("1", "b43")
    assert card.step == "triage.council"
    assert {option.id for option in card.options} == {"sandwell", "walsall", "birmingham"}


def test_also_there_the_first_result_comes_after_three_answers(talk):
    assert talk.type("1", "B43", "Walsall").step == "triage.first"


def test_what_the_help_is_for_is_then_asked_first_in_stage_two(talk):
    assert talk.type("1", "B43", "Walsall", "1").step == "about.what"


def test_a_town_stands_for_its_council(talk):
    card = talk.type("1", "Hereford", "alcohol")
    assert any("Herefordshire" in result.name for result in results(card))


def test_where_no_treatment_is_known_it_is_said_plainly(talk):
    card = talk.type("1", "Hereford", "alcohol")
    notes = [block.text for block in card.blocks if isinstance(block, Paragraph)]
    assert any("no drug and alcohol service in Herefordshire" in note for note in notes)


def test_outside_the_area_the_national_lines_stand(talk):
    card = talk.type("1", "LE1", "1")
    assert card.step == "triage.lines"
    assert results(card)


def test_nobody_who_skips_everything_ends_with_nothing(talk):
    card = talk.type("next", "next", "next")
    assert results(card)


def test_danger_brings_urgent_help_first_and_then_the_questions(talk):
    assert talk.type("3").step == "urgent.now"
    assert talk.type("5").step == "triage.area"
    card = talk.type("Birmingham", "1")
    assert any("day and night" in alert for alert in alerts(card))
    assert "Domestic Abuse" in results(card)[0].name


def test_stage_two_has_at_most_eight_questions(talk):
    talk.type("1", "Birmingham", "1", "1")
    steps = []
    for _ in range(12):
        steps.append(talk.card.step)
        talk.type("next")
    assert steps.index("triage.better") == 8


# ---- hiding a place


def names(card):
    return [result.name for result in results(card)]


def test_a_hidden_place_is_gone_and_leaves_no_trace(talk):
    shown = names(talk.type("1", "Birmingham", "1"))
    after = talk.type("2", shown[0])
    assert after.step == "triage.better"
    assert shown[0] not in talk.text
    assert "hid" not in talk.text.replace("Hide a place from me", "")


def test_a_second_hidden_place_does_not_bring_back_the_first(talk):
    first, second, *_ = names(talk.type("1", "Birmingham", "1"))
    talk.type("2", first, "2", second)
    assert not {first, second} & set(names(talk.card))
    talk.type("back", "show me services now")
    assert not {first, second} & set(names(talk.card))


def test_a_hidden_place_stays_hidden_and_no_other_answer_is_lost(talk):
    first, second, *_ = names(talk.type("1", "Birmingham", "1"))
    talk.type("2", first, "Change my answers", "1", *["next"] * 7)
    assert talk.card.step == "triage.better"
    talk.type("2", second)
    assert not {first, second} & set(names(talk.card))
    assert ("triage.worker", ("woman",)) in unpack(talk.kept()).trail


def test_a_place_in_another_council_can_be_hidden(talk):
    shown = names(talk.type("1", "Hereford", "2"))
    assert "Cranstoun Worcestershire" in shown
    after = talk.type("Hide a place from me", "Cranstoun Worcestershire")
    assert "Cranstoun Worcestershire" not in names(after)


def test_hidden_places_come_back_when_she_says_so(talk):
    shown = names(talk.type("1", "Birmingham", "1"))
    talk.type("2", shown[0], "2", "Show me all places again")
    assert names(talk.card) == shown


def test_she_can_look_in_another_place(talk):
    talk.type("1", "Birmingham", "1", "Look in another place")
    assert talk.card.step == "triage.area"
    assert any("Beacon" in name for name in names(talk.type("Walsall", "1")))


def test_who_has_not_said_where_is_asked_and_not_told_that_nothing_is_near(talk):
    talk.type("next", "next", "next")
    assert "I do not know where to look." in talk.text
    assert "near you that I can show you yet" not in talk.text


def test_answers_that_contradict_each_other_are_asked_for_again(talk):
    talk.type("1", "Birmingham", "1", "1")
    assert talk.type("1 8").step == "triage.worker"
    assert talk.type("1").step == "triage.groups"


# ---- words that work everywhere


@pytest.mark.parametrize(
    "word",
    [
        "urgent",
        "HELP!",
        "pomocy",
        "مدد",
        "999",
        "i want to die",
        "he is hitting me",
        "samobójstwo",
    ],
)
def test_urgent_help_is_one_word_away_in_any_language(talk, word):
    assert talk.type("1", word).step == "urgent.now"
    assert talk.type("5").step == "triage.area"


def test_a_cry_for_help_inside_a_sentence_brings_the_urgent_card(talk):
    assert talk.type("please help me he is outside").step == "urgent.now"


def test_why_urgent_help_stands_is_said_where_she_did_not_ask_for_it(talk):
    said = [block.text for block in talk.type("he hit me again").blocks if hasattr(block, "text")]
    assert said[0] == say.HEARD.text
    asked = talk.type("back", "urgent help")
    assert say.HEARD.text not in [getattr(block, "text", "") for block in asked.blocks]


def test_back_out_of_urgent_help_that_was_not_meant_is_one_press(talk):
    before = talk.card.step
    assert talk.type("he hit me again", "back").step == before


def test_a_word_of_safety_works_as_the_very_first_message(world, moment):
    turns = Turns(world, MemoryStore(lambda: 0.0), lambda: moment)
    card = asyncio.run(turns.take(Incoming("new", Typed("help"))))
    assert card.step == "urgent.now"


def test_any_other_first_message_starts_the_talk(world, moment):
    turns = Turns(world, MemoryStore(lambda: 0.0), lambda: moment)
    assert asyncio.run(turns.take(Incoming("new", Typed("hi")))).step == "welcome.language"


def test_leave_wipes_and_says_goodbye(talk):
    card = talk.type("1", "Birmingham", "stop")
    assert card.ended
    assert talk.kept() == b""
    assert (card.options, card.controls) == ((), ())


def test_finishing_wipes_too(talk):
    card = talk.type("1", "Birmingham", "1", "Finish and wipe")
    assert card.ended
    assert "That is all for now." in talk.text
    assert talk.kept() == b""


def test_the_cover_shows_nothing_of_the_chat_and_only_her_cue_ends_it(talk):
    card = talk.type("1", "cover")
    assert card.step == "cover.soup"
    assert card.controls == ()
    assert "999" not in talk.text
    assert talk.type("what is this").step == "cover.soup"
    assert "999" not in talk.text
    assert talk.type("back").step == "cover.soup"
    assert talk.type("who needs help here").step == "cover.soup"
    assert talk.act(Word("services")).step == "cover.soup"
    assert talk.act(Button("welcome.safe", ("yes",), 0)).step == "cover.soup"
    assert "from before" not in talk.text
    assert talk.type("soup").step == "triage.area"


def test_the_cover_can_be_left_by_two_buttons_that_only_she_knows(talk):
    talk.type("1", "cover")
    assert [option.label for option in talk.card.options] == ["Another recipe", "Shopping list"]
    assert talk.type("1").step == "cover.rice"
    assert talk.type("1", "2", "Print").step == "triage.area"


def test_leaving_under_the_cover_says_nothing_of_what_it_was(talk):
    card = talk.type("1", "cover", "stop")
    assert card.ended
    assert [block.text for block in card.blocks] == ["Bye for now."]


def test_urgent_help_and_leaving_work_under_the_cover_too(talk):
    assert talk.type("1", "cover", "help").step == "urgent.now"
    talk.type("cover")
    assert talk.type("leave").ended


def test_services_can_be_shown_at_any_question_after_the_area(talk):
    talk.type("1", "Walsall")
    assert "services" in [control.id for control in talk.card.controls]
    assert talk.type("show me services now").step == "services.now"
    assert talk.type("1").step == "about.what"


def test_the_language_can_change_and_the_answers_stay(talk):
    talk.type("1", "Walsall", "language", "polski")
    assert (talk.card.language, talk.card.step) == ("pl", "about.what")
    session = unpack(talk.kept())
    assert ("triage.area", "walsall") in session.trail


def test_a_machine_made_translation_says_so_once(world, moment):
    talk = Talk(world, moment, "ur")
    notice = world.catalogues.voice("ur")(
        "A computer helped to write this translation. A native speaker has not checked it yet."
    )
    assert notice in paragraphs(talk.card)
    talk.type("1")
    assert notice not in paragraphs(talk.card)


@pytest.mark.parametrize("act", [Again(), Word("open"), Word("hide"), Button("x", (), 1)])
def test_the_word_about_the_translation_stays_while_its_card_stands(talk, world, act):
    """A second press, and a bot that is started again before it painted, draw the card anew."""
    talk.type("1", "Walsall", "language", "polski")
    said = paragraphs(talk.card)
    assert world.catalogues.voice("pl")(say.DRAFT_NOTICE) in said
    talk.act(act)
    if talk.card.state == "hidden":
        talk.act(Word("open"))
    assert set(said) <= set(paragraphs(talk.card))


def test_good_to_know_comes_back_to_the_question(talk):
    talk.type("1", "Walsall", "good to know", "1", "1")
    assert "This chat keeps your answers until you leave" in talk.text
    assert talk.type("Go on with the questions").step == "know.phone"
    assert talk.type("Go on with the questions").step == "about.what"


def test_privacy_is_a_word_and_the_page_says_what_cannot_be_wiped(talk):
    talk.type("1", "Walsall", "privacy")
    assert "Services have their own rules about what they must share." in " ".join(
        talk.text.split()
    )
    talk.type("What it cannot wipe")
    assert "It cannot wipe what your phone keeps" in talk.text
    assert "Telegram keeps data of its own" in " ".join(talk.text.split())
    assert talk.type("Go on with the questions").step == "about.what"


# ---- typed text


def test_what_is_not_understood_shows_the_card_again_with_the_urgent_line(talk):
    before = talk.type("1")
    after = talk.type("my name is Anna and I live at 12 Secret Street")
    assert after.step == before.step
    assert "Ring 999" in alerts(after)[0]
    assert b"Anna" not in talk.kept()
    assert "Anna" not in talk.text


def test_help_grows_with_every_miss_and_the_talk_never_ends(talk):
    shown = [len(talk.type("xyzzy").blocks) for _ in range(4)]
    assert shown[0] < shown[1] < shown[2] == shown[3]
    assert talk.card.step == "welcome.safe"


def test_the_inward_half_of_a_postcode_is_nowhere(talk):
    talk.type("1", "my postcode is B29 7XX")
    assert b"B29" in talk.kept()
    assert b"7XX" not in talk.kept()
    assert b"7xx" not in talk.kept().lower()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=3000))
def test_rubbish_of_any_length_or_script_keeps_nothing(world, moment, text):
    talk = Talk(world, moment)
    before = unpack(talk.kept())
    marked = f"{text} zq9xv {text}"
    talk.type(marked)
    assert b"zq9xv" not in talk.kept()
    assert "zq9xv" not in talk.text
    assert unpack(talk.kept()).trail == before.trail


# ---- buttons


def test_a_button_of_a_card_before_shows_the_present_card_and_says_so(talk):
    first = talk.card
    talk.type("1", "Walsall")
    card = talk.act(Button(first.step, ("danger",), first.turn))
    assert card.step == "about.what"
    assert "That button is from before." in talk.text


def test_a_doubled_press_changes_nothing(talk):
    first = talk.card
    talk.act(Button(first.step, ("yes",), first.turn))
    kept = talk.kept()
    talk.act(Button(first.step, ("yes",), first.turn))
    assert talk.kept() == kept
    assert "from before" not in talk.text


def test_a_word_button_works_like_the_typed_word(talk):
    assert talk.act(Word("urgent")).step == "urgent.now"
    assert talk.act(Word("nothing like this")).step == "urgent.now"


def test_start_begins_afresh(talk):
    talk.type("1", "Walsall")
    assert talk.act(Start(None)).step == "welcome.language"


def test_a_language_nobody_offers_is_asked(talk):
    assert talk.act(Start("xx")).step == "welcome.language"


def test_a_cry_for_help_is_seen_before_a_postcode(talk):
    card = talk.type("1", "please help me he is hitting me I am in B29 7XX")
    assert card.step == "urgent.now"


def test_help_at_the_end_of_a_very_long_message_is_seen(talk):
    assert talk.type("x " * 3000 + "help me").step == "urgent.now"


# ---- flows edited under a living talk


def test_a_talk_from_before_an_edit_goes_on(data, moment):
    edited = replace(data, flows=replace(data.flows, fingerprint="another"))
    talk = Talk(app.build_world(data, Settings(), moment.date()), moment)
    talk.type("1", "Walsall")
    talk.turns.world = app.build_world(edited, Settings(), moment.date())
    assert talk.type("1").step == "triage.first"


@pytest.mark.parametrize(
    ("typed", "line"), [("3", False), ("I do not know what to do any more", True)]
)
def test_an_answer_to_a_question_that_is_gone_is_not_read_as_another(data, moment, typed, line):
    flows = data.flows
    about = flows.by_id["about"]
    shorter = replace(about, steps=about.steps[1:])
    by_id = {**flows.by_id, "about": shorter}
    edited = replace(data, flows=replace(flows, by_id=by_id, fingerprint="another"))
    talk = Talk(app.build_world(data, Settings(), moment.date()), moment)
    talk.type("1", "Walsall")
    plan = compile_flows(
        edited.flows,
        {
            name: step.source
            for step in talk.turns.world.material.plan.steps.values()
            if step.source
            for name in [step.step.choices_from.text]
        },
        parsers(),
    )
    material = replace(talk.turns.world.material, plan=plan)
    talk.turns.world = replace(talk.turns.world, material=material)
    assert talk.type(typed).step == "triage.first"
    # The urgent line comes before every other word about the card.
    assert ("The questions have changed a little." in talk.text) is not line
    assert any("In danger now? Ring 999" in alert for alert in alerts(talk.card)) is line
    assert talk.type("3").step == "triage.area"


# ---- faults


class BrokenStore(MemoryStore):
    """A store that does not answer."""

    async def load(self, key):
        raise StoreUnavailable


class SlowStore(MemoryStore):
    """A store in which somebody else is always faster."""

    async def save(self, key, data, expected_version, **more):
        return False


@pytest.mark.parametrize("store", [BrokenStore, SlowStore])
def test_when_the_store_fails_the_urgent_card_stands(world, moment, store):
    turns = Turns(world, store(lambda: 0.0), lambda: moment)
    card = asyncio.run(turns.take(Incoming("key", Start("en"))))
    assert "In danger now? Ring 999. It is free." in alerts(card)


def test_a_fault_is_logged_by_its_kind_alone(world, moment, caplog):
    turns = Turns(world, BrokenStore(lambda: 0.0), lambda: moment)
    asyncio.run(turns.take(Incoming("key", Typed("my secret"))))
    assert [record.getMessage() for record in caplog.records] == ["turn-failed StoreUnavailable"]


class YieldingStore(MemoryStore):
    """A store that lets others run between its load and its save, as a real one does."""

    async def load(self, key):
        found = await super().load(key)
        await asyncio.sleep(0)
        return found

    async def save(self, key, data, expected_version, **more):
        await asyncio.sleep(0)
        return await super().save(key, data, expected_version, **more)


def test_two_acts_at_once_are_both_taken_one_after_the_other(world, moment):
    store = YieldingStore(lambda: 0.0)
    turns = Turns(world, store, lambda: moment)

    async def both():
        await turns.take(Incoming("key", Start("en")))
        await asyncio.gather(
            turns.take(Incoming("key", Typed("next"))), turns.take(Incoming("key", Typed("next")))
        )
        return unpack((await store.load("key")).data)

    assert [name for name, _ in asyncio.run(both()).trail] == [
        "welcome.language", "welcome.safe", "triage.area",
    ]  # fmt: skip

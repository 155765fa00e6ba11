"""Whole turns over the shipped flows and directory."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import app
from bot.conversation.messages import Button, Incoming, Paragraph, Result, Start, Typed, Word
from bot.conversation.turns import Turns
from bot.documents import StoreUnavailable
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
    while talk.card.step != "triage.better":
        steps.append(talk.card.step)
        talk.type("next")
    assert len(steps) == 8


# ---- hiding a place


def test_a_hidden_place_is_gone_and_leaves_no_trace(talk):
    card = talk.type("1", "Birmingham", "1", "2")
    assert card.step == "triage.avoid"
    name = results(Talk(talk.turns.world, talk.turns._now()).type("1", "Birmingham", "1"))[0].name
    after = talk.type(name)
    assert after.step == "triage.better"
    assert name not in talk.text
    assert "hid" not in talk.text.replace("Hide a place from me", "")


def test_a_hidden_place_stays_hidden_and_no_other_answer_is_lost(talk):
    talk.type("1", "Birmingham", "1", "2")
    name = talk.card.options[0].label
    talk.type(name, "again", "1", "1", *["next"] * 7)
    assert talk.card.step == "triage.better"
    assert name not in [result.name for result in results(talk.card)]
    talk.type("2", talk.card.options[0].label if talk.card.options else "1", "1")
    session = unpack(talk.kept())
    assert ("triage.worker", ("woman",)) in session.trail


# ---- words that work everywhere


@pytest.mark.parametrize("word", ["urgent", "HELP!", "pomocy", "مدد"])
def test_urgent_help_is_one_word_away_in_any_language(talk, word):
    assert talk.type("1", word).step == "urgent.now"
    assert talk.type("5").step == "triage.area"


def test_a_cry_for_help_inside_a_sentence_brings_the_urgent_card(talk):
    assert talk.type("please help me he is outside").step == "urgent.now"


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
    assert talk.type("soup").step == "triage.area"


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
    assert notice in [block.text for block in talk.card.blocks if isinstance(block, Paragraph)]
    talk.type("1")
    assert notice not in [block.text for block in talk.card.blocks if isinstance(block, Paragraph)]


def test_good_to_know_comes_back_to_the_question(talk):
    talk.type("1", "Walsall", "good to know", "1")
    assert "This chat keeps your answers only while we talk." in talk.text
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
@given(text=st.text(max_size=3000))
def test_rubbish_of_any_length_or_script_keeps_nothing(world, moment, text):
    talk = Talk(world, moment)
    before = unpack(talk.kept())
    talk.type(text)
    after = unpack(talk.kept())
    if after is not None and after.at == before.at:
        assert after.trail == before.trail


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


# ---- flows edited under a living talk


def test_a_talk_from_before_an_edit_goes_on(data, moment):
    edited = replace(data, flows=replace(data.flows, fingerprint="another"))
    talk = Talk(app.build_world(data, Settings(), moment.date()), moment)
    talk.type("1", "Walsall")
    talk.turns.world = app.build_world(edited, Settings(), moment.date())
    assert talk.type("1").step == "triage.first"


# ---- faults


class BrokenStore(MemoryStore):
    """A store that does not answer."""

    async def load(self, key):
        raise StoreUnavailable


class SlowStore(MemoryStore):
    """A store in which somebody else is always faster."""

    async def save(self, key, data, expected_version):
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


def test_two_acts_at_once_both_get_a_card_and_no_answer_is_lost(world, moment):
    store = MemoryStore(lambda: 0.0)
    turns = Turns(world, store, lambda: moment)

    async def both():
        await turns.take(Incoming("key", Start("en")))
        return await asyncio.gather(
            turns.take(Incoming("key", Typed("1"))), turns.take(Incoming("key", Typed("Walsall")))
        )

    assert all(card.step for card in asyncio.run(both()))

"""Cards: what stands above the question, what was found, what can be pressed."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import engine
from bot.conversation.messages import Button, Incoming, Paragraph, Result, Start, Word
from bot.conversation.turns import Turns
from bot.conversation.wording import MOST_DRAWN, draw
from bot.directory.matching import Found, Step
from bot.locales import phrases as say
from bot.locales.rendering import strip_marks
from bot.needs import Needs
from bot.sessions.memory import MemoryStore
from bot.sessions.model import unpack
from bot.topics import telling
from tests.examples import plan_of
from tests.talk import Talk


def notes(card):
    return [block.text for block in card.blocks if isinstance(block, Paragraph)]


def test_controls_stand_in_the_same_order_on_every_card(world, moment):
    talk = Talk(world, moment)
    seen = []
    for line in ("1", "Walsall", "1", "1", "next", "urgent"):
        seen.append([control.id for control in talk.type(line).controls])
    order = [
        "back", "skip", "urgent", "leave", "cover", "services", "what_now", "language", "know",
    ]  # fmt: skip
    for controls in seen:
        assert controls == [name for name in order if name in controls]
        assert {"urgent", "leave"} <= set(controls)


def test_back_is_not_offered_where_there_is_nothing_to_go_back_to(world, moment):
    assert "back" not in [control.id for control in Talk(world, moment, None).card.controls]


def test_skip_is_not_offered_on_a_list_of_services(world, moment):
    card = Talk(world, moment).type("1", "Walsall", "1")
    assert not {"skip", "services"} & {control.id for control in card.controls}


def test_the_urgent_line_stands_above_everything_the_first_time_and_every_time(world, moment):
    for language, words in (("en", "999, or press Urgent help."), ("pl", "999"), ("ur", "999")):
        talk = Talk(world, moment, language)
        for _ in range(4):
            first = talk.type("qqqq zzzz").blocks[0]
            assert (first.tone, first.english) == ("alert", False)
            assert words in first.text
            # What a locked screen may show of it gives nothing away.
            assert "999" not in first.text[:40]


def test_what_is_said_when_nothing_was_understood_grows_by_a_line_a_time(world, moment):
    talk = Talk(world, moment)
    before = len(notes(talk.card))
    said = [len(notes(talk.type("qqqq zzzz"))) - before for _ in range(4)]
    assert said == [2, 3, 4, 4]
    assert say.RETRY_SKIP.text in notes(talk.card)


def test_a_word_about_the_card_stands_below_the_urgent_line(world, moment):
    session = engine.start(world.material.plan, "en", chosen=True).session
    voice = world.catalogues.voice("en")
    for notice, lines in (
        (say.MOVED, [say.NOT_UNDERSTOOD, say.MOVED]),
        (say.NOT_UNDERSTOOD, [say.NOT_UNDERSTOOD, say.RETRY_NUMBER]),
    ):
        card = draw(world.material, session._replace(misses=1), voice, moment, notice=notice)
        assert notes(card)[:2] == [line.text for line in lines]


def test_a_named_contact_is_only_its_name_and_its_ways(world, moment):
    card = Talk(world, moment).type("urgent")
    _, line = [block for block in card.blocks if isinstance(block, Result)]
    assert line.name.startswith("National Domestic Abuse Helpline")
    assert (line.about, line.lines) == ("", ())
    assert any(way.shown == "0808 2000 247" for way in line.ways)
    assert say.WEBSITE.text not in [way.label for way in line.ways]


def test_national_lines_follow_the_local_services(world, moment):
    card = Talk(world, moment).type("1", "Birmingham", "1")
    names = [block.name for block in card.blocks if isinstance(block, Result)]
    assert len(names) == 5
    assert "These lines help people everywhere:" in notes(card)


def test_lines_alone_are_shown_where_there_is_nothing_else(world, moment):
    card = Talk(world, moment).type("1", "LE1", "1")
    lines = [block for block in card.blocks if isinstance(block, Result)]
    assert len(lines) == 3
    assert all("For people anywhere in England" in line.lines for line in lines)


def test_what_gave_way_is_told_in_a_sentence(world, moment):
    card = Talk(world, moment).type("1", "Hereford", "2")
    assert any(note.startswith("Too little near you fits.") for note in notes(card))


def test_what_she_must_do_without_is_named(world, moment):
    found = Found((), (), relaxed=(Step("comfort", "creche"), Step(None, "woman_worker")))
    session = engine.start(world.material.plan, "en").session
    card = draw(world.material, session, world.catalogues.voice("en"), moment, found, Needs())
    said = notes(card)
    assert any("A crèche" in note or "mind" in note or "child" in note.lower() for note in said)
    assert any("woman worker" in note for note in said)


def test_a_list_of_services_needs_no_heading(world, moment):
    plan = plan_of("here: {results: services, choices: {on: On}}\nover: {end: done}")
    session = engine.start(plan, "en").session
    material = replace(world.material, plan=plan)
    card = draw(material, session, world.catalogues.voice("en"), moment, Found((), ()), Needs())
    assert [block for block in card.blocks if isinstance(block, Paragraph)] == []


def test_outside_the_area_it_is_said_that_it_is(world, moment):
    card = Talk(world, moment).type("1", "LE1", "1")
    assert any(note.startswith("I only know places in the West Midlands.") for note in notes(card))


def test_a_card_in_an_outward_code_of_two_councils_names_no_council(world, moment):
    card = Talk(world, moment).type("1", "B43", "next", "2")
    assert card.step in {"triage.first", "triage.lines"}


def test_only_the_first_questions_are_written_out_and_the_rest_is_named(world, moment):
    talk = Talk(world, moment)
    talk.type(
        "1", "Birmingham", "1", "1", "1 6", "2", "1 2 3", "2 4", "1 2", "1 2 3", "1 2", "1 2"
    )
    first = next(block for block in talk.card.blocks if isinstance(block, Result))
    assert len(first.asks.questions) == 4
    assert first.asks.rest.startswith("Also not known: ")


def test_no_card_of_a_person_with_a_watched_phone_hides_the_silent_ways(world, moment):
    card = Talk(world, moment).type("2", "Birmingham", "1")
    ways = [way for block in card.blocks if isinstance(block, Result) for way in block.ways]
    assert any("You can use this without speaking" in way.notes for way in ways)


def test_urgent_numbers_stand_also_without_the_directory(world, moment):
    bare = replace(world, material=replace(world.material, services={}))
    talk = Talk(bare, moment)
    talk.type("urgent")
    assert "0808 2000 247" in talk.text
    talk.type("2")
    assert "116 123" in talk.text
    assert "85258" in talk.text


# ---- the cards of questions are kept for the next who comes to them


class Forgetting(dict[object, object]):
    """Keeps nothing."""

    def __setitem__(self, key, value):
        pass


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=25),
    st.sampled_from(["en", "ur", "pl"]),
)
def test_a_card_that_was_kept_is_the_card_that_would_be_drawn(world, moment, acts, language):
    anew = replace(world, material=replace(world.material, drawn=Forgetting()))
    both = [turns_of(each, moment) for each in (world, anew)]
    cards = [asyncio.run(turns.take(Incoming("her", Start(language=language)))) for turns in both]
    for number, word in acts:
        assert cards[0] == cards[1]
        act = act_on(cards[0], number, word=word)
        if act is None:
            break
        cards = [asyncio.run(turns.take(Incoming("her", act))) for turns in both]
    assert cards[0] == cards[1]
    assert anew.material.drawn == {}


def turns_of(world, moment):
    return Turns(world, MemoryStore(lambda: 0.0), lambda: moment, say.WEB_KEEPS)


def act_on(card, number, *, word):
    offered = card.controls if word else card.options
    if not offered:
        return None
    one = offered[number % len(offered)]
    return Word(one.id, card.turn) if word else Button(card.step, (one.id,), card.turn)


def test_no_card_that_is_kept_shows_what_was_found_or_picked(world, moment):
    Talk(world, moment).type(
        "1", "Walsall", "1 2", "1", "1 2", "next", "xyzzy", "1", "back", "urgent"
    )
    assert world.material.drawn
    for card in world.material.drawn.values():
        assert [block for block in card.blocks if isinstance(block, Result)] == []
        assert [option for option in card.options if option.picked] == []
        assert (card.turn, card.nonce) == (0, "")
        assert not {block.tone for block in card.blocks} & {"alert"}


def test_no_more_cards_are_kept_than_there_is_room_for(world, moment):
    full = dict.fromkeys(range(MOST_DRAWN))
    crowded = replace(world, material=replace(world.material, drawn=full))
    Talk(crowded, moment).type("1", "Walsall", "1", "1")
    assert len(full) < MOST_DRAWN


# ---- what now: from every list of services, and back to it


def trail_of(talk):
    return unpack(talk.kept()).trail


LISTS = {
    "triage.first": ("1", "Walsall", "1"),
    "triage.better": ("1", "Walsall", "1", "1", *["next"] * 8),
    "triage.lines": ("1", "LE1", "1"),
    "services.now": ("1", "Walsall", "next", "1", "1", "services"),
    "services.lines": ("1", "LE1", "next", "1", "services"),
}


@pytest.mark.parametrize("step", LISTS)
def test_what_now_is_offered_on_every_list_and_leads_back(world, moment, step):
    talk = Talk(world, moment)
    list_ = talk.type(*LISTS[step])
    assert list_.step == step
    assert "what_now" in [control.id for control in list_.controls]
    before = trail_of(talk)
    talk.act(Word("what_now", list_.turn))
    assert talk.card.step == "what_now.menu"
    talk.type("1", "1", "2", "2", "3")  # practise, what they ask, what they tell, back, go on
    assert talk.card.step == "what_now.menu"
    talk.type("2", "1", "3")
    assert talk.card.step.startswith("while_you_wait.")
    talk.type("1", "3", "5", "4")  # how to ask, before stopping, go on, go on
    assert not talk.card.step.startswith(("what_now.", "while_you_wait."))
    assert trail_of(talk) == before  # nothing she pressed there is kept


def test_what_now_is_not_offered_where_there_is_no_list(world, moment):
    talk = Talk(world, moment)
    for line in ("1", "Walsall", "2"):
        assert "what_now" not in [control.id for control in talk.card.controls]
        talk.type(line)


def test_good_to_know_leads_to_it_too(world, moment):
    talk = Talk(world, moment)
    talk.type("1", "know", "Going to a service", "Getting in touch, and waiting")
    assert talk.card.step == "what_now.menu"
    assert talk.type("4").step == "know.visits"


def test_back_out_of_it_is_the_list_again(world, moment):
    talk = Talk(world, moment)
    talk.type("1", "Walsall", "1", "what now", "1", "back")
    assert talk.card.step == "triage.first"


@pytest.mark.parametrize("language", ["en", "ur", "pl"])
def test_the_words_of_these_cards_fit_and_begin_with_nothing_that_tells(world, language):
    voice = world.catalogues.voice(language)
    most = 300 if language == "en" else 400
    flows = ("what_now.", "first_contact.", "take_away.", "while_you_wait.")
    steps = [
        each.step for name, each in world.material.plan.steps.items() if name.startswith(flows)
    ]
    texts = [step.text for step in steps if step.text]
    assert len(texts) > 10
    for text in texts:
        assert len(strip_marks(voice(text))) <= most, text.text
        assert telling(text.text[:40]) is None, text.text
    for step in steps:
        assert len([choice for choice in step.choices if choice.id != "on"]) <= 5
        labels = [choice.label for choice in step.choices]
        assert all(len(label.text) <= 32 for label in labels)


def test_a_script_that_was_made_for_one_woman_is_not_kept_for_the_next(world, moment):
    talk = Talk(world, moment)
    talk.type("1", "Walsall", "1", "1", "1", "what now", "1")
    assert "I would like a woman worker." in talk.text
    other = Talk(world, moment)
    other.type("1", "Walsall", "1", "what now", "1")
    assert "I would like a woman worker." not in other.text
    assert not any(step.startswith("first_contact.script") for step, *_ in world.material.drawn)

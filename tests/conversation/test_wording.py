"""Cards: what stands above the question, what was found, what can be pressed."""

import asyncio
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import engine
from bot.conversation.messages import Button, Incoming, Paragraph, Result, Start, Word
from bot.conversation.turns import Turns
from bot.conversation.wording import MOST_DRAWN, draw
from bot.directory.matching import Found, Step
from bot.locales import phrases as say
from bot.needs import Needs
from bot.sessions.memory import MemoryStore
from tests.examples import plan_of
from tests.talk import Talk


def notes(card):
    return [block.text for block in card.blocks if isinstance(block, Paragraph)]


def test_controls_stand_in_the_same_order_on_every_card(world, moment):
    talk = Talk(world, moment)
    seen = []
    for line in ("1", "Walsall", "1", "1", "next", "urgent"):
        seen.append([control.id for control in talk.type(line).controls])
    order = ["back", "skip", "urgent", "leave", "cover", "services", "language", "know"]
    for controls in seen:
        assert controls == [name for name in order if name in controls]
        assert {"urgent", "leave"} <= set(controls)


def test_back_is_not_offered_where_there_is_nothing_to_go_back_to(world, moment):
    assert "back" not in [control.id for control in Talk(world, moment, None).card.controls]


def test_skip_is_not_offered_on_a_list_of_services(world, moment):
    card = Talk(world, moment).type("1", "Walsall", "1")
    assert not {"skip", "services"} & {control.id for control in card.controls}


def test_a_named_contact_is_only_its_name_and_its_ways(world, moment):
    card = Talk(world, moment).type("urgent")
    _, line = [block for block in card.blocks if isinstance(block, Result)]
    assert line.name.startswith("National Domestic Abuse Helpline")
    assert (line.about, line.lines) == ("", ())
    assert any(way.shown == "0808 2000 247" for way in line.ways)


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

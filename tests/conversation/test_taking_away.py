"""Taking away: a text that tells a stranger nothing, made anew each time."""

import pytest

from bot.conversation.messages import Question, Script
from bot.conversation.taking_away import MOST_NUMBERS, take_away
from bot.directory.model import Contact
from bot.locales import phrases as say
from bot.problems import Mark
from bot.topics import telling
from tests.directory.searching import service
from tests.talk import Talk

LINES = (Question("Dzień dobry.", "Hello."), Question("I would like a garden."))
ANSWERS = ("Birmingham", "1", "1", "1 6", "2", "1 2 3", "2 4", "1 2", "1 2 3", "1 5", "1 2")


def phone(value="0121 496 0000", type="phone", **more):
    return Contact(type, value, Mark(), **more)


def numbers(voice, *services):
    return list(take_away(LINES, services, voice).numbers)


def named(name, *contacts, **more):
    return service("one", name=name, contacts=contacts or (phone(),), **more)


# ---- names and numbers


def test_a_name_that_gives_nothing_away_stands_before_its_number(english):
    assert numbers(english, named("Rose House")) == ["Rose House: 0121 496 0000"]


@pytest.mark.parametrize("name", ["Recovery Now", "Rose House drug service", "Rose Women's Aid"])
def test_of_a_service_whose_name_tells_only_the_number_stands(english, name):
    assert numbers(english, named(name)) == ["0121 496 0000"]


def test_its_own_plain_name_is_used_where_it_has_one(english):
    one = named("Recovery Now", discreet_name="The Blue Door")
    assert numbers(english, one) == ["The Blue Door: 0121 496 0000"]


def test_a_plain_name_that_tells_after_all_is_not_used(english):
    assert numbers(english, named("Rose", discreet_name="Sober")) == ["0121 496 0000"]


def test_a_telephone_goes_before_a_text(english):
    one = named("Rose", phone("07700 900123", "text"), phone())
    assert numbers(english, one) == ["Rose: 0121 496 0000"]


def test_a_number_that_needs_a_word_is_left_out(english):
    assert numbers(english, named("Rose", phone("85258", "text", say="SHOUT"))) == ["Rose"]


def test_a_service_without_name_and_number_leaves_no_line(english):
    website = phone("https://example.org", "website")
    assert numbers(english, named("Recovery", website)) == []
    assert numbers(english, named("Rose", website)) == ["Rose"]


def test_three_numbers_are_enough_and_an_empty_one_takes_no_place(english):
    services = [named(f"Rose {n}") for n in "abcde"]
    silent = named("Recovery", phone("https://example.org", "website"))
    assert numbers(english, silent, *services) == [f"Rose {n}: 0121 496 0000" for n in "abc"]
    assert MOST_NUMBERS == 3


def test_in_urdu_names_and_numbers_keep_their_order(world):
    (line,) = numbers(world.catalogues.voice("ur"), named("Rose"))
    assert line == "\u2068Rose\u2069: \u20660121\u00a0496\u00a00000\u2069"


# ---- the text to copy


def test_the_whole_text_comes_first_and_then_the_one_in_english(world):
    polish = world.catalogues.voice("pl")
    whole, short = take_away(LINES, [named("Rose")], polish).copies
    heading = polish(say.THINGS_TO_ASK)
    assert whole.split("\n") == [
        heading, "Dzień dobry.", "(Hello.)", "I would like a garden.", "Rose: 0121 496 0000",
    ]  # fmt: skip
    assert short.split("\n") == [
        "Things to ask", "Hello.", "I would like a garden.", "Rose: 0121 496 0000",
    ]  # fmt: skip


def test_in_english_there_is_one_text(english):
    script = take_away(LINES[1:], [], english)
    assert script.copies == ("Things to ask\nI would like a garden.",)


def test_what_is_copied_has_no_marks_that_nobody_can_see(world):
    script = take_away(LINES, [named("Rose")], world.catalogues.voice("ur"))
    assert script.heading.startswith("\u200f")
    assert all(set(text).isdisjoint("\u2066\u2067\u2068\u2069\u200f\u00a0") for text in script.copies)  # fmt: skip


# ---- in a talk


def card_of(talk):
    (script,) = [block for block in talk.card.blocks if isinstance(block, Script)]
    return script


@pytest.fixture
def talk(world, moment):
    talk = Talk(world, moment)
    talk.type("2", *ANSWERS)
    return talk


def test_the_services_she_saw_last_stand_on_it(talk, world):
    seen = [one.id for one in world.material.services.values() if one.name in talk.text]
    talk.type("what now", "2")
    card = card_of(talk)
    assert card.heading == "Things to ask"
    assert len(card.numbers) == 3
    contacts = {each.value for id in seen for each in world.material.services[id].contacts}
    assert all(any(value in line for value in contacts) for line in card.numbers)


def test_no_line_of_the_shipped_directory_tells_what_it_is_about(world):
    voice = world.catalogues.voice("en")
    for one in world.material.services.values():
        assert not [line for line in numbers(voice, one) if telling(line)], one.id


def test_nothing_new_is_kept_for_it(talk):
    talk.type("what now")
    before = talk.kept()
    talk.type("2")
    for line in card_of(talk).lines[1:]:
        assert line.words.encode() not in talk.kept()
    assert len(talk.kept()) <= len(before) + 40  # where she stands, and nothing else


def test_it_is_made_anew_from_the_answers_of_the_moment(talk):
    talk.type("what now", "2")
    first = card_of(talk)
    talk.type("1", "4")  # go on, twice
    assert not [block for block in talk.card.blocks if isinstance(block, Script)]
    talk.type("1", "next", "4", *["next"] * 7, "what now", "2")
    assert "I would like a woman worker." in [line.words for line in first.lines]
    assert "I would like a woman worker." not in [line.words for line in card_of(talk).lines]


def test_a_place_she_hid_is_not_on_it(world, moment):
    talk = Talk(world, moment)
    talk.type("2", "Birmingham", "1")
    talk.type("2")
    name = talk.card.options[0].label
    talk.type("1")
    assert talk.card.step == "triage.better"
    talk.type("what now", "2")
    (hidden,) = [one for one in world.material.services.values() if one.name == name]
    values = {each.value for each in hidden.contacts}
    assert not [line for line in card_of(talk).numbers if any(each in line for each in values)]
    assert len(card_of(talk).numbers) == 3


def test_after_lines_for_every_place_only_the_sentences_stand(world, moment):
    talk = Talk(world, moment)
    talk.type("1", "LE1", "1", "what now", "2")
    assert card_of(talk).numbers == ()

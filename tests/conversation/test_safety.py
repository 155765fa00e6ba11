"""Words of safety, and the card that stands when all else fails."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.messages import Paragraph
from bot.conversation.safety import (
    LONGEST_WORD,
    frozen_urgent,
    in_distress,
    in_need,
    safety_words,
    screen,
)
from bot.directory.loader import read_services

WORDS = safety_words(
    [
        ("leave", "leave | stop"),
        ("leave", "بند کریں"),
        ("urgent", "help | help me | stop"),
        ("urgent", "مدد | pomocy"),
        ("cover", " | "),
    ]
)

PADDED = [f" {word} " for word in WORDS.distress]


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("STOP.", "leave"),
        ("بند كريں", "leave"),
        ("Help me", "urgent"),
        ("pomocy!", "urgent"),
        ("stop it", None),
        ("", None),
    ],
)
def test_the_whole_message_may_be_a_word_of_safety_in_any_language(typed, intent):
    assert screen(typed, WORDS) == intent


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("please help me now", True),
        ("wołam pomocy bo on", True),
        ("word " * 300 + "help", True),
        ("a helpful person", False),
        ("no leave", False),
        ("", False),
    ],
)
def test_a_word_of_distress_is_found_as_a_whole_word(typed, found):
    assert in_distress(typed, WORDS) is found


@pytest.mark.parametrize(
    ("typed", "leaving", "found"),
    [
        ("stop", True, True),
        ("stop", False, False),
        ("please help me", False, True),
        ("help", False, True),
        ("hello", True, False),
    ],
)
def test_she_is_in_need_when_she_calls_for_help_or_leaves(typed, leaving, found):
    assert in_need(typed, WORDS, leaving=leaving) is found


@given(st.lists(st.sampled_from(["help", "me", "helps", "pomocy", "x", "مدد", "now"]), max_size=8))
def test_a_phrase_is_found_just_where_it_stands_among_whole_words(said):
    text = " ".join(said)
    assert in_distress(text, WORDS) is any(word in f" {text} " for word in PADDED)


@given(st.integers(min_value=0, max_value=1990))
def test_a_word_of_distress_is_found_wherever_it_stands(place):
    assert in_distress("x" * max(place - 1, 0) + " help", WORDS)


def test_the_frozen_card_needs_nothing_and_names_the_number_for_danger():
    card = frozen_urgent()
    words = " ".join(block.text for block in card.blocks if isinstance(block, Paragraph))
    assert "Ring 999" in words
    assert card.options == ()
    assert [control.id for control in card.controls] == ["urgent", "leave"]


def test_the_frozen_numbers_are_the_directory_s():
    services, _ = read_services(Path("directory/services"), "directory/services")
    values = {contact.value for service in services for contact in service.contacts}
    words = " ".join(
        block.text for block in frozen_urgent().blocks if isinstance(block, Paragraph)
    )
    # What is for 999 is not sent to the other number: the same signs as on the urgent card.
    signs = "if someone cannot be woken, has a fit, or can hardly breathe"
    assert f"Ring 999 too {signs}." in words
    assert f"Ring 999 {signs}." in Path("flows/urgent.yaml").read_text(encoding="utf-8")
    for number in ("0808 2000 247", "116 123", "85258", "999", "111"):
        assert number in words
        assert number in values


def test_no_phrase_of_distress_is_longer_than_the_overlap(world):
    assert max(map(len, world.safety_words.distress)) <= LONGEST_WORD

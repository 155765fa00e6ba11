"""Words of safety, and the card that stands when all else fails."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.messages import Paragraph
from bot.conversation.safety import LONGEST_WORD, frozen_urgent, in_distress, safety_words, screen
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
    for number in ("0808 2000 247", "116 123", "85258", "999", "111"):
        assert number in words
        assert number in values


def test_no_phrase_of_distress_is_longer_than_the_overlap(world):
    assert max(map(len, world.safety_words.distress)) <= LONGEST_WORD

"""The program's own words."""

import re

from bot.locales.phrases import named
from bot.locales.rendering import SLOTS, slots_in

PHRASES = dict(named())
SPOKEN = {name: f"{phrase.text}\n{phrase.plural}" for name, phrase in PHRASES.items()}

PROMISES = ("guarantee", "confidential", "anonymous", "no trace", "will help", "will see you")
BLAME = ("invalid", "wrong", "error", "failed", "must not", "you did not")


def test_a_name_is_in_capitals():
    assert [name for name in PHRASES if not re.fullmatch(r"[A-Z][A-Z_]+", name)] == []


def test_the_same_english_has_one_name():
    assert len({phrase.text for phrase in PHRASES.values()}) == len(PHRASES)


def test_every_slot_is_of_the_closed_set():
    assert [name for name, text in SPOKEN.items() if not slots_in(text) <= SLOTS.keys()] == []


def test_one_and_many_have_the_same_slots():
    counted = [phrase for phrase in PHRASES.values() if phrase.plural]
    assert counted
    assert all(slots_in(phrase.text) == slots_in(phrase.plural) for phrase in counted)


def test_sentences_have_twenty_words_at_most():
    sentences = [part for text in SPOKEN.values() for part in re.split(r"[.?!:\n]", text)]
    assert [part for part in sentences if len(part.split()) > 20] == []


def test_nothing_is_promised_and_nobody_is_blamed():
    banned = (*PROMISES, *BLAME)
    found = [name for name, text in SPOKEN.items() if any(word in text.lower() for word in banned)]
    assert found == []


def test_the_only_number_is_that_of_the_emergency_line():
    assert set(re.findall(r"\d+", " ".join(SPOKEN.values()))) == {"999"}


def test_words_with_the_emergency_number_are_safety_words():
    assert all(phrase.safety for phrase in PHRASES.values() if "999" in phrase.text)


def test_a_button_fits_a_small_phone():
    assert [name for name, p in PHRASES.items() if p.most and len(p.text) > 32] == []

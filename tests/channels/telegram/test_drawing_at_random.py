"""Drawing: whatever stands on a card, Telegram takes it and nothing of it is lost."""

import itertools
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot.channels.telegram.drawing import MOST_COPIES, is_told
from bot.conversation.messages import (
    Asking,
    Card,
    Listing,
    Option,
    Paragraph,
    Question,
    Result,
    Script,
    Way,
)
from bot.locales.rendering import from_right
from tests.channels.telegram.drawn_cards import CONTROLS, LABELS, card, every_page, units
from tests.channels.telegram.fakes import data_of

# Whole snippets and not single letters: drawn in one step each, so that a card costs little.
SNIPPETS = (
    "a", "Ring 999. ", "A & B <3 *x* _y_", "\n", " ", "🙂", "👩🏽‍🦱", "🇬🇧🇬🇧 ", "e\u0301", "اردو",
    "\u2067مدد\u2069 ", "\u2068٠١٢١ 496 0000\u2069", "،۔", "\u200f", "ż" * 9, "word " * 20, "🙂" * 99,
)  # fmt: skip
words = st.lists(st.sampled_from(SNIPPETS), min_size=1, max_size=3).map("".join)
long_lines = st.builds(
    lambda text, size: (text * size)[:size],
    words,
    st.sampled_from([749, 751, 2100, 3900, 4095, 4097, 10_000]),
)
lines = words | long_lines
few = st.lists(words, min_size=1, max_size=2).map(tuple)
listings = st.none() | st.builds(Listing, words, few)
askings = st.none() | st.builds(
    Asking,
    words,
    st.lists(st.builds(Question, words, st.just("") | words), max_size=3).map(tuple),
    st.just("") | words,
)
numbers = st.sampled_from(["", "01214960000", "+44 121", "1" * 256, "1" * 257])
links = st.none() | st.builds(
    "{}:{}".format, st.sampled_from(["tel", "sms", "https", "mailto", "TEL"]), numbers
)
ways = st.builds(Way, words, words, links, st.lists(words, max_size=2).map(tuple))
results = st.builds(
    Result,
    name=words,
    about=lines | st.just(""),
    lines=few,
    fits=listings,
    lacks=listings,
    asks=askings,
    ways=st.lists(ways, max_size=4).map(tuple),
)
scripts = st.builds(
    Script,
    lines=st.lists(st.builds(Question, words, st.just("") | words), max_size=8).map(tuple),
    heading=st.just("") | words,
    numbers=st.lists(words, max_size=3).map(tuple),
    copies=st.lists(words | numbers, max_size=2).map(tuple),
)
paragraphs = st.builds(Paragraph, lines, st.sampled_from(["say", "ask", "why", "alert", "note"]))
options = st.builds(
    lambda label, count: tuple(Option(str(n), label, picked=n == 3) for n in range(count)),
    words,
    st.integers(0, 80),
)
cards = st.builds(
    Card,
    language=st.just("ur"),
    direction=st.sampled_from(["ltr", "rtl"]),
    blocks=st.lists(paragraphs | results | scripts, min_size=1, max_size=5).map(tuple),
    options=options,
    controls=st.sampled_from([CONTROLS, CONTROLS[1:3], CONTROLS[:1], ()]),
    many=st.booleans(),
    step=st.just("triage.area"),
    turn=st.integers(1, 999_999),
    nonce=st.just("a_nonce-"),
    labels=st.sampled_from([LABELS, replace(LABELS, hide="H" * 40)]),
)
at_random = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@at_random
@given(cards)
def test_no_page_is_longer_than_telegram_takes(card):
    assert all(units(page.text) <= 4096 for page in every_page(card))


@at_random
@given(cards)
def test_marks_lie_inside_the_text_and_on_whole_characters(card):
    for page in every_page(card):
        raw, end = page.text.encode("utf-16-le"), 0
        for entity in page.entities:
            start, end = entity["offset"], entity["offset"] + entity["length"]
            assert 0 <= start < end <= len(raw) // 2
            raw[2 * start : 2 * end].decode("utf-16-le")  # fails on half a character


@at_random
@given(cards)
def test_marks_come_in_order_and_never_overlap(card):
    for page in every_page(card):
        spans = [(one["offset"], one["offset"] + one["length"]) for one in page.entities]
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


@at_random
@given(cards)
def test_all_pages_together_hold_every_block_once_and_in_order(card):
    def said(card):
        return "".join("".join(page.text.split()) for page in every_page(card))

    alone = [said(replace(card, blocks=(block,), options=())) for block in card.blocks]
    lines = [f"{place}. {one.label}" for place, one in enumerate(card.options, 1)]
    answers = [from_right(line) if card.direction == "rtl" else line for line in lines]
    told = ["".join(answer.split()) for answer in answers] if is_told(card) else []
    assert said(card) == "".join([*alone, *told])


@at_random
@given(st.lists(lines, min_size=1, max_size=6))
def test_no_word_of_a_paragraph_is_lost(texts):
    pages = every_page(card(*map(Paragraph, texts)))
    assert "".join("".join(page.text for page in pages).split()) == "".join("".join(texts).split())


@at_random
@given(cards)
def test_answers_and_the_fixed_row_stand_on_every_page(card):
    first, *more = [[data for data in data_of(page).values() if data] for page in every_page(card)]
    kept = [data for data in first if ".p" not in data]
    for page in more:
        assert [data for data in page if ".p" not in data] == kept


@at_random
@given(cards)
def test_a_keyboard_is_never_too_large_and_has_no_empty_row(card):
    for page in every_page(card):
        assert sum(map(len, page.keyboard)) <= 100
        assert all(page.keyboard)


@at_random
@given(cards)
def test_buttons_and_marks_are_as_the_library_would_make_them(card):
    for page in every_page(card):
        rows = [[by_the_library(**button) for button in row] for row in page.keyboard]
        assert {"inline_keyboard": page.keyboard} == InlineKeyboardMarkup(rows).to_dict()
        assert page.entities == [MessageEntity(**one).to_dict() for one in page.entities]


def by_the_library(text, callback_data=None, copy_text=None):
    copied = CopyTextButton(copy_text["text"]) if copy_text else None
    return InlineKeyboardButton(text, callback_data=callback_data, copy_text=copied)


@at_random
@given(cards)
def test_buttons_that_copy_hold_a_number_that_telegram_takes(card):
    for page in every_page(card):
        copied = [one["copy_text"] for row in page.keyboard for one in row if "copy_text" in one]
        assert len(copied) <= MOST_COPIES
        assert all(1 <= len(one["text"]) <= 256 for one in copied)

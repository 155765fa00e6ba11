"""Drawing: every card becomes a message that Telegram takes, and nothing of it is lost."""

import asyncio
import itertools
from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot.channels.buttons import pressed
from bot.channels.telegram.drawing import MOST_COPIES, PAGE_UNITS, draw, is_told
from bot.conversation import safety
from bot.conversation.blank_cards import closed, farewell
from bot.conversation.messages import (
    Again,
    Asking,
    Card,
    Control,
    Incoming,
    Labels,
    Listing,
    Option,
    Paragraph,
    Question,
    Result,
    Script,
    Start,
    Typed,
    Way,
)
from bot.conversation.turns import Turns
from bot.locales import phrases as say
from bot.locales.rendering import RIGHT_TO_LEFT_LINE
from bot.sessions.memory import MemoryStore
from bot.sessions.model import unpack
from tests.channels.telegram.fakes import data_of
from tests.talk import Talk
from tests.telegram.fakeapi import rules

LABELS = Labels(**{field.name: field.name.capitalize() for field in fields(Labels)})
CONTROLS = (
    Control("back", "Back"),
    Control("urgent", "Urgent help"),
    Control("leave", "Leave"),
    Control("know", "Good to know"),
)
RESULT = Result(
    name="The Centre",
    about="A place for women.",
    lines=("Open now, until 17:00",),
    fits=Listing("Fits", ("A woman worker",)),
    lacks=Listing("Lacks", ("A lift",)),
    asks=Asking("Ask:", (Question("Czy?", "Is it?"), Question("Can I?")), "Also: a lift"),
    ways=(
        Way("Phone", "0121 496 0000", "tel:01214960000", ("Free", "Day and night")),
        Way("Text", "85258", "sms:85258"),
        Way("Website", "https://example.org", "https://example.org"),
        Way("Email", "a@example.org", "mailto:a@example.org"),
        Way("Walk in", "High Street", None),
        Way("Odd", "odd", "tel:"),
    ),
)
CARD = Card(
    language="en",
    direction="ltr",
    blocks=(Paragraph("Which?", "ask"),),
    options=(Option("a", "First"), Option("b", "Second")),
    controls=CONTROLS,
    step="triage.area",
    turn=3,
    nonce="a_nonce-",
    labels=LABELS,
)


def card(*blocks, **changes):
    return replace(CARD, blocks=blocks or CARD.blocks, **changes)


def labels(drawn):
    return [[button["text"] for button in row] for row in drawn.keyboard]


def every_page(card):
    pages = [draw(card)]
    return [*pages, *(draw(card, number) for number in range(1, pages[0].pages))]


def units(text):
    return len(text.encode("utf-16-le")) // 2


def marked(drawn):
    """The words that stand out."""
    raw = drawn.text.encode("utf-16-le")
    found = [entity for entity in drawn.entities if entity["type"] == "bold"]
    spans = [(2 * one["offset"], 2 * (one["offset"] + one["length"])) for one in found]
    return [raw[start:end].decode("utf-16-le") for start, end in spans]


def accepted(drawn):
    """The strict fake's rules, which are the real server's, and a text that comes out as it was."""
    text = rules.check_text(drawn.text, drawn.entities)
    rules.check_entities(drawn.entities, text)
    rules.check_markup({"inline_keyboard": drawn.keyboard})
    return text == drawn.text


# ---- words


def test_paragraphs_stand_apart_and_look_as_their_tone_says():
    tones = ("say", "ask", "why", "alert", "note")
    drawn = draw(card(*(Paragraph(tone, tone) for tone in tones)))
    assert drawn.text == "say\n\nask\n\nwhy\n\nalert\n\nnote"
    assert marked(drawn) == ["ask", "alert"]


def test_a_service_is_told_line_by_line():
    assert draw(card(RESULT)).text == (
        "The Centre\nA place for women.\nOpen now, until 17:00\n\n"
        "Fits\n✓ A woman worker\n\nLacks\n– A lift\n\n"
        "Ask:\n? Czy?\n(Is it?)\n? Can I?\nAlso: a lift\n\n"
        "Phone: 0121 496 0000\nFree · Day and night\nText: 85258\n"
        "Website: https://example.org\nEmail: a@example.org\nWalk in: High Street\nOdd: odd"
    )


def test_what_a_service_does_not_have_leaves_no_empty_line():
    assert draw(card(Result("Line", "", ()))).text == "Line"


def test_of_a_service_only_its_name_stands_out():
    assert marked(draw(card(RESULT))) == ["The Centre"]


def test_every_line_of_a_card_from_the_right_is_marked_so():
    drawn = draw(card(Paragraph("Ring 999.\nمدد"), RESULT, direction="rtl"))
    assert all(line.startswith(RIGHT_TO_LEFT_LINE) for line in drawn.text.split("\n") if line)
    assert marked(drawn) == [f"{RIGHT_TO_LEFT_LINE}The Centre"]


def test_marks_are_counted_in_the_units_of_telegram():
    drawn = draw(card(Paragraph("🙂🙂"), Paragraph("Which?", "ask")))
    assert drawn.entities == [{"type": "bold", "offset": 6, "length": 6}]


def test_markup_in_an_entry_stays_plain_text():
    drawn = draw(card(Paragraph("A & B <3 *not bold* _x_ [y](https://z)")))
    assert drawn.text == "A & B <3 *not bold* _x_ [y](https://z)"
    assert drawn.entities == []


# ---- what stands on a card, at random


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
    mark = RIGHT_TO_LEFT_LINE if card.direction == "rtl" else ""
    answers = [f"{mark}{place}. {one.label}" for place, one in enumerate(card.options, 1)]
    told = ["".join(answer.split()) for answer in answers] if is_told(card) else []
    assert said(card) == "".join([*alone, *told])


def test_answers_that_a_button_would_cut_stand_in_the_text_with_their_numbers():
    long = "மாத்திரை அல்லது வேறு மருந்துகள் பற்றி"
    options = (Option("a", long), Option("b", "மது"))
    drawn = draw(card(options=options))
    assert drawn.text.endswith(f"1. {long}\n2. மது")
    assert labels(drawn)[:2] == [[f"1. {long}"], ["2. மது"]]
    many = draw(card(options=options, many=True))
    assert labels(many)[0] == [f"☐ 1. {long}"]


def test_answers_that_fit_stand_only_on_their_buttons():
    drawn = draw(card(options=(Option("a", "A" * 33), Option("b", "No"))))
    assert "1." not in drawn.text
    assert labels(drawn)[0] == ["A" * 33]


def test_under_the_cover_no_list_is_added():
    options = (Option("a", "W" * 60),)
    assert "1." not in draw(card(options=options, state="covered")).text


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


# ---- sentences to say, and a text to take away


PAPER = Script(
    lines=(Question("Dzień dobry.", "Hello."), Question("I need room for a pram.")),
    heading="O co zapytać",
    numbers=("Rose House: 0121 496 0000", "0121 496 0001"),
    copies=("O co zapytać\nDzień dobry.", "Things to ask\nHello."),
)


def copied(drawn):
    return [one for row in drawn.keyboard for one in row if "copy_text" in one]


def test_each_sentence_stands_apart_with_its_english_below():
    drawn = draw(card(replace(PAPER, heading="", numbers=())))
    assert drawn.text == "Dzień dobry.\n(Hello.)\n\nI need room for a pram."
    assert accepted(drawn)


def test_a_text_to_take_away_has_a_heading_and_numbers():
    drawn = draw(card(PAPER))
    assert drawn.text.startswith("O co zapytać\n\nDzień dobry.\n(Hello.)\n\n")
    assert drawn.text.endswith("pram.\n\nRose House: 0121 496 0000\n0121 496 0001")
    assert marked(drawn) == ["O co zapytać"]
    assert accepted(drawn)


def test_a_sentence_from_the_right_keeps_its_english_as_an_island():
    line = Question("\u200fمیں", "\u2068Hello.\u2069")
    drawn = draw(card(Script((line,)), language="ur", direction="rtl"))
    assert drawn.text == "\u200fمیں\n\u200f(\u2068Hello.\u2069)"


@pytest.mark.parametrize(
    ("copies", "taken"),
    [
        ((), []),
        (("",), []),
        (("a" * 256, "b"), ["a" * 256]),
        (("a" * 257, "b" * 256), ["b" * 256]),
        (("a" * 257, "b" * 257), []),
        (("🙂" * 129, "b"), ["b"]),  # 258 of Telegram's units
    ],
)
def test_the_fullest_text_that_telegram_takes_can_be_copied(copies, taken):
    buttons = copied(draw(card(replace(PAPER, copies=copies))))
    assert [one["copy_text"]["text"] for one in buttons] == taken
    assert {one["text"] for one in buttons} <= {"Copy"}


def test_a_text_too_long_for_one_button_is_copied_in_parts_of_whole_lines():
    line = "abc" * 40
    text = "\n".join([line] * 5)
    buttons = copied(draw(card(replace(PAPER, copies=("a" * 257, text)))))
    assert [one["text"] for one in buttons] == ["Copy 1/3", "Copy 2/3", "Copy 3/3"]
    assert "\n".join(one["copy_text"]["text"] for one in buttons) == text


def test_a_text_on_a_card_without_labels_is_told_and_not_copied():
    assert copied(draw(card(PAPER, labels=None))) == []


# ---- pages


LONG = card(*(Result(f"{number}", "word " * 100, ("Open now",)) for number in range(9)))


def test_a_long_list_is_cut_into_pages_of_one_screen():
    pages = every_page(LONG)
    assert len(pages) == 5
    assert all(units(page.text) <= PAGE_UNITS for page in pages)
    assert [(page.page, page.pages) for page in pages] == [(n, 5) for n in range(5)]


def test_what_is_no_list_stands_on_one_page():
    """Harm prevented: on an urgent card no number may lie behind another press."""
    parts = [Paragraph("word " * 100), replace(RESULT, lines=())] * 5
    assert draw(card(*parts)).pages == 1


def test_the_last_page_stands_where_there_are_not_so_many():
    assert draw(LONG, 99) == draw(LONG, 4)
    assert draw(CARD, 3) == draw(CARD)


def test_pages_lead_to_the_ones_beside_them():
    names = [[label for row in labels(page) for label in row] for page in every_page(LONG)]
    beside = [[label for label in page if label.startswith("Page")] for page in names]
    assert beside == [
        ["Page 2/5"],
        ["Page 1/5", "Page 3/5"],
        ["Page 2/5", "Page 4/5"],
        ["Page 3/5", "Page 5/5"],
        ["Page 4/5"],
    ]


def test_pages_and_numbers_stand_above_the_answers():
    rows = labels(draw(card(*LONG.blocks, RESULT), 99))
    assert rows[0][0].startswith("Page")
    assert rows[1:5] == [["Copy 0121 496 0000"], ["Copy 85258"], ["First"], ["Second"]]


def test_a_line_that_heads_a_list_goes_along_with_what_comes_below():
    heading = Paragraph("From anywhere:", "note")
    first, second = every_page(card(replace(RESULT, about="word " * 260), heading, RESULT))
    assert second.text.startswith("From anywhere:\n\nThe Centre")
    assert "From anywhere" not in first.text


def test_a_heading_too_long_to_go_along_stays_where_it_is():
    heading = Paragraph("y" * 1500, "note")
    pages = every_page(card(Paragraph("x" * 2000), heading, Paragraph("z" * 3900)))
    assert [units(page.text) for page in pages] == [3502, 3900]


def test_a_page_button_brings_its_page(world):
    data = data_of(draw(LONG))["Page 2/5"]
    found = pressed(data, world.codes)
    assert (found.act, found.page, found.turn) == (Again(), 1, CARD.turn)


def test_a_service_is_not_torn_apart_by_pages():
    pages = every_page(card(Paragraph("word " * 250), RESULT))
    assert len(pages) == 2
    assert pages[1].text.startswith("The Centre")
    assert pages[1].text.endswith("Odd: odd")


def test_a_short_card_has_no_page_buttons():
    assert not [label for row in labels(draw(CARD)) for label in row if "Page" in label]


def test_numbers_are_copied_on_the_page_they_stand_on():
    first, second = every_page(card(Paragraph("word " * 250), RESULT))
    assert "Copy 85258" not in data_of(first)
    assert "Copy 85258" in data_of(second)


# ---- buttons


def test_an_open_card_has_its_answers_then_the_words_then_the_fixed_row():
    assert labels(draw(CARD)) == [
        ["First"],
        ["Second"],
        ["Back", "Good to know"],
        ["Hide", "Leave", "Urgent help"],
    ]


def test_fixed_words_that_are_long_get_two_rows():
    drawn = draw(card(labels=replace(LABELS, hide="Schowaj to wszystko")))
    assert labels(drawn)[-2:] == [["Schowaj to wszystko", "Leave"], ["Urgent help"]]


def test_hide_stands_alone_where_the_flows_have_no_other_fixed_word():
    drawn = draw(card(controls=(), labels=replace(LABELS, hide="H" * 40)))
    assert labels(drawn)[-1] == ["H" * 40]


def test_words_that_do_not_fit_beside_each_other_get_rows_of_their_own():
    words = tuple(Control(str(number), "x" * 12) for number in range(3))
    assert labels(draw(card(controls=words)))[2:4] == [["x" * 12] * 2, ["x" * 12]]


@pytest.mark.parametrize(
    ("count", "label", "width"),
    [(8, "Short", 1), (9, "Short", 2), (9, "x" * 16, 2), (9, "x" * 17, 1), (14, "Dudley", 2)],
)
def test_many_short_answers_stand_two_a_row(count, label, width):
    answers = tuple(Option(str(number), label) for number in range(count))
    rows = labels(draw(card(options=answers, controls=())))[:-1]
    assert max(map(len, rows)) == width
    assert sum(map(len, rows)) == count


@pytest.mark.parametrize("picked", [False, True])
def test_a_switch_shows_how_it_stands_and_asks_for_the_other(world, picked):
    drawn = draw(card(options=(Option("hide", "One", picked=picked),), many=True))
    (label, data), *_ = data_of(drawn).items()
    assert label == ("☑ One" if picked else "☐ One")
    assert pressed(data, world.codes).act.on is not picked


def test_done_stands_below_the_switches_once_one_is_on():
    options = (Option("a", "One"), Option("b", "Two"))
    assert ["Done"] not in labels(draw(card(options=options, many=True)))
    picked = (options[0], replace(options[1], picked=True))
    assert labels(draw(card(options=picked, many=True)))[2] == ["Done"]


def test_only_numbers_to_ring_or_text_can_be_copied():
    rows = draw(card(RESULT)).keyboard
    assert [row for row in rows if "copy_text" in row[0]] == [
        [{"text": "Copy 0121 496 0000", "copy_text": {"text": "01214960000"}}],
        [{"text": "Copy 85258", "copy_text": {"text": "85258"}}],
    ]


def test_a_number_that_stands_twice_is_copied_once():
    drawn = draw(card(RESULT, RESULT))
    assert sum("Copy 85258" in row for row in labels(drawn)) == 1


def test_a_number_too_long_to_copy_has_no_button():
    odd = Result("Odd", "", (), ways=(Way("Phone", "…", "tel:" + "1" * 257),))
    assert not any("copy_text" in button for row in draw(card(odd)).keyboard for button in row)


# ---- cards that say nothing


def test_a_hidden_card_has_one_button_that_opens_it(world):
    drawn = draw(card(Paragraph("Nothing here."), state="hidden"))
    assert labels(drawn) == [["Open"]]
    assert pressed(data_of(drawn)["Open"], world.codes).act.intent == "open"


def test_a_closed_card_has_one_button_that_begins_a_talk(world):
    drawn = draw(closed(world.catalogues.voice("en")))
    assert [pressed(data, world.codes).act for data in data_of(drawn).values()] == [
        Start(anew=False)
    ]


def test_a_covered_card_has_its_answers_and_a_way_out_and_nothing_else(world):
    drawn = draw(card(Paragraph("Lentil soup."), state="covered", controls=()))
    assert labels(drawn) == [["First"], ["Second"], ["Close"]]
    assert pressed(data_of(drawn)["Close"], world.codes).act.intent == "leave"


def test_the_last_card_has_nothing_to_press(world):
    assert draw(farewell(world.catalogues.voice("en"))).keyboard == []


def test_the_card_for_a_fault_has_urgent_help_and_a_way_out(world):
    drawn = draw(safety.frozen_urgent())
    intents = [pressed(data, world.codes).act.intent for data in data_of(drawn).values()]
    assert intents == ["urgent", "leave"]
    assert accepted(drawn)


def test_a_service_on_a_card_without_labels_is_told_and_not_copied():
    drawn = draw(card(RESULT, labels=None))
    assert "Phone: 0121 496 0000" in drawn.text
    assert labels(drawn) == [[control.label] for control in CONTROLS]


# ---- every card of the shipped flows


async def walk(world, moment, language):
    """Every card she can come to by pressing what is drawn, and by typing on each first card."""
    store, keys, seen = MemoryStore(lambda: 0.0), itertools.count(), set()
    turns = Turns(world, store, lambda: moment, say.TELEGRAM_KEEPS, quiet_end=True)
    waiting = [(b"", [Start(language)])]
    while waiting:
        packed, acts = waiting.pop(0)
        for act in acts:
            key = str(next(keys))
            await store.save(key, packed, 0)
            card = await turns.take(Incoming(key, act, fresh="a_nonce-"))
            yield card
            kept = await store.load(key)
            session = unpack(kept.data) if kept else None
            if session and not session.misses and mark(card, session) not in seen:
                seen.add(mark(card, session))
                waiting.append((kept.data, [*drawn_acts(card, world), *TYPED]))


TYPED = (Typed("b43"), Typed("LE1"), Typed("xyzzy"))


def mark(card, session):
    outside = ("triage.area", "LE1") in session.trail
    located = any(name == "triage.area" for name, _ in session.trail)
    return card.step, card.state, outside, located, any(option.picked for option in card.options)


def drawn_acts(card, world):
    return [pressed(data, world.codes).act for data in data_of(draw(card)).values() if data]


@pytest.mark.parametrize("language", ["en", "ur", "pl"])
def test_every_card_of_the_shipped_flows_is_taken_by_telegram(world, moment, language):
    async def walking():
        steps = set()
        async for card in walk(world, moment, language):
            steps.add(card.step)
            assert all(accepted(page) for page in every_page(card))
        return steps

    every = {name for name, planned in world.material.plan.steps.items() if planned.waits}
    assert every - asyncio.run(walking()) == set()


@pytest.mark.parametrize("language", ["en", "ur", "pl"])
def test_the_services_of_every_council_are_taken_by_telegram(world, moment, language):
    for council in world.places.councils.values():
        talk = Talk(world, moment, language)
        talk.type("1", council.name, "1")
        assert talk.card.step in {"triage.first", "triage.lines"}
        assert all(accepted(page) for page in every_page(talk.card))

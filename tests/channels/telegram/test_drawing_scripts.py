"""Drawing: sentences to say and a text to take away, which can be copied as far as possible."""

from dataclasses import replace

import pytest

from bot.channels.telegram.drawing import draw
from bot.conversation.messages import Question, Script
from tests.channels.telegram.drawn_cards import accepted, card, marked

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

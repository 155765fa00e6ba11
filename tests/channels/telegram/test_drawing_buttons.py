"""Drawing: which buttons a card has, in which rows, and what pressing them does."""

from dataclasses import replace

import pytest

from bot.channels.buttons import pressed
from bot.channels.telegram.drawing import draw
from bot.conversation import safety
from bot.conversation.blank_cards import closed, farewell
from bot.conversation.messages import Control, Option, Paragraph, Result, Start, Way
from tests.channels.telegram.drawn_cards import (
    CARD,
    CONTROLS,
    LABELS,
    RESULT,
    accepted,
    card,
    labels,
)
from tests.channels.telegram.fakes import data_of

# ---- rows


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


# ---- answers too long for a button


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


# ---- numbers to copy


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

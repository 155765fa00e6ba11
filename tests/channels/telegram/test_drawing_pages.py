"""Drawing: a long list is cut into pages of one screen, and what belongs together stays so."""

from dataclasses import replace

from bot.channels.buttons import pressed
from bot.channels.telegram.drawing import PAGE_UNITS, draw
from bot.conversation.messages import Again, Paragraph, Result
from tests.channels.telegram.drawn_cards import CARD, RESULT, card, every_page, labels, units
from tests.channels.telegram.fakes import data_of

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

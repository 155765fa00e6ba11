"""Drawing: the words of a card stand as its blocks, their tones and its direction say."""

from bot.channels.telegram.drawing import draw
from bot.conversation.messages import Paragraph, Result
from bot.locales.rendering import RIGHT_TO_LEFT_LINE
from tests.channels.telegram.drawn_cards import RESULT, card, marked


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

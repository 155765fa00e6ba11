"""Fitting: lines, sizes and what does not fit, with letters of which each is half as wide as high."""

import pytest

from bot.outreach.content import Said
from bot.outreach.drawing import Line
from bot.outreach.fitting import LEAST, Paragraph, TooMuchError, broken, even, fit
from bot.outreach.fonts import LATIN


class Typewriter:
    """Sets every letter half a size wide, and knows what it was asked for."""

    font = LATIN

    def __init__(self):
        self.lines = {}

    def line(self, text, *, rtl):
        line = Line((), len(text) / 2)
        self.lines[line] = text
        return line


@pytest.fixture
def setter():
    return Typewriter()


def texts(lines, setter):
    return [setter.lines[line] for line in lines]


def said(text, **more):
    return Paragraph(Said(text), 4.0, **more)


def test_words_go_on_as_long_as_they_fit(setter):
    assert texts(broken(said("one two three four"), 4, setter), setter) == ["one two", "three", "four"]  # fmt: skip


def test_a_word_is_never_cut(setter):
    assert broken(said("a unbreakable"), 4, setter) is None


def test_more_lines_than_wanted_do_not_fit(setter):
    assert broken(said("one two three four", most=2), 4, setter) is None


def test_an_address_is_cut_behind_its_signs(setter):
    address = said("notes.example.org/k7m2x9pa?x=1", anywhere=True)
    lines = texts(broken(address, 10, setter), setter)
    assert lines == ["notes.example.org/", "k7m2x9pa?x=1"]
    assert "".join(lines) == address.said.text


def test_a_long_piece_of_an_address_is_cut_all_the_same(setter):
    lines = texts(broken(said("a" * 30, anywhere=True), 7, setter), setter)
    assert [len(line) for line in lines] == [12, 12, 6]


def test_centred_lines_are_about_equal(setter):
    sentence = said("You do not give your name.", centred=True)
    assert texts(broken(sentence, 11, setter), setter) == ["You do not give your", "name."]
    assert texts(even(sentence, 11, setter), setter) == ["You do not give", "your name."]


def test_all_become_smaller_alike(setter):
    heading, body = said("Lentil soup"), Paragraph(Said("Fry one onion in oil."), 3.0)
    block = fit([heading, body], 18, 16, setter, rtl=False)
    sizes = [words.size for words in block.items]
    assert sizes[0] < 4
    assert sizes[0] / sizes[-1] == pytest.approx(4 / 3)
    assert all(words.x + words.line.width * words.size <= 18.001 for words in block.items)


def test_words_stand_at_their_side(setter):
    (left,) = fit([said("soup")], 50, 10, setter, rtl=False).items
    (right,) = fit([said("soup")], 50, 10, setter, rtl=True).items
    (middle,) = fit([said("soup", centred=True)], 50, 10, setter, rtl=True).items
    assert (left.x, middle.x, right.x) == (0, 21, 42)


@pytest.mark.parametrize(("width", "height"), [(5, 100), (100, 1), (0.1, 0.1)])
def test_what_does_not_fit_at_a_size_to_read_is_refused(setter, width, height):
    with pytest.raises(TooMuchError):
        fit([said("Lentil soup for four")], width, height, setter, rtl=False)


def test_nothing_is_smaller_than_can_be_read(setter):
    block = fit([said("word " * 12)], 12, 100, setter, rtl=False)
    assert min(words.size for words in block.items) >= LEAST

"""Lines of a width that keep their direction."""

from hypothesis import given
from hypothesis import strategies as st

from bot.locales.rendering import BY_FIRST_LETTER, END_OF_ISLAND, RIGHT_TO_LEFT_LINE, Kind, isolate
from bot.locales.wrapping import wrap


def test_plain_text_is_only_wrapped():
    assert wrap("one two three", 9, "  ") == "  one two\n  three"


def test_nothing_stays_nothing():
    assert wrap("", 20) == ""


def test_every_line_of_a_right_to_left_text_is_marked():
    lines = wrap(RIGHT_TO_LEFT_LINE + "ایک دو تین چار پانچ چھ", 10).split("\n")
    assert len(lines) > 1
    assert all(line.startswith(RIGHT_TO_LEFT_LINE) for line in lines)


@given(st.lists(st.sampled_from(["ایک", "two", "three", "چار"]), min_size=1, max_size=12))
def test_an_island_is_whole_on_every_line(words):
    text = RIGHT_TO_LEFT_LINE + "کہا: " + isolate(" ".join(words), Kind.NAME) + " اور"
    for line in wrap(text, 16, "  ").split("\n"):
        assert line.startswith("  " + RIGHT_TO_LEFT_LINE)
        assert line.count(BY_FIRST_LETTER) == line.count(END_OF_ISLAND)
        assert len(line.strip()) <= 16 + 4


def test_a_stray_end_of_an_island_does_no_harm():
    text = RIGHT_TO_LEFT_LINE + "ایک" + END_OF_ISLAND + " دو"
    assert wrap(text, 40) == text

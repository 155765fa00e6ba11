"""About how wide a label is."""

import pytest

from bot.channels.telegram.widths import ROOM, fits, width


@pytest.mark.parametrize(
    ("longest", "letter"),
    [(33, "a"), (31, "ж"), (26, "அ"), (40, "আ"), (43, "ا"), (47, "ਅ"), (33, "7"), (33, " ")],
)
def test_so_many_letters_of_a_script_fit(longest, letter):
    assert fits(letter * longest)
    assert not fits(letter * (longest + 1))


def test_marks_of_direction_take_no_room():
    assert width("\u200f\u2066ab\u2069") == width("ab")
    assert width("") == 0 < ROOM

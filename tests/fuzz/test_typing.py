"""Lines that are typed: whatever bytes come, each line is read once and none is kept."""

import io

from hypothesis import given, settings

from bot.channels.terminal import LONGEST_LINE, lines
from tests.fuzz.mutating import mutated, noise

TYPED = [b"yes\nback\n\nurgent help\n", "مدد\nwsparcie\r\n1 2 3".encode()]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(noise() | mutated(TYPED))
def test_whatever_is_typed_comes_line_by_line(data):
    found = list(lines(io.BytesIO(data)))
    ends = data.count(b"\n") + (not data.endswith(b"\n") and data != b"")
    assert len(found) == ends
    assert all("\n" not in line for line in found)
    assert found == [line.decode("utf-8", "replace").strip() for line in data.split(b"\n")][:ends]


def test_of_a_line_without_an_end_only_its_beginning_is_held():
    found = list(lines(io.BytesIO(b"x" * (3 * LONGEST_LINE) + b"\nnext\n")))
    assert [len(line) for line in found] == [LONGEST_LINE, 4]

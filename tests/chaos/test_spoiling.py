"""Spoiled files: exactly as spoiled as was asked for."""

import random

from tests.chaos.spoiling import flip, replaced, truncate


def test_one_bit_is_flipped(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(bytes(100))
    flip(path, random.Random(1))  # noqa: S311
    assert sum(byte.bit_count() for byte in path.read_bytes()) == 1


def test_an_empty_file_has_no_bit(tmp_path):
    path = tmp_path / "a"
    path.touch()
    flip(path, random.Random(1))  # noqa: S311
    assert path.read_bytes() == b""


def test_the_end_is_cut_off_also_for_who_has_it_open(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"whole")
    with path.open("rb") as opened:
        truncate(path, 0.4)
        assert opened.read() == b"wh"


def test_what_was_replaced_comes_back(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"good")
    with replaced(path, b"bad"):
        assert path.read_bytes() == b"bad"
    assert path.read_bytes() == b"good"

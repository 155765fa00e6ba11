"""What a tool made goes to the terminal or to a file."""

from datetime import date

import pytest

from bot.cli.directory.delivering import day_in_words, deliver
from tests.cli.running import linnet


def test_a_file_gets_the_very_bytes(tmp_path, capsys):
    deliver("a\r\nß\n", tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == "a\r\nß\n".encode()
    deliver("x\n", None)
    assert capsys.readouterr().out == "x\n"


def test_a_file_that_cannot_be_written_is_one_line(tmp_path):
    done = linnet("directory", "gaps", "--out", str(tmp_path / "no" / "file"))
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"linnet: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(("day", "words"), [(date(2026, 11, 5), "5 November 2026")])
def test_a_day_is_written_as_people_write_it(day, words):
    assert day_in_words(day) == words

"""Tables of untrusted words: no formula, no markup, no control of a terminal, no wider than 80."""

import csv
import io

import pytest

from bot.cli.tables import WIDTH, as_csv, as_markdown, as_text, plain, safe_cell, wrapped


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", " =", "\ufeff+"])
def test_no_cell_becomes_a_formula(start):
    assert safe_cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"
    assert safe_cell(f"a{start}") == f"a{start}"


def test_a_csv_reads_back_as_it_was():
    rows = [['say "hi", she said', "two\nlines"], ["=1+1", ""]]
    read = list(csv.reader(io.StringIO(as_csv(("a", "b"), rows), newline="")))
    assert read == [["a", "b"], rows[0], ["'=1+1", ""]]


def test_markdown_shows_markup_as_words():
    line = list(as_markdown(("a",), [["<b> | [x](y) `c` *d*\n# e"]]))[-1]
    assert line == r"| &lt;b&gt; \| \[x\](y) \`c\` \*d\* \# e |"


@pytest.mark.parametrize("bad", ["\x1b[2J", "\x07", "\u202e", "\u2066", "\u2028", "\x9b31m"])
def test_nothing_controls_the_terminal(bad):
    assert not set(plain(f"a{bad}b")) & set("\x1b\x07\u202e\u2066\u2028\x9b")


def test_a_table_fits_and_keeps_every_word():
    name = "A very long name of a service that goes on and on"
    lines = list(as_text(("Name", "One", "Two"), [[name, "x" * 20, "y"]]))
    assert max(map(len, lines)) <= WIDTH
    assert all(word in "\n".join(lines) for word in name.split())
    assert list(as_text(("Name", "One"), [["", "x"]]))[1].split() == ["x"]


def test_a_sentence_is_broken_over_lines():
    lines = list(wrapped("word " * 40, "  ", "  "))
    assert max(map(len, lines)) <= WIDTH
    assert lines[1].startswith("    word")

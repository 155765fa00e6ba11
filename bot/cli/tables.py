"""Tables: rows as CSV, Markdown or text that fits a terminal; every word in them is untrusted."""

import csv
import io
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

WIDTH = 80
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARKDOWN = re.compile(r"([\\`*_\[\]|~#])")
# Marks that turn the direction of what follows; in a terminal they would reorder other words.
_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")

Row = Sequence[str]


def plain(text: str) -> str:
    """One line without control characters, which could write elsewhere on a terminal."""
    seen = "".join(
        " " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char
        for char in text
        if char not in _TURNS
    )
    return " ".join(seen.split())


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    A value that begins with = + - @ (also the full-width ones), a tab or a new line, with or
    without blanks before it, gets an apostrophe in front: it then stands there as text. Who reads
    the file by a program takes that apostrophe off again.
    """
    first = text.lstrip(" \u00a0\ufeff")
    return f"'{text}" if first.startswith(_FORMULA) else text


def as_csv(head: Row, rows: Iterable[Row]) -> str:
    """CSV with a head, lines ending as RFC 4180 has them; see `safe_cell`."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(head)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return written.getvalue()


def escaped(text: str) -> str:
    """Words that stand in Markdown as they are: no markup, no HTML, no further cell."""
    kept = plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN.sub(r"\\\1", kept)


def as_markdown(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    """A Markdown table, line by line."""
    for row in (head, ["---"] * len(head)):
        yield f"| {' | '.join(row)} |"
    for row in rows:
        yield f"| {' | '.join(map(escaped, row))} |"


def as_text(head: Row, rows: Iterable[Row], width: int = WIDTH) -> Iterator[str]:
    """A table, line by line: the first column is broken over lines, so that all fits `width`."""
    cells = [[plain(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in list(zip(*cells, strict=True))[1:]]
    first = max(width - sum(widths) - 2 * len(widths), 12)
    for row in cells:
        name = textwrap.wrap(row[0], first, break_on_hyphens=False) or [""]
        rest = "".join(f"  {cell:<{wide}}" for cell, wide in zip(row[1:], widths, strict=True))
        yield f"{name[0]:<{first}}{rest}".rstrip()
        yield from name[1:]


def wrapped(text: str, indent: str = "", more: str = "") -> Iterator[str]:
    """A sentence over lines of 80; `more` is put before each line after the first."""
    yield from textwrap.wrap(
        plain(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + more,
        break_on_hyphens=False,
    )

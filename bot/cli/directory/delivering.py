"""Delivering: what a tool made, to the terminal or to a file."""

import argparse
import sys
from calendar import month_name
from collections.abc import Iterable
from datetime import date
from pathlib import Path


def add_out(command: argparse.ArgumentParser, formats: Iterable[str]) -> None:
    """Add `--format`, whose first is the usual one, and `--out`."""
    known = tuple(formats)
    command.add_argument("--format", choices=known, default=known[0])
    command.add_argument("--out", type=Path, metavar="FILE", help="write there, not to the screen")


def deliver(text: str, out: Path | None) -> None:
    """Print `text`, or write it to `out` in UTF-8. Raises OSError when that cannot be written.

    Line ends stay as they are: those of CSV are its own.
    """
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8", newline="")


def day_in_words(day: date) -> str:
    """`25 November 2026`."""
    return f"{day.day} {month_name[day.month]} {day.year}"

"""Pages: what a tool found as one HTML file that asks for nothing else.

Every word of an entry is escaped by Jinja2; no template marks anything as safe. A page has no
script, and its policy forbids every request, so it can be sent by mail and opened anywhere.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.cli.directory.delivering import day_in_words
from bot.directory import audit as audits
from bot.directory import gaps as all_gaps
from bot.directory.audit import Audited
from bot.directory.basis import Basis
from bot.directory.gaps import Cell, Gap, Said
from bot.directory.standards import Standard

TEMPLATES = Path(__file__).parent / "templates"

# The colour of a cell; the number in it says the same.
_SHADES = ((5, "most"), (2, "more"), (1, "some"))
_OTHERWISE = {Said.NO: "no", Said.UNKNOWN: "unknown", Said.EMPTY: "empty"}


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def audit_page(found: Sequence[Audited], about: Basis, area: str, today: date) -> str:
    """The page of `linnet directory audit`; `area` names the council, or everything."""
    return _environment().get_template("audit.html").render(
        day=today.isoformat(),
        day_in_words=day_in_words(today),
        about=about.sentence,
        area=area,
        found=found,
        sentences=audits.sentences(found),
        counts=audits.counts(found),
        asked={standard: audits.asked(found, standard) for standard in Standard},
        in_words=audits.in_words,
        cautions=audits.cautions(found),
        standards=[(standard, audits.TITLES[standard]) for standard in Standard],
        grades=audits.GRADES,
        ages=audits.AGES,
    )  # fmt: skip


def gaps_page(
    found: Sequence[Gap], about: Basis, councils: Sequence[tuple[str, str]], today: date
) -> str:
    """The page of `linnet directory gaps`; `councils` are (id, name) in the order shown."""
    return _environment().get_template("gaps.html").render(
        day=today.isoformat(),
        day_in_words=day_in_words(today),
        about=about.sentence,
        found=found,
        councils=councils,
        sentences=all_gaps.sentences(found),
        cautions=all_gaps.cautions(),
        beside=[(name, *all_gaps.open_and_helped(found, id)) for id, name in councils],
        shade=shade,
    )  # fmt: skip


def shade(cell: Cell) -> str:
    """The name of a cell's colour."""
    bright = next((name for least, name in _SHADES if cell.yes >= least), None)
    return bright or _OTHERWISE[cell.said]

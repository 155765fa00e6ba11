"""`linnet directory gaps`: what women ask for and what services state, by council."""

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from string import ascii_lowercase
from typing import TYPE_CHECKING

from bot import app
from bot.cli.directory.delivering import add_out, day_in_words, deliver
from bot.cli.directory.entries import Directory, read_directory
from bot.cli.directory.pages import gaps_page
from bot.cli.tables import Row, as_csv, as_text, wrapped
from bot.directory.basis import Basis
from bot.directory.gaps import Cell, Gap, Said, cautions, gaps, sentences
from bot.directory.index import build
from bot.exceptions import DataError
from bot.locales.catalogues import Catalogues
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_FILES = ("directory/needs.yaml", "directory/places.yaml")


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to tell, and about what."""

    found: tuple[Gap, ...]
    about: Basis
    councils: tuple[tuple[str, str], ...]  # id and name, in the order shown
    today: date


def add(verbs: "Commands") -> None:
    """Add the command."""
    command = verbs.add_parser("gaps", help="needs and councils where no service states yes")
    add_out(command, FORMATS)
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print or write the gaps."""
    deliver(FORMATS[wanted.format](report(read_directory(settings))), wanted.out)
    return 0


def report(directory: Directory) -> Report:
    """All gaps of the area.

    Raises DataError where needs or councils cannot be read, or too few lines are there to search.
    """
    data = directory.data
    unread = app.errors_in(directory.problems, *_FILES)
    if unread:
        raise DataError(unread)
    about = directory.basis
    index = build(about.counted, data.vocabulary, data.places, directory.today, data.schools)
    councils = tuple((council.id, council.name) for council in data.places)
    offered = Catalogues.read(data.folders.locales).offered
    languages = [language.code for language in offered if language.code != "en"]
    found = gaps(index, data.vocabulary, [id for id, _ in councils], languages)
    return Report(found, about, councils, directory.today)


def text(report: Report) -> str:
    """A table of 80 columns: a letter for each council, so that all of them fit."""
    return "".join(f"{line}\n" for line in _text(report))


def _text(report: Report) -> Iterator[str]:
    opening = f"Gaps, by need and council. Made on {day_in_words(report.today)}. "
    yield from wrapped(opening + report.about.sentence)
    yield ""
    for sentence in (*sentences(report.found), "", *cautions()):
        yield from (
            wrapped(f"- {sentence}", "", "  ")
            if sentence
            else ["\nWhat these numbers cannot tell\n"]
        )
    yield ""
    letters = _letters(len(report.councils))
    named = zip(letters, report.councils, strict=True)
    yield from wrapped(
        "; ".join(f"{letter} {name}" for letter, (_, name) in named) + "; N national."
    )
    yield from wrapped(
        "A number: so many state yes. no: none states yes, some say no. ?: only unknown, none says"
        " yes or no. -: no service. The widest gaps come first."
    )  # fmt: skip
    yield ""
    rows = (_row(gap, [id for id, _ in report.councils]) for gap in report.found)
    yield from as_text(("Need", *letters, "N"), rows)


def _letters(count: int) -> list[str]:
    """a to z, then a1 to z1 and so on."""
    return [
        f"{ascii_lowercase[number % 26]}{number // 26 or ''}" for number in range(count)
    ]  # fmt: skip


_SHORT = {Said.NO: "no", Said.UNKNOWN: "?", Said.EMPTY: "-"}


def _row(gap: Gap, councils: list[str]) -> Row:
    cells = [*(gap.cells[id] for id in councils), gap.national]
    return (gap.words, *(_SHORT.get(cell.said, str(cell.yes)) for cell in cells))


def comma_separated(report: Report) -> str:
    """One row a need and council, for a spreadsheet; `national` stands for the national lines.

    `beside` is how many services beside the council or from afar state yes.
    """
    head = ("need", "words", "language", "council", "yes", "no", "not said", "in words", "beside",
            "as of")  # fmt: skip
    return as_csv(head, _records(report))


def _records(report: Report) -> Iterator[Row]:
    for gap in report.found:
        for id, name in report.councils:
            yield _record(gap, name, gap.cells[id], str(gap.beside[id]), report.today)
        yield _record(gap, "national", gap.national, "", report.today)


def _record(gap: Gap, council: str, cell: Cell, beside: str, today: date) -> Row:
    counts = (str(cell.yes), str(cell.no), str(cell.silent))
    return (
        *(gap.need, gap.words, gap.language or "", council, *counts, cell.said),
        *(beside, today.isoformat()),
    )


def html(report: Report) -> str:
    """A page that stands alone."""
    return gaps_page(report.found, report.about, report.councils, report.today)


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": text, "csv": comma_separated, "html": html,
}  # fmt: skip

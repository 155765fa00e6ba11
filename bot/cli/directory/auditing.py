"""`linnet directory audit`: each service against the four basic standards, as a table or a page."""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.cli.directory.delivering import add_out, day_in_words, deliver
from bot.cli.directory.entries import Directory, read_directory
from bot.cli.directory.pages import audit_page
from bot.cli.naming import council_among
from bot.cli.tables import Row, as_csv, as_markdown, as_text, escaped, wrapped
from bot.directory.audit import (
    AGES,
    GRADES,
    TITLES,
    Audited,
    asked,
    audit,
    cautions,
    in_words,
    sentences,
)
from bot.directory.basis import Basis
from bot.directory.standards import Standard
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to tell, and about what."""

    found: tuple[Audited, ...]
    about: Basis
    area: str
    today: date


def add(verbs: "Commands") -> None:
    """Add the command."""
    command = verbs.add_parser("audit", help="each service against the four basic standards")
    command.add_argument(
        "--council", metavar="C", help="only services of this council, without national lines"
    )
    add_out(command, FORMATS)
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print or write the audit."""
    deliver(FORMATS[wanted.format](report(read_directory(settings), wanted.council)), wanted.out)
    return 0


def report(directory: Directory, council: str | None) -> Report:
    """The audit of all that a search can show, or of one council. Raises SettingsError."""
    about, area, services = directory.basis, "the whole area and national lines", None
    if council is not None:
        id = council_among(directory.data.places, council)
        area = f"{directory.data.places.councils[id].name}, without national lines"
        services = [each for each in about.counted if id in each.councils and not each.national]
    found = audit(about.counted if services is None else services, directory.today)
    return Report(found, about, area, directory.today)


def opening(report: Report) -> str:
    """What was counted, when and where."""
    return (
        f"The four basic standards: {report.area}. Made on {day_in_words(report.today)}."
        f" {report.about.sentence} {len(report.found)} of them stand below."
    )


_HEAD = ("Service", *Standard, "Grade", "Checked")


def _row(each: Audited) -> Row:
    verdicts = [str(verdict.meets) for verdict in each.verdicts]
    return (each.service.name, *verdicts, each.complete.grade, AGES[each.age])


def text(report: Report) -> str:
    """A table of 80 columns, then what is missing, entry by entry."""
    return "".join(f"{line}\n" for line in _text(report))


def _text(report: Report) -> Iterator[str]:
    yield from wrapped(opening(report))
    yield ""
    for sentence in sentences(report.found):
        yield from wrapped(f"- {sentence}", "", "  ")
    yield "\nWhat these numbers cannot tell\n"
    for sentence in cautions(report.found):
        yield from wrapped(f"- {sentence}", "", "  ")
    yield ""
    yield from as_text(_HEAD, map(_row, report.found))
    yield ""
    yield from wrapped(_key())
    for standard in Standard:
        yield from wrapped(f"{standard} asks for: {'; '.join(asked(report.found, standard))}.")
    yield "\nWhat each entry leaves open"
    for each in report.found:
        yield ""
        yield from wrapped(f"{each.service.name} ({each.service.id})")
        for verdict in each.verdicts:
            if verdict.missing:
                yield from wrapped(f"{verdict.standard} {in_words(verdict)}", "  ", "   ")


def _key() -> str:
    grades = ", ".join(f"{grade} {words}" for grade, words in GRADES.items())
    return (
        "Grade: how much of what women ask about the entry says anything about, yes or no"
        f" ({grades}). Checked: the group of facts that is furthest behind."
    )


def markdown(report: Report) -> str:
    """A heading, the sentences, one table with what is missing in its last column."""
    return "".join(f"{line}\n" for line in _markdown(report))


def _markdown(report: Report) -> Iterator[str]:
    yield f"# The four basic standards\n\n{escaped(opening(report))}\n"
    yield from (f"- {escaped(sentence)}" for sentence in sentences(report.found))
    yield "\n## What these numbers cannot tell\n"
    yield from (f"- {escaped(sentence)}" for sentence in cautions(report.found))
    yield "\n## The services\n"
    rows = ((*_row(each), _left_open(each)) for each in report.found)
    yield from as_markdown((*_HEAD, "Left open"), rows)
    yield f"\n{escaped(_key())}"


def _left_open(each: Audited) -> str:
    open_ones = (verdict for verdict in each.verdicts if verdict.missing)
    return ". ".join(
        f"{verdict.standard} {in_words(verdict, whole=True)}" for verdict in open_ones
    )


def comma_separated(report: Report) -> str:
    """One row an entry, for a spreadsheet; dates as ISO, lists with semicolons."""
    standards = [
        column
        for standard in Standard
        for column in (f"{standard} {TITLES[standard]}", f"{standard} no", f"{standard} not said")
    ]
    head = ("id", "name", "councils", "national", *standards, "says", "asked", "grade",
            "checked", "furthest behind", "as of")  # fmt: skip
    return as_csv(head, (_record(each, report.today) for each in report.found))


def _record(each: Audited, today: date) -> Sequence[str]:
    service, full = each.service, each.complete
    verdicts = [
        cell
        for verdict in each.verdicts
        for cell in (str(verdict.meets), "; ".join(verdict.lacks), "; ".join(verdict.silent))
    ]
    checked = (f"{group.group} {group.on or 'no date'}" for group in each.checked)
    return (
        *(service.id, service.name, "; ".join(service.councils)),
        *("yes" if service.national else "no", *verdicts, str(full.said), str(full.asked)),
        *(full.grade, "; ".join(checked), AGES[each.age], today.isoformat()),
    )


def html(report: Report) -> str:
    """A page that stands alone."""
    return audit_page(report.found, report.about, report.area, report.today)


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": text, "markdown": markdown, "html": html, "csv": comma_separated,
}  # fmt: skip

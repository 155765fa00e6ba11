"""`linnet insights`: what a quarter of talks shows, as text, a table, or a page that stands alone."""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot import app
from bot.cli.directory.delivering import add_out, day_in_words, deliver
from bot.cli.directory.entries import Directory, read_directory
from bot.cli.directory.pages import PUBLIC, insights_page
from bot.cli.tables import Row, as_csv, as_text, wrapped
from bot.counting import wording
from bot.counting.charts import FEWER
from bot.counting.ledger import Account, Standard, Stated, ledger
from bot.counting.periods import DAY, first_day, period_of, shown_from
from bot.counting.releases import FEWEST, Release
from bot.counting.releasing import is_released, release
from bot.counting.summary import Line, Names, Summary, Told, summary
from bot.counting.tables import NEED, Span
from bot.directory import audit as audits
from bot.directory import standards
from bot.directory.gaps import over_all
from bot.directory.index import build
from bot.directory.languages import LANGUAGES
from bot.exceptions import CountsError, DataError, SettingsError
from bot.outreach.links import read_links_file
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

MOST_QUARTERS = 4  # side by side: a year
_FILES = ("directory/needs.yaml", "directory/places.yaml")
_PROMISES = {standard: f"S{number}" for number, standard in enumerate(standards.Standard, 1)}


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to tell."""

    told: Summary
    accounts: tuple[Account, ...]
    about: str  # which entries the ledger rests on
    public: bool


def add(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("insights", help="what a quarter of talks shows")
    command.add_argument("--quarter", metavar="2026-Q3", help="left out: the newest that is over")
    command.add_argument("--counts", type=Path, metavar="FOLDER", help="else LINNET_COUNTS")
    command.add_argument(
        "--links", type=Path, metavar="FILE", help="names the places behind links, from your file"
    )
    command.add_argument("--public", action="store_true", help="a short report for everybody")
    add_out(command, FORMATS)
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print or write the report."""
    folder = wanted.counts or settings.counts
    if folder is None:
        raise SettingsError(
            "nothing is counted here; set LINNET_COUNTS or name a folder with --counts"
        )
    directory = read_directory(settings)
    shown = releases(folder, wanted.quarter, directory.today)
    links = link_words(wanted.links) if wanted.links else {}
    told = report(shown[-1:] if wanted.public else shown, directory, links, public=wanted.public)
    deliver(FORMATS[wanted.format](told), wanted.out)
    return 0


# ---- where releases come from


def releases(folder: Path, wanted: str | None, today: date) -> tuple[Release, ...]:
    """The release of a quarter, made now if it is none yet, and of up to three before it.

    Oldest first. Of the quarters before only those that were released are there. `wanted` None:
    the newest quarter that may be told on `today`, a day in London. Raises SettingsError where it
    is no quarter, may not be told yet or has no counts, and where a file cannot be used.
    """
    period = wanted or _newest(today)
    try:
        found = [release(folder, period, today)]
        for _ in range(MOST_QUARTERS - 1):
            period = _before(period)
            if is_released(folder, period):
                found.append(release(folder, period, today))
    except CountsError as error:
        raise SettingsError(str(error)) from None
    return tuple(reversed(found))


def _newest(today: date) -> str:
    period = period_of(today, Span.QUARTER)
    while shown_from(period) > today:
        period = _before(period)
    return period


def _before(period: str) -> str:
    return period_of(first_day(period) - DAY, Span.QUARTER)


def link_words(path: Path) -> Mapping[str, str]:
    """The venue of each link by its code, from a worker's own file. Raises DataError."""
    links, problems = read_links_file(path, path.name)
    if problems:
        raise DataError(problems)
    return {link.code: link.venue for link in links.all}


# ---- what is told


def report(
    shown: Sequence[Release], directory: Directory, links: Mapping[str, str], *, public: bool
) -> Report:
    """What these releases tell beside what the entries say.

    `links` has the words of a link by its code. Raises DataError where needs or councils cannot
    be read, or too few lines are there to search.
    """
    data = directory.data
    unread = app.errors_in(directory.problems, *_FILES)
    if unread:
        raise DataError(unread)
    names = Names(
        needs=data.vocabulary.needs,
        languages=LANGUAGES,
        councils={council.id: council.name for council in data.places},
        links={code: f"{words} ({code})" for code, words in links.items() if words},
    )
    accounts = ledger(shown[-1], names.needs, _standards(directory), _stated(directory))
    return Report(summary(shown, names), accounts, directory.basis.sentence, public)


def _standards(directory: Directory) -> tuple[Standard, ...]:
    """The four, each with what the audit says of it."""
    found = audits.audit(directory.basis.counted, directory.today)
    return tuple(
        Standard(promise, standard, audits.TITLES[standard], _without_title(sentence, standard))
        for (standard, promise), sentence in zip(
            _PROMISES.items(), audits.sentences(found), strict=False
        )
    )


def _without_title(sentence: str, standard: standards.Standard) -> str:
    return sentence.removeprefix(f"{standard}, {audits.TITLES[standard]}: ")


def _stated(directory: Directory) -> Mapping[str, Stated]:
    """How many services state each need, in the area and nationally."""
    data = directory.data
    index = build(
        directory.basis.counted, data.vocabulary, data.places, directory.today, data.schools
    )
    both = over_all(index, data.vocabulary, [council.id for council in data.places])
    return {
        need: Stated(area.yes + all.yes, area.no + all.no, area.silent + all.silent)
        for need, (area, all) in both.items()
    }


# ---- as text


def text(report: Report) -> str:
    """Sentences, then each table in 80 columns."""
    return "".join(f"{line}\n" for line in _text(report))


def _text(report: Report) -> Iterator[str]:
    told = report.told
    yield from wrapped(
        f"Talks and needs, {wording.quarter_in_words(told.newest)}. Released on"
        f" {day_in_words(told.made)}. {wording.made_from(told.sources)} {wording.GUARANTEE}"
    )
    yield ""
    for sentence in wording.sentences(told, report.accounts):
        yield from wrapped(f"- {sentence}", "", "  ")
    yield "\nWhat these numbers cannot tell\n"
    for sentence in wording.cautions(public=report.public):
        yield from wrapped(f"- {sentence}", "", "  ")
    for each in _tables(report):
        yield from _table(each, told.periods)
    if not report.public:
        yield from _ledger(report)


def _tables(report: Report) -> tuple[Told, ...]:
    tables = report.told.tables
    return tuple(tables[name] for name in (PUBLIC if report.public else tables) if name in tables)


def _table(told: Told, periods: Sequence[str]) -> Iterator[str]:
    heading = wording.HEADINGS[told.table.name]
    yield f"\n{heading.title}\n"
    yield from wrapped(f"{heading.means} {wording.how_sure(told.margin, len(periods))}")
    yield ""
    rows = ((line.words, *(_short(line.shown, each) for each in periods)) for line in told.listed)
    yield from as_text((heading.row, *periods), rows)
    if told.folded:
        yield ""
        yield from wrapped(wording.folded(told, len(periods)))


def _short(shown: Mapping[str, int | None], period: str) -> str:
    return f"<{FEWEST}" if shown.get(period, 0) is None else wording.figure_in_words(shown, period)


def _ledger(report: Report) -> Iterator[str]:
    head = ("Need", "Not found", "Yes", "No", "Not said")
    for account in report.accounts:
        standard = account.standard
        yield ""
        yield from wrapped(f"Standard {standard.number}, {standard.title}")
        yield ""
        yield from wrapped(standard.says)
        yield ""
        rows = (
            (
                each.words,
                _short({"": each.shown} if each.counted else {}, ""),
                *map(str, each.stated or ("?",) * 3),
            )
            for each in account.entries
        )
        yield from as_text(head, rows)
    yield ""
    yield from wrapped(f"{wording.BESIDE} {report.about}")


# ---- for a spreadsheet, and as a page


def comma_separated(report: Report) -> str:
    """One row for each row of a table and quarter; what is hidden is words and never a number."""
    head = ("quarter", "table", "row", "words", "figure", "at most off by", "study",
            "services yes", "services no", "services not said", "released", "files of counts")  # fmt: skip
    return as_csv(head, _records(report))


def _records(report: Report) -> Iterator[Row]:
    stated = {entry.need: entry.stated for each in report.accounts for entry in each.entries}
    for told in _tables(report):
        for line in told.lines:
            for period in line.shown:
                services = stated.get(line.row) if told.table == NEED else None
                yield _record(report.told, told, line, period, services)


def _record(summary: Summary, told: Told, line: Line, period: str, services: Stated | None) -> Row:
    figure = line.shown[period]
    newest = period == summary.newest
    return (
        *(period, told.table.name, line.row, line.words),
        FEWER if figure is None else str(figure),
        *(str(told.margin.off), " ".join(line.promises)),
        *(map(str, services) if services and newest else ("", "", "")),
        *((summary.made.isoformat(), str(summary.sources)) if newest else ("", "")),
    )


def html(report: Report) -> str:
    """A page that stands alone."""
    return insights_page(report.told, report.accounts, report.about, public=report.public)


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": text, "csv": comma_separated, "html": html,
}  # fmt: skip

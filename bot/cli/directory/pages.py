"""Pages: what a tool found as one HTML file that asks for nothing else.

Every word of an entry is escaped by Jinja2; no template marks anything as safe. A page has no
script, and its policy forbids every request, so it can be sent by mail and opened anywhere.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.cli.directory.delivering import day_in_words
from bot.counting import charts, wording
from bot.counting.charts import Chart, chart
from bot.counting.ledger import Account
from bot.counting.summary import Summary, Told
from bot.counting.tables import NEED, OUTCOME, UNMET
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

# Harm prevented: a page for everybody that names links would show where women are reached, and one
# that names languages would have a whole community talked about.
PUBLIC = (OUTCOME.name, NEED.name, UNMET.name)


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


class Part(NamedTuple):
    """One table of the counts on its page."""

    told: Told
    heading: wording.Heading
    chart: Chart
    promises: bool  # whether the rows of the study stand beside it
    folded: str
    sure: str


def insights_page(
    summary: Summary, accounts: Sequence[Account], about: str, *, public: bool = False
) -> str:
    """The page of `linnet insights`; `about` says which entries the ledger rests on.

    `public` makes a short page for everybody: fewer tables, no links, no languages, and of the
    standards only the sentences.
    """
    wanted = PUBLIC if public else tuple(summary.tables)
    newest = wording.quarter_in_words(summary.newest)
    subject = "What talks with Linnet show" if public else "Talks and needs"
    return _environment().get_template("insights.html").render(
        day=summary.made.isoformat(),
        day_in_words=day_in_words(summary.made),
        about=wording.made_from(summary.sources) + (f" {about}" if about and not public else ""),
        title=f"{subject}, {newest}",
        guarantee=wording.GUARANTEE,
        sentences=wording.sentences(summary, accounts),
        cautions=wording.cautions(public=public),
        totals=_totals(summary) if len(summary.periods) > 1 else None,
        talks=[wording.talks(total) for total in summary.totals],
        key=wording.KEY,
        parts=[
            _part(summary.tables[name], summary.periods, public=public) for name in wanted if name in summary.tables
        ],
        periods=summary.periods,
        newest=summary.newest,
        figure=wording.figure_in_words,
        accounts=() if public else accounts,
        beside=wording.BESIDE,
        thick=charts.THICK,
    )  # fmt: skip


def _part(told: Told, periods: Sequence[str], *, public: bool) -> Part:
    heading, newest = wording.HEADINGS[told.table.name], periods[-1]
    rows = [(line.words, line.shown[newest]) for line in told.lines if newest in line.shown]
    return Part(
        told,
        heading,
        chart(f"{heading.title}, {wording.quarter_in_words(newest)}", rows, told.margin.off),
        promises=told.table == NEED and not public,
        folded=wording.folded(told, len(periods)),
        sure=wording.how_sure(told.margin, len(periods)),
    )


def _totals(summary: Summary) -> Chart:
    rows = [(wording.quarter_in_words(each.period), each.shown) for each in summary.totals]
    off = max(each.off for each in summary.totals)
    return chart("Talks in each quarter, as far as figures are shown", rows, off)


def shade(cell: Cell) -> str:
    """The name of a cell's colour."""
    bright = next((name for least, name in _SHADES if cell.yes >= least), None)
    return bright or _OTHERWISE[cell.said]

"""Summary: what one or more releases tell, table by table, and never more than they show.

Everything comes from figures that are released already, so nothing here can harm the guarantee:
no figure is guessed, none that is hidden is worked out from others, no two tables are joined.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.counting.releases import STEP, Release
from bot.counting.spread import Margin, margin, margin_of_sum
from bot.counting.tables import (
    COUNCIL,
    LANGUAGE,
    LINK,
    NEED,
    NOT_SAID,
    OUTCOME,
    UNMET,
    Table,
)
from bot.needs import Need

TOLD = (OUTCOME, LANGUAGE, COUNCIL, NEED, UNMET, LINK)  # in this order
FEW = 5  # so many hidden rows still stand one by one

_CHANNELS = {"telegram": "Telegram", "web": "Web page"}
_OUTCOMES = {
    "signposted": "services were shown",
    "no-match": "no service was found",
    "urgent": "urgent help was opened",
    "left-early": "left before services were shown",
}


@dataclass(frozen=True, slots=True)
class Names:
    """What rows are called: words by the row of a table. A row without words is told as it is.

    `links` has the words of a link by its code, from the worker's own file; without that file it
    is empty, and a link is told by its code alone.
    """

    needs: Mapping[str, Need]
    languages: Mapping[str, str]
    councils: Mapping[str, str]
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table, and what was shown of it in each quarter.

    `shown` has a figure, or None for "fewer than 10", by quarter; a quarter in which the row was
    not counted is not in it. `promises` are the rows of the study that a need belongs to.
    """

    row: str
    words: str
    shown: Mapping[str, int | None]
    promises: tuple[str, ...] = ()

    @property
    def hidden(self) -> bool:
        """Whether no quarter shows a figure."""
        return not any(self.shown.values())


@dataclass(frozen=True, slots=True)
class Told:
    """One table: the largest of the newest quarter first, what is hidden in it last.

    `margin` is that of the quarter with the most files of counts, so it holds for each of them.
    """

    table: Table
    lines: tuple[Line, ...]
    margin: Margin

    @property
    def listed(self) -> tuple[Line, ...]:
        """The rows that are told one by one: all, or those with a figure where many have none."""
        folded = self.folded
        return tuple(line for line in self.lines if not (folded and line.hidden))

    @property
    def folded(self) -> tuple[Line, ...]:
        """The rows without a figure in any quarter, where they are more than `FEW`; else empty."""
        without = tuple(line for line in self.lines if line.hidden)
        return without if len(without) > FEW else ()


@dataclass(frozen=True, slots=True)
class Total:
    """What follows for all talks of one quarter from the figures that are shown.

    `shown` is their sum; `hidden` is how many rows have none and come on top. `at_least` is what
    is left when the noise of all rows is taken off, rounded down: in 95 of 100 quarters there were
    as many talks or more.
    """

    period: str
    shown: int
    hidden: int
    off: int
    at_least: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What is told of these quarters, oldest first; `made` and `sources` are the newest's."""

    periods: tuple[str, ...]
    made: date
    sources: int
    tables: Mapping[str, Told]  # by the table's name; a table that nobody counted is left out
    totals: tuple[Total, ...]  # one a quarter

    @property
    def newest(self) -> str:
        """The quarter that is told of."""
        return self.periods[-1]


def summary(releases: Sequence[Release], names: Names) -> Summary:
    """What these releases tell, oldest first, at least one. Raises ValueError for none."""
    if not releases:
        raise ValueError("there is no release to tell of")
    newest = releases[-1]
    most = max(release.sources for release in releases)
    told = {table.name: _told(table, releases, names, most) for table in TOLD}
    return Summary(
        periods=tuple(release.period for release in releases),
        made=newest.made,
        sources=newest.sources,
        tables={name: each for name, each in told.items() if each.lines},
        totals=tuple(map(_total, releases)),
    )


def _told(table: Table, releases: Sequence[Release], names: Names, sources: int) -> Told:
    rows = dict.fromkeys(
        row for release in reversed(releases) for row in release.tables.get(table.name, {})
    )
    newest = releases[-1].period
    lines = (_line(table, row, releases, names) for row in rows)
    return Told(
        table,
        tuple(sorted(lines, key=lambda line: _place(line, newest))),
        margin(table, sources),
    )


def _line(table: Table, row: str, releases: Iterable[Release], names: Names) -> Line:
    shown = {
        release.period: release.tables[table.name][row]
        for release in releases
        if row in release.tables.get(table.name, {})
    }
    need = names.needs.get(row) if table == NEED else None
    return Line(row, _words(table, row, names), shown, need.promises if need else ())


def _place(line: Line, newest: str) -> tuple[bool, int]:
    """Rows that are even stay as they were given."""
    return newest not in line.shown, -(line.shown.get(newest) or 0)


def _words(table: Table, row: str, names: Names) -> str:
    if table == OUTCOME:
        channel, _, outcome = row.partition(".")
        return f"{_CHANNELS.get(channel, channel)}: {_OUTCOMES.get(outcome, outcome)}"
    if row == NOT_SAID:
        return "No place was said"
    if table == NEED:
        return names.needs[row].tag if row in names.needs else row
    words = {LANGUAGE.name: names.languages, LINK.name: names.links}
    return words.get(table.name, names.councils).get(row, row)


def _total(release: Release) -> Total:
    figures = release.tables.get(OUTCOME.name, {}).values()
    shown = sum(figure for figure in figures if figure is not None)
    off = margin_of_sum(OUTCOME, release.sources, len(figures)) if figures else 0
    return Total(
        period=release.period,
        shown=shown,
        hidden=sum(figure is None for figure in figures),
        off=off,
        at_least=max(0, (shown - off) // STEP * STEP),
    )

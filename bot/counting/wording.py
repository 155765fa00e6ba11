"""Wording: a summary in plain English sentences, and what its numbers cannot tell."""

from calendar import month_name
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.counting.charts import FEWER
from bot.counting.ledger import Account
from bot.counting.releases import STEP
from bot.counting.spread import Margin
from bot.counting.summary import Summary, Told, Total
from bot.counting.tables import COUNCIL, LANGUAGE, LINK, NEED, OUTCOME, UNMET

MOST_NAMED = 5  # in a sentence


GUARANTEE = (
    "Chance is mixed into every figure before anything is written down, so that nobody can be sure"
    " from it whether one woman was here or what she asked for."
)
KEY = (
    "A bar is the figure that is shown. The line through its end says how far noise may have moved it;"
    " where it reaches the left edge, there may have been none at all. An open bar with a broken edge"
    f" is '{FEWER}', which may be none. The table below each chart has the same figures."
)

BESIDE = (
    "Two kinds of numbers stand side by side here. 'Not found' comes from the talks of the newest"
    " quarter, over the whole area: so many asked for it, and no service on their list states it. The"
    " others come from the entries: so many services of the area and of the nation say yes, say no, and"
    " do not say; those for children only are left out. Neither explains the other."
)


class Heading(NamedTuple):
    """What a table is called, what one row of it is, and what one more in it means."""

    title: str
    row: str
    means: str


HEADINGS: Mapping[str, Heading] = {
    OUTCOME.name: Heading(
        "How talks went",
        "Where and how",
        "One talk counts once: where it took place, and how far it came.",
    ),
    LANGUAGE.name: Heading(
        "Languages", "Language", "One talk counts once, under the language it was held in."
    ),
    COUNCIL.name: Heading(
        "Places", "Council", "One talk counts once, under the council in which she looked for help."
    ),
    NEED.name: Heading(
        "Needs that were not met",
        "Need",
        "A need counts when she asked for it and no service on her list states it. One talk adds two"
        " needs at most, and one to each.",
    ),
    UNMET.name: Heading(
        "Places where a need was not met",
        "Council",
        "One talk counts once, under the council in which she looked, when something that she asked"
        " for was stated by no service on her list. Which need it was is not told by council.",
    ),
    LINK.name: Heading(
        "Links and cards",
        "Link",
        "One talk counts once, under the link or card by which it began.",
    ),
}  # fmt: skip


def quarter_in_words(period: str) -> str:
    """`2026-Q3` as "July to September 2026"; what is no quarter stays as it is."""
    year, _, number = period.partition("-Q")
    if number not in {"1", "2", "3", "4"}:
        return period
    last = 3 * int(number)
    return f"{month_name[last - 2]} to {month_name[last]} {year}"


def figure_in_words(shown: Mapping[str, int | None], period: str) -> str:
    """What a cell says: the figure, "fewer than 10", or that the row was not counted then."""
    if period not in shown:
        return "not counted"
    figure = shown[period]
    return FEWER if figure is None else f"{figure:,}"


def how_sure(margin: Margin, quarters: int) -> str:
    """How far the figures of one table may be off, in words; `quarters` are told side by side."""
    shown = round(100 * margin.by_chance)
    said = (
        f"In 95 of 100 rows the figure is at most {margin.off:,} above or below what was counted."
        f" A figure of {margin.off:,} or less may be noise alone: of 100 rows in which nobody was"
        f" counted, about {shown} {'shows' if shown == 1 else 'show'} one."
    )
    if quarters < 2:
        return said
    return f"{said} Where two quarters differ by {margin.apart:,} or less, they may be the same."


def talks(total: Total) -> str:
    """How many talks there were, as far as the figures shown can tell."""
    hidden = (
        f" {total.hidden} hidden {'row comes' if total.hidden == 1 else 'rows come'} on top."
        if total.hidden
        else ""
    )
    if not total.at_least:
        return (
            f"{quarter_in_words(total.period)}: too few talks to say how many.{hidden} What is shown"
            f" adds up to {total.shown:,}, and the noise alone may be as much."
        )
    return (
        f"{quarter_in_words(total.period)}: at least {total.at_least:,} talks. The figures shown add"
        f" up to {total.shown:,}; the noise of all rows together may be up to {total.off:,} either"
        f" way.{hidden}"
    )


def sentences(summary: Summary, accounts: Sequence[Account] = ()) -> tuple[str, ...]:
    """What stands out in the newest quarter; only what stands clear of the noise is named."""
    return (
        talks(summary.totals[-1]),
        *_most(summary, NEED.name, "Asked for most often and stated by no service on her list"),
        *_most(summary, UNMET.name, "Places with the most talks in which a need was not met"),
        *(_account(account, summary.tables.get(NEED.name)) for account in accounts),
    )


def _most(summary: Summary, table: str, start: str) -> Iterator[str]:
    if told := summary.tables.get(table):
        figures = ((line.words, line.shown.get(summary.newest)) for line in told.lines)
        yield f"{start}: {_clear(figures, told.margin)}."


def _account(account: Account, told: Told | None) -> str:
    standard = account.standard
    start = f"Standard {standard.number}, {standard.title}. {standard.says}"
    if told is None:
        return start
    figures = ((entry.words, entry.shown) for entry in account.entries)
    return f"{start} Asked for and not found: {_clear(figures, told.margin)}."


def _clear(figures: Iterable[tuple[str, int | None]], margin: Margin) -> str:
    """The first of those that stand clear of the noise, in the order given."""
    clear = [f"{words} ({figure:,})" for words, figure in figures if (figure or 0) > margin.off]
    if not clear:
        return "nothing stands clear of the noise"
    more = len(clear) - MOST_NAMED
    return "; ".join(clear[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")


def folded(told: Told, quarters: int) -> str:
    """The rows that are not listed, in a sentence; empty where all are."""
    if not told.folded:
        return ""
    when = " in each quarter" if quarters > 1 else ""
    words = "; ".join(line.words for line in told.folded)
    return f"{FEWER.capitalize()}{when}, which may be none: {words}."


def made_from(sources: int) -> str:
    """From how many files of counts a release was made."""
    if sources == 1:
        return "The figures come from one file of counts."
    return (
        f"The figures come from {sources} files of counts, and each of them brought its own noise."
    )


def cautions(*, public: bool = False) -> tuple[str, ...]:
    """What these numbers cannot tell; to stand beside them wherever they stand."""
    first = (
        "What is counted is a talk and not a woman. One woman may talk many times.",
        "No figure is exact. Noise hides every single talk, and all figures are rounded to"
        f" {STEP}. Under each heading stands how far they may be off.",
        f"'{FEWER.capitalize()}' may be none at all. It never means that nobody needs it.",
        "A need is not met here when no entry on her list states it. The service may offer it all"
        " the same: ask the service.",
        "Women who never found this chat are in no figure. Few talks in a language or a place do"
        " not mean that few women there need help.",
    )  # fmt: skip
    if public:
        return first
    return (
        *first,
        "What is asked late in the talk is counted less, because many leave before, and because one"
        " talk adds two needs at most.",
        "'Left before services were shown' counts only those who pressed Leave. Who just put the"
        " phone away is not in it.",
        "No two tables can be joined. Nothing here tells what the women of one place or one language"
        " asked for.",
        "Somebody who makes up talks can push a figure up. No figure by itself proves anything.",
        "Counts that a machine had not written down yet when it failed are lost.",
    )

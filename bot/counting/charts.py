"""Charts: where the bars of a table stand, how long they are and what is written at them.

Only measures and words come from here; the page's template draws them, so that every word is
escaped at one place. Lengths are in hundredths of the width, heights in lines of text: a chart is
as wide as its page and grows with the letters. Nothing is told by colour alone: each bar has its
words and its figure, and a row that is hidden is an open bar with words, never none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.counting.releases import FEWEST
from bot.counting.summary import FEW

MOST_BARS = 20  # a chart fits on a printed page; further figures stand in its table
ROOM = 72.0  # hundredths of the width for the longest bar; the rest is for its figure
FEWER = f"fewer than {FEWEST}"
LINE = 3.1  # the height of one row: its words, its bar and a gap
THICK = 1.0  # a bar
# From the top of a row: the line on which its words stand, the top of the bar, and the line on
# which the figure stands.
_WORDS, _BAR, _FIGURE = 1.1, 1.5, 2.35


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `low` and `high` are the ends of the line for the noise, None on an open bar."""

    words: str
    said: str  # the figure, or "fewer than 10"
    length: float
    top: float
    low: float | None = None
    high: float | None = None

    @property
    def open(self) -> bool:
        """Whether the row is hidden."""
        return self.high is None

    @property
    def words_at(self) -> float:
        """The height at which the words stand; all heights are from the top of the chart."""
        return round(self.top + _WORDS, 2)

    @property
    def bar_at(self) -> float:
        """The height of the bar's upper edge."""
        return round(self.top + _BAR, 2)

    @property
    def noise_at(self) -> float:
        """The height of the line for the noise."""
        return round(self.top + _BAR + THICK / 2, 2)

    @property
    def said_at(self) -> float:
        """The height at which the figure stands."""
        return round(self.top + _FIGURE, 2)

    @property
    def end(self) -> float:
        """Behind what the figure is written."""
        return self.length if self.high is None else self.high


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. Without bars it is not drawn; `description` then says so.

    `rest` says in words how many smaller figures are not drawn; empty where all are.
    """

    title: str
    description: str
    bars: tuple[Bar, ...]
    rest: str = ""

    @property
    def height(self) -> float:
        """Of all rows."""
        return round(LINE * len(self.bars), 2)


def chart(title: str, rows: Sequence[tuple[str, int | None]], off: int) -> Chart:
    """The chart of rows in words with their figures, None for hidden, the largest first.

    `off` is how far a figure may be off. Many hidden rows become one open bar that says how many.
    Of more than `MOST_BARS` figures the last are left out, and `rest` says so.
    """
    figures = [row for row in rows if row[1] is not None]
    hidden = [row for row in rows if row[1] is None]
    rest = len(figures) - MOST_BARS
    if len(hidden) > FEW:
        hidden = [(_others(len(hidden), all=not figures), None)]
    longest = max([FEWEST, *(figure + off for _, figure in figures if figure is not None)])
    bars = tuple(
        _bar(words, figure, off, number * LINE, ROOM / longest)
        for number, (words, figure) in enumerate([*figures[:MOST_BARS], *hidden])
    )
    return Chart(title, _description(bars), bars, _rest(rest) if rest > 0 else "")


def _bar(words: str, figure: int | None, off: int, top: float, unit: float) -> Bar:
    top = round(top, 2)
    if figure is None:
        return Bar(words, FEWER, round(FEWEST * unit, 2), top)
    low, high = max(0, figure - off), figure + off
    return Bar(
        words,
        f"{figure:,}",
        round(figure * unit, 2),
        top,
        round(low * unit, 2),
        round(high * unit, 2),
    )


def _others(count: int, *, all: bool) -> str:
    return f"All {count} rows, each" if all else f"{count} other rows, each"


def _rest(count: int) -> str:
    figures = "smaller figure is" if count == 1 else "smaller figures are"
    return f"{count} {figures} not drawn here; the table has {'it' if count == 1 else 'them'}."


def _description(bars: Iterable[Bar]) -> str:
    told = [f"{bar.words}: {bar.said}" for bar in bars]
    if not told:
        return "There is no row to draw."
    return f"{'One bar' if len(told) == 1 else f'{len(told)} bars'}. {'; '.join(told)}."

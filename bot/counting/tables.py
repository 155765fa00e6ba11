"""Tables: what is counted, and how much noise hides one talk in each.

Every table stands alone; none is ever crossed with another. One talk adds at most `most` to a
table, one to a row. The noise on a row is a discrete Laplace of scale `most / share`, and what a
talk can give away about itself in a quarter is at most the sum of the shares: 2, as the safety
study recommends (part 6). It has four tables at a half each; ours are six, so that each has a
third (decision 26).

A report that something on a card is wrong is in a period of its own, a month: a wrong number must
not wait for the end of the quarter. Its share comes on top for a talk in which the button was
pressed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class Span(StrEnum):
    """How long a table is counted before it gets new noise."""

    QUARTER = "quarter"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name in files, what one talk may add, its share, how long a period is."""

    name: str
    most: int = 1
    share: Fraction = Fraction(1, 3)
    span: Span = Span.QUARTER

    @property
    def scale(self) -> Fraction:
        """The scale of the noise on each row."""
        return self.most / self.share


OUTCOME = Table("outcome")  # channel and how it went: "telegram.signposted"
LANGUAGE = Table("language")  # the code she chatted in
COUNCIL = Table("council")  # where she looked, or NOT_SAID
NEED = Table("need", most=2)  # a need that no service on her list states
UNMET = Table("unmet-council")  # where she looked, when there was such a need
LINK = Table("link")  # the code of the link she came by
WRONG = Table("wrong", share=Fraction(1), span=Span.MONTH)  # the service she told us of

TABLES = (OUTCOME, LANGUAGE, COUNCIL, NEED, UNMET, LINK, WRONG)
CHANNELS = ("telegram", "web")  # a terminal is for authors and is never counted
OUTCOMES = ("signposted", "no-match", "urgent", "left-early")
NOT_SAID = "not-said"

# The rows of each table by its name: all there can be, so that a row says nothing by being there.
Rows = Mapping[str, Sequence[str]]


class Cell(NamedTuple):
    """One more in one row of one table."""

    table: str
    row: str

"""Releases: what of a period is shown to anybody, frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

STEP = 5  # what is shown is rounded to this
FEWEST = 10  # below it only "fewer than 10" is said


@dataclass(frozen=True, slots=True)
class Release:
    """The figures of one quarter as they are shown, always the same from the day they were made.

    `tables` has, by the table's name, each row's figure: a multiple of `STEP` from `FEWEST` on, or
    None for "fewer than 10". A row with None may have had no talk at all. `sources` is how many
    files of counts were added up; each of them brought its own noise.
    """

    period: str  # "2026-Q4"
    made: date
    sources: int
    tables: Mapping[str, Mapping[str, int | None]]

"""Ledger: the study's four basic standards, what was asked for them in vain, what services state.

Two kinds of numbers stand side by side here, and are never worked into each other: what a release
shows of needs, over the whole area, and what the entries of the directory say. No need is ever
told by council from talks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.counting.releases import Release
from bot.counting.tables import NEED
from bot.needs import Need


class Stated(NamedTuple):
    """How many services of the directory say yes to a need, say no, and do not say."""

    yes: int
    no: int
    silent: int


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard: its row in the study's promises, its number there, and what entries say of it.

    `says` is one sentence of the directory's audit.
    """

    promise: str  # "S1"
    number: str  # "1a"
    title: str
    says: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One need of a standard.

    `counted` is False where the release has no such row; `shown` is None for "fewer than 10".
    `stated` is None where the directory was not asked.
    """

    need: str
    words: str
    counted: bool
    shown: int | None
    stated: Stated | None


@dataclass(frozen=True, slots=True)
class Account:
    """One standard with its needs, most often asked in vain first, then as the vocabulary has them."""

    standard: Standard
    entries: tuple[Entry, ...]


def ledger(
    release: Release,
    needs: Mapping[str, Need],
    standards: Iterable[Standard],
    stated: Mapping[str, Stated],
) -> tuple[Account, ...]:
    """An account for each standard; a need that answers two of them stands in both."""
    shown = release.tables.get(NEED.name, {})
    return tuple(
        Account(
            standard,
            tuple(
                sorted(
                    (
                        Entry(need.id, need.tag, need.id in shown, shown.get(need.id), stated.get(need.id))
                        for need in needs.values()
                        if standard.promise in need.promises
                    ),
                    key=lambda entry: -(entry.shown or 0),
                )
            ),
        )
        for standard in standards
    )  # fmt: skip

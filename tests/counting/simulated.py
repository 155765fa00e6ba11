"""Simulated quarters: talks by chance, counted, noised and shown as the real ones are.

What comes out has the form of real releases and nothing of any woman in it: every talk is drawn
from made-up weights with a seed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from math import exp, log
from random import Random

from bot.counting.releases import Release
from bot.counting.releasing import shown
from bot.counting.tables import (
    CHANNELS,
    COUNCIL,
    LANGUAGE,
    LINK,
    NEED,
    NOT_SAID,
    OUTCOME,
    OUTCOMES,
    UNMET,
    Rows,
    Table,
)

QUARTERS = ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
MADE = (date(2026, 1, 15), date(2026, 4, 15), date(2026, 7, 15), date(2026, 10, 15))
TALKS = (520, 690, 880, 1240)
LINKS = {
    "k7m2x9pa": "Library, second floor",
    "p3q8w2ne": "Women's centre, washroom",
    "h5t9c4vb": "",
}
_OUTCOME_WEIGHTS = (70, 6, 4, 20)


def row_names(needs: Sequence[str], languages: Sequence[str], councils: Sequence[str]) -> Rows:
    """Every row there can be, by the name of its table."""
    return {
        OUTCOME.name: [f"{channel}.{each}" for channel in CHANNELS for each in OUTCOMES],
        LANGUAGE.name: list(languages),
        COUNCIL.name: [*councils, NOT_SAID],
        NEED.name: list(needs),
        UNMET.name: [*councils, NOT_SAID],
        LINK.name: list(LINKS),
    }


def counted(rows: Rows, talks: int, chance: Random) -> dict[str, Counter[str]]:
    """The true counts of so many talks: a few languages, places and needs come up far more often."""
    tables = {name: Counter(dict.fromkeys(all_rows, 0)) for name, all_rows in rows.items()}
    falling = {
        name: [1 / (1 + place) for place, _ in enumerate(all)] for name, all in rows.items()
    }
    for _ in range(talks):
        channel = chance.choices(CHANNELS, (3, 2))[0]
        outcome = chance.choices(OUTCOMES, _OUTCOME_WEIGHTS)[0]
        tables[OUTCOME.name][f"{channel}.{outcome}"] += 1
        (council,) = chance.choices(rows[COUNCIL.name], falling[COUNCIL.name])
        tables[COUNCIL.name][council] += 1
        tables[LANGUAGE.name][chance.choices(rows[LANGUAGE.name], falling[LANGUAGE.name])[0]] += 1
        if chance.random() < 0.6:
            wanted = chance.choices(rows[NEED.name], falling[NEED.name], k=2)
            for need in set(wanted):
                tables[NEED.name][need] += 1
            tables[UNMET.name][council] += 1
        if chance.random() < 0.2:
            tables[LINK.name][chance.choice(rows[LINK.name])] += 1
    return tables


def noise(scale: float, chance: Random) -> int:
    """One draw of the discrete Laplace law, as the difference of two geometric ones."""
    rest = exp(-1 / scale)
    first, second = (int(log(1 - chance.random()) / log(rest)) for _ in range(2))
    return first - second


def release(
    period: str,
    made: date,
    true: Mapping[str, Mapping[str, int]],
    sources: int,
    chance: Random,
    names: Sequence[Table] = (OUTCOME, LANGUAGE, COUNCIL, NEED, UNMET, LINK),
) -> Release:
    """What is released of these true counts."""

    def noised(table: Table, count: int) -> int:
        return count + sum(noise(float(table.scale), chance) for _ in range(sources))

    return Release(
        period,
        made,
        sources,
        {
            table.name: {row: shown(noised(table, n)) for row, n in true[table.name].items()}
            for table in names
            if table.name in true
        },
    )


def year(
    needs: Sequence[str],
    languages: Sequence[str],
    councils: Sequence[str],
    seed: int = 20261126,
    sources: int = 2,
) -> tuple[Release, ...]:
    """Four quarters, oldest first, each with more talks than the one before."""
    chance = Random(seed)  # noqa: S311  # made-up talks
    rows = row_names(needs, languages, councils)
    return tuple(
        release(period, made, counted(rows, talks, chance), sources, chance)
        for period, made, talks in zip(QUARTERS, MADE, TALKS, strict=True)
    )


def small(**tables: Mapping[str, int | None]) -> Release:
    """One release of 2026-Q3 with these tables alone; a name may have `_` for `-`."""
    named = {name.replace("_", "-"): rows for name, rows in tables.items()}
    return Release("2026-Q3", MADE[-1], 1, named)

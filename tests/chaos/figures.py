"""The figures of a run of chaos: as a table, and as what `docs/reliability.md` keeps of the last."""

import os
import statistics
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tests.chaos.running import Outcome


def table(recoveries: Mapping[str, Sequence[float]]) -> str:
    """A row for each fault: how often it struck, and how long it took until all was right again."""
    rows = [
        f"| {name} | {len(seconds)} | {statistics.median(seconds):.1f} | {max(seconds):.1f} |"
        for name, seconds in sorted(recoveries.items())
    ]
    head = ["| fault | times | median, seconds | worst, seconds |", "|---|---|---|---|"]
    return "\n".join([*head, *rows])


def block(outcome: Outcome, day: date, minutes: float, people: int) -> str:
    """What stands between the marks after a run."""
    return "\n".join([*_sentences(outcome, day, minutes, people), "", table(outcome.recoveries)])


def _sentences(outcome: Outcome, day: date, minutes: float, people: int) -> Iterator[str]:
    tally = outcome.tally
    slow = sorted(tally.seconds)
    yield f"Run on {day.isoformat()} for {minutes:g} minutes, on a machine of {os.cpu_count()} cores."
    yield f"Seed {outcome.seed}; {people} people, {tally.talks} talks, {tally.taps} taps."
    yield f"Lost, applied twice or stuck: {len(tally.wrong)}."
    yield f"A tap was answered after {statistics.median(slow):.2f} seconds in the median."

"""CPU of one update in a whole talk, beside the libraries that people write such bots with.

    python -m benchmarks.telegram_talk

Everybody shows the same twelve questions with the same buttons, and makes one answer and one edit
a press. In process nothing is sent; over HTTP a Bot API on loopback answers at once. Every
contestant runs in a fresh interpreter in every round; figures are medians of the rounds, ratios
medians of the rounds' ratios. A talk that does not end as it should makes a figure void; nothing
is asserted of time.

The peers are installed from `benchmarks/requirements.lock` into `.venv-bench`, or wherever the
interpreter stands that `BENCH_PYTHON` names.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.telegram_questions import write_looks
from benchmarks.telegram_runs import OURS, Cost, has, inside, served

ROUNDS = 7
PTB, AIOGRAM, LINNET = "python-telegram-bot", "aiogram", "Linnet"


@dataclass(frozen=True, slots=True)
class Contestant:
    """A bot: the module that runs it, and what must be installed for it."""

    name: str
    module: str
    needs: str = "telegram"


@dataclass(frozen=True, slots=True)
class Race:
    """One way of measuring: who takes part, the limit first, and what Linnet may cost beside them."""

    title: str
    run: Callable[[str, str], Cost]
    contestants: Sequence[Contestant]
    wanted: Mapping[str, float]


RACES = (
    Race(
        "in process, nothing sent",
        inside,
        (
            Contestant("JSON alone", "benchmarks.telegram_floor"),
            Contestant(PTB, "benchmarks.telegram_ptb"),
            Contestant(AIOGRAM, "benchmarks.telegram_aiogram", "aiogram"),
            Contestant(LINNET, "benchmarks.telegram_linnet"),
        ),
        {PTB: 0.8, AIOGRAM: 0.35},
    ),
    Race(
        "over HTTP, webhook and calls",
        served,
        (
            Contestant("raw sockets", "benchmarks.telegram_raw"),
            Contestant(PTB, "benchmarks.telegram_ptb", "tornado"),
            Contestant(AIOGRAM, "benchmarks.telegram_aiogram", "aiogram"),
            Contestant(LINNET, OURS),
        ),
        {PTB: 0.55, AIOGRAM: 0.9},
    ),
)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        looks = Path(folder) / "looks.json"
        write_looks(looks)
        for race in RACES:
            _run(race, str(looks))


def _run(race: Race, looks: str) -> None:
    there = [one for one in race.contestants if has(one.needs)]
    costs: dict[str, list[Cost]] = {one.name: [] for one in there}
    for _ in range(ROUNDS):
        for one in there:
            costs[one.name].append(race.run(one.module, looks))
    print(f"{race.title}: CPU µs an update, median of {ROUNDS} [least - most]")
    for name, found in costs.items():
        print(f"  {name:<20} {_figure(found)}")
    for name, most in race.wanted.items():
        if name in costs:
            print(
                f"  Linnet / {name:<20} {_ratio(costs[LINNET], costs[name])}  (wanted: {most} at most)"
            )
    limit = there[0].name
    print(f"  {limit} / Linnet {_ratio(costs[limit], costs[LINNET])}  (share of the limit)")
    left_out = [one.name for one in race.contestants if one not in there]
    if left_out:
        print(f"  Left out, because not installed: {', '.join(left_out)}.")


def _figure(costs: Sequence[Cost]) -> str:
    if wrong := [cost.wrong for cost in costs if cost.wrong]:
        return f"void: {wrong[0]}"
    found = sorted(cost.microseconds for cost in costs)
    return f"{median(found):8.1f}   [{found[0]:.1f} - {found[-1]:.1f}]"


def _ratio(ours: Sequence[Cost], theirs: Sequence[Cost]) -> str:
    if any(cost.wrong for cost in (*ours, *theirs)):
        return "void"
    pairs = zip(ours, theirs, strict=True)
    return f"{median(mine.microseconds / other.microseconds for mine, other in pairs):.2f}"


if __name__ == "__main__":
    main()

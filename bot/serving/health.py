"""Health: the few facts that say whether the program serves as it should.

The parts of the program write them, `/healthz` and `/metrics` read them. All of them are about the
program and its files; none is about anybody who talks.
"""

from collections.abc import Callable
from dataclasses import dataclass

STALLED_SECONDS = 60.0  # for how long a stall is told of: fault 37 of the safety study


@dataclass(slots=True)
class Health:
    """The facts as they are now. `now` gives seconds that only grow."""

    now: Callable[[], float]
    data_refused: bool = False  # the last edit of the files; what was good before stands
    old_directory: bool = False  # the directory served is the last good one of the snapshot
    telegram_refused: bool = False  # the token does not work
    stalled_at: float | None = None  # when everything last stood still for too long

    def stalled(self) -> None:
        """Everything stood still just now."""
        self.stalled_at = self.now()

    @property
    def data_last_good(self) -> bool:
        """Whether she is served from older data than those in the files."""
        return self.data_refused or self.old_directory

    def faults(self) -> tuple[str, ...]:
        """What is wrong, in words of a fixed list; empty when nothing is."""
        recent = self.stalled_at is not None and self.now() - self.stalled_at < STALLED_SECONDS
        told = {
            "data refused": self.data_last_good,
            "loop stalled": recent,
            "telegram down": self.telegram_refused,
        }
        return tuple(words for words, so in told.items() if so)

    def page(self) -> str:
        """`ok`, or `degraded` and a line for each fault.

        Degraded is no reason to stop the program: the page answers, and urgent help does.
        """
        faults = self.faults()
        return "\n".join(("degraded", *faults)) if faults else "ok"

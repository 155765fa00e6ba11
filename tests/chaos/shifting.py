"""Shifting the clock of a running program: `linnet serve` with a time of day that a file moves.

    python -m tests.chaos.shifting

serves as `linnet serve` does, without its limits. Only the time of day moves; the clock that never goes back is the
machine's, as with a real jump. (libfaketime 0.9.10 cannot do this to Python: told to leave that
clock alone, it breaks the waits that threads change places by.)
"""

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.serving.running import clock, serve
from bot.settings import read_settings
from tests.telegram.wide import wide_gate

FILE = "SHIFTED_CLOCK"  # the variable that names the file


class ShiftedClock:
    """The time of day that a program sees: this machine's, moved by `seconds`, from now on."""

    program = "tests.chaos.shifting"

    def __init__(self, file: Path) -> None:
        self.seconds = 0
        self._file = file
        self.environment = {FILE: str(file)}
        self.move(0)

    def move(self, seconds: int) -> None:
        """So many seconds before (negative) or after this machine's time."""
        self.seconds = seconds
        beside = self._file.with_suffix(".new")
        beside.write_text(str(seconds))
        beside.replace(self._file)

    def now(self) -> datetime:
        """The time of day of the program."""
        return clock() + timedelta(seconds=self.seconds)


def within_the_day(now: datetime, seconds: int) -> int:
    """The shift, or the same one to the other side where it would leave the day in UTC.

    A talk is found under the key of its day or the day before. A clock that was a day ahead and is
    put right costs the talks that began meanwhile, which fault 26 allows; in a run of chaos it would
    look like a loss, by the hour at which somebody starts it.
    """
    day = now.astimezone(UTC).date()
    return (
        seconds if (now + timedelta(seconds=seconds)).astimezone(UTC).date() == day else -seconds
    )


def _main() -> int:
    file = Path(os.environ[FILE])
    return serve(
        read_settings(os.environ),
        held_by=wide_gate(time.monotonic),
        now=lambda: clock() + timedelta(seconds=int(file.read_text())),
    )


if __name__ == "__main__":
    sys.exit(_main())

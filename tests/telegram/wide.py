"""`linnet serve` for people who tap faster than anybody could: nothing on Telegram holds them back.

`python -m tests.telegram.wide` takes the same settings. What the limits do is tested elsewhere.
"""

import os
import sys
import time
from collections.abc import Callable

from bot.channels.limits import Limits
from bot.channels.telegram.gate import Gate
from bot.serving.running import serve
from bot.settings import read_settings

FAST = 1_000_000_000  # a second


def wide_gate(now: Callable[[], float]) -> Gate:
    """A gate that lets everything in."""
    limits = Limits(now, b"", FAST, 1 / FAST, slots=1)
    return Gate(limits, limits, limits)


if __name__ == "__main__":
    sys.exit(serve(read_settings(os.environ), held_by=wide_gate(time.monotonic)))

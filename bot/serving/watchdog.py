"""The watchdog: how late the program comes to what it has to do every second."""

import logging
from collections.abc import Awaitable, Callable

SECONDS = 1.0  # between two looks
STALL_SECONDS = 1.0  # late by more than this is a fault

log = logging.getLogger("linnet")


async def watch_lateness(
    now: Callable[[], float],
    sleep: Callable[[float], Awaitable[None]],
    late: Callable[[float], None],
    stalled: Callable[[], None],
) -> None:
    """Tell `late` every second by how many seconds this look came too late. Never returns.

    `now` gives seconds that only grow. By more than a second `stalled` is told too: something held
    everybody up, also her who pressed "Leave".
    """
    while True:
        began = now()
        await sleep(SECONDS)
        seconds = max(0.0, now() - began - SECONDS)
        late(seconds)
        if seconds > STALL_SECONDS:
            log.warning("loop-stalled")
            stalled()

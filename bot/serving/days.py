"""Days: the files are read again when a day ends, because checks of the directory rest on the day."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import date
from typing import NoReturn

LOOK_SECONDS = 60.0

log = logging.getLogger("linnet")


async def each_day(
    today: Callable[[], date],
    read: Callable[[], Awaitable[object]],
    seconds: float = LOOK_SECONDS,
) -> NoReturn:
    """Have the files read once on each new day, looked for every so many seconds.

    `today` gives the day on which those checks rest.

    Harm prevented: a number that was checked too long ago, or a place that is closed from today,
    would stand as it was on the day of the start. What cannot be read waits for SIGHUP.
    """
    before = today()
    while True:
        await asyncio.sleep(seconds)
        now = today()
        if now != before:
            before = now
            try:
                await read()
            except Exception as fault:  # noqa: BLE001  # the next day is to be read all the same
                log.error("loop-fault %s", type(fault).__name__)

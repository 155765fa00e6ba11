"""Chores: what is to be done every second for the store, where no other channel does it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NoReturn

CHORE_SECONDS = 1.0
# Until what is over is erased though Telegram does not answer. Sooner, a talk of before a long time
# down could not be opened any more when it does, and its card would stay in her chat.
PATIENCE_SECONDS = 60.0

log = logging.getLogger("linnet")


async def done(chores: Callable[[], None], after: float = 0.0) -> NoReturn:
    """Do the chores every second from `after` seconds on. Only its task's end ends it."""
    await asyncio.sleep(after)
    while True:
        await asyncio.sleep(CHORE_SECONDS)
        try:
            chores()
        except Exception as fault:  # noqa: BLE001  # harm prevented: the page would end, and its help
            log.error("loop-fault %s", type(fault).__name__)


@asynccontextmanager
async def done_meanwhile(
    chores: Callable[[], None], after: float = PATIENCE_SECONDS
) -> AsyncIterator[None]:
    """The same while something is waited for that may never come.

    Harm prevented: while Telegram does not answer, what a woman left on the page would stay.
    """
    task = asyncio.create_task(done(chores, after))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

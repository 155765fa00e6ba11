"""Polling: asks for updates, and confirms them by asking for the next only when all are kept."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.channels.telegram.calls import Api
from bot.channels.telegram.faults import Fault, TelegramFault
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.updates import number_of

LONG_POLL = 25  # seconds that Telegram waits for something to come
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0
REVOKED_PAUSE = 30.0
NEWCOMER_SECONDS = 10.0  # a program that meets another so early came second

log = logging.getLogger("linnet")


class Polling:
    """Takes updates for as long as it is not cancelled.

    `now` gives seconds that only grow, `sleep` waits for seconds.
    """

    def __init__(
        self,
        api: Api,
        intake: Intake,
        now: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._api = api
        self._intake = intake
        self._now = now
        self._sleep = sleep
        self.confirmed: int | None = None  # the newest update that may be forgotten
        self.refused = False  # the token does not work now

    async def run(self) -> None:
        """Take updates. Returns only when another program takes them and was there first."""
        began, pause = self._now(), FIRST_PAUSE
        while True:
            fault = await self._tried()
            if fault is None:
                pause = FIRST_PAUSE
                continue
            if fault.fault is Fault.CONFLICT and self._now() - began < NEWCOMER_SECONDS:
                log.error("telegram-other-poller")
                return
            await self._sleep(self._seconds(fault, pause))
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _tried(self) -> TelegramFault | None:
        try:
            await self.once()
        except TelegramFault as fault:
            return fault
        return None

    async def once(self) -> None:
        """Take one batch. Raises TelegramFault.

        When this is cancelled in between, nothing of the batch is confirmed; what was kept of it
        is known as seen when it comes again.
        """
        updates = await self._api.updates(self.confirmed, LONG_POLL)
        self.refused = False
        await asyncio.gather(*(self._intake.take(update) for update in updates))
        numbers = [number for one in updates if (number := number_of(one)) is not None]
        self.confirmed = max(numbers, default=self.confirmed)

    def _seconds(self, fault: TelegramFault, pause: float) -> float:
        if fault.fault is Fault.REVOKED:
            self.refused = True
            log.error("telegram-token-refused")
            return REVOKED_PAUSE
        log.warning("poll-failed %s", fault.fault.name)
        return max(fault.seconds, pause)

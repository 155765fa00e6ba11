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
LONGEST_FOR_ONE = 1.0  # while an update is to come again: everybody's wait with it
FULL = 100  # updates in a batch, the most that Telegram gives
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
        self.waiting = False  # some of the last batch is to come again

    async def run(self) -> None:
        """Take updates. Returns only when another program takes them and was there first."""
        began, pause = self._now(), FIRST_PAUSE
        while True:
            fault = await self._tried()
            if fault is None and not self.waiting:
                pause = FIRST_PAUSE
                continue
            if fault is None:
                pause = min(pause, LONGEST_FOR_ONE)
                await self._sleep(pause)
                pause *= 2
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
        is known as seen when it comes again. Behind an update that is to come again nothing is
        confirmed, but of a full batch all is: others wait behind it, and one may call for help.
        """
        updates = await self._api.updates(self.confirmed, LONG_POLL)
        again = await asyncio.gather(*(self._intake.take(update) for update in updates))
        self.waiting = any(again) and len(updates) < FULL
        numbered = zip(map(number_of, updates), again, strict=True)
        known = sorted((number, late) for number, late in numbered if number is not None)
        for number, late in known:
            if late and self.waiting:
                break
            self.confirmed = number

    def _seconds(self, fault: TelegramFault, pause: float) -> float:
        if fault.fault is Fault.REVOKED:
            log.error("telegram-token-refused")
            return REVOKED_PAUSE
        log.warning("poll-failed %s", fault.fault.name)
        return max(fault.seconds, pause)

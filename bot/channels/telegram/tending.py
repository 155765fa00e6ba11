"""Tending: what must happen in her chat though she does nothing.

Every second: cards that a crash or a fault left unpainted are painted, quiet ones are hidden, and
talks whose time is over are removed. All of it stands in the store, so it survives a restart.
"""

import asyncio
import logging

from bot.channels.telegram.painter import Painter, Target
from bot.channels.telegram.place import unpack_place
from bot.conversation.messages import Again, Incoming, Taken, Waiting, Word
from bot.conversation.turns import Turns

AT_ONCE = 200  # talks looked after in one go
# After a long time down, what is not looked at before old keys are wiped is never opened again.
AFTER_A_START = 20_000

log = logging.getLogger("linnet")


class Tending:
    """Looks after talks. It remembers nothing: all it knows stands in the store."""

    def __init__(self, turns: Turns, painter: Painter) -> None:
        self._turns = turns
        self._painter = painter

    async def tend(self, *, unpainted: bool = False) -> None:
        """One go. `unpainted`: also all that was not painted while nobody ran.

        Raises StoreUnavailable.
        """
        # First: what waits for the store, or fails, must not let a claim of this worker run out.
        await self._painter.go_on()
        await self._turns.painted(self._painter.settled())
        if hold := self._painter.held_seconds:
            await self._turns.hold(self._painter.held(), hold)
            # What is not painted just now may be in the hands of another worker.
            unpainted = False
        most = AFTER_A_START if unpainted else AT_ONCE
        for waiting in await self._turns.waiting(most, unpainted=unpainted, hold=hold):
            if not self._painter.busy(waiting.key):
                await self._care(waiting)
            # A store of this process waits for nothing. Harm prevented: after a long time down,
            # thousands of talks would be looked after while the page answers nobody.
            await asyncio.sleep(0)
        await self._painter.put_right()

    async def _care(self, waiting: Waiting) -> None:
        act = Word("leave") if waiting.over else Word("hide") if waiting.painted else Again()
        taken = await self._turns.turn(Incoming(waiting.key, act, version=waiting.version))
        place = unpack_place(taken.place)
        if place is None:
            await self._lost(waiting, taken)
            return
        self._painter.show(Target(taken, place, doubtful=not waiting.painted))

    async def _lost(self, waiting: Waiting, taken: Taken) -> None:
        # Harm prevented: a store that was away for a moment must not cost her the talk, nor leave
        # its card standing. It is looked after again.
        if taken.version or taken.over:
            # Nobody can say any more where its card stands.
            log.warning("card-lost")
            await self._turns.forget(waiting.key, taken.version or waiting.version)

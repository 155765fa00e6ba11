"""A crowd that can be held still: nobody begins anything new while its gate is shut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.telegram.crowd import Walker


class Gate:
    """What a crowd waits at between two acts."""

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()
        self._still = asyncio.Event()
        self._still.set()
        self._acting = 0

    @asynccontextmanager
    async def passing(self) -> AsyncIterator[None]:
        """One act of one person; it begins when the gate is open."""
        await self._open.wait()
        self._acting += 1
        self._still.clear()
        try:
            yield
        finally:
            self._acting -= 1
            if not self._acting:
                self._still.set()

    @asynccontextmanager
    async def shut(self) -> AsyncIterator[None]:
        """Entered when every act that had begun has come to its end."""
        self._open.clear()
        try:
            await self._still.wait()
            yield
        finally:
            self._open.set()


class HeldWalker(Walker):
    """One person of such a crowd."""

    gate: Gate
    patience = 60.0  # seconds: a fault may come right after an act was taken, and lasts a while

    async def _one(self) -> None:
        async with self.gate.passing():
            if not self.tally.wrong:
                await super()._one()

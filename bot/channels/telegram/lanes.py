"""Lanes: one act of one person at a time, different people side by side.

Telegram may deliver a message and a press of one person at once.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Lanes:
    """A lock for each person who is being served just now, and none for anybody else."""

    def __init__(self) -> None:
        self._locks: dict[int, tuple[asyncio.Lock, int]] = {}  # the lock, and how many want it

    @asynccontextmanager
    async def of(self, person: int) -> AsyncIterator[None]:
        """Wait until nobody else serves this person; first come, first served."""
        lock, wanted = self._locks.get(person, (asyncio.Lock(), 0))
        self._locks[person] = lock, wanted + 1
        try:
            async with lock:
                yield
        finally:
            lock, wanted = self._locks[person]
            if wanted > 1:
                self._locks[person] = lock, wanted - 1
            else:
                del self._locks[person]

    def __len__(self) -> int:
        return len(self._locks)

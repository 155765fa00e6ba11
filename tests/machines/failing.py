"""A store that fails when a test says so: down, full, or dead just after it saved."""

import asyncio
from collections.abc import Iterable
from enum import Enum

from bot.exceptions import StoreUnavailable
from bot.sessions.model import Due, Painted, SessionStore, Stored


class Trouble(Enum):
    """What is wrong with the store."""

    NONE = "none"
    DOWN = "down"  # nothing is answered
    FULL = "full"  # nothing can be saved; all else goes on
    DYING = "dying"  # the next save is done, and whoever asked never hears of it


class FailingStore:
    """A `SessionStore` over another, with `trouble`. It lets others run, as a real one may."""

    def __init__(self, store: SessionStore) -> None:
        self.store = store
        self.trouble = Trouble.NONE

    async def _answer(self) -> None:
        await asyncio.sleep(0)
        if self.trouble is Trouble.DOWN:
            raise StoreUnavailable

    async def load(self, key: str) -> Stored | None:
        await self._answer()
        return await self.store.load(key)

    async def save(
        self,
        key: str,
        data: bytes,
        expected_version: int,
        *,
        tended: bool = False,
        update: str = "",
        anew: bool = False,
    ) -> bool:
        await self._answer()
        if self.trouble is Trouble.FULL:
            raise StoreUnavailable
        saved = await self.store.save(
            key, data, expected_version, tended=tended, update=update, anew=anew
        )
        if self.trouble is Trouble.DYING:
            raise StoreUnavailable
        return saved

    async def delete(self, key: str, version: int | None = None) -> None:
        await self._answer()
        await self.store.delete(key, version)

    async def seen(self, update: str) -> bool:
        await self._answer()
        return await self.store.seen(update)

    async def due(self, most: int, *, unpainted: bool = False, hold: float = 0.0) -> list[Due]:
        await self._answer()
        return await self.store.due(most, unpainted=unpainted, hold=hold)

    async def hold(self, keys: Iterable[str], seconds: float) -> None:
        await self._answer()
        await self.store.hold(keys, seconds)

    async def settle(self, painted: Iterable[Painted]) -> None:
        await self._answer()
        await self.store.settle(painted)

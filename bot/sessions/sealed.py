"""The sealed store: any store, with every session sealed before the store sees it.

What a store, its journal, a backup or a copy of its memory holds is a row key that belongs to one
day, a few numbers of seconds, and noise.
"""

from collections.abc import Iterable

from bot.sessions.model import Due, Painted, SessionStore, Stored
from bot.sessions.sealing import Sealing


class SealedStore:
    """A `SessionStore` over another. A row that cannot be opened is deleted and counts as none."""

    def __init__(self, store: SessionStore, epochs: Sealing) -> None:
        self._store = store
        self._epochs = epochs

    async def load(self, key: str) -> Stored | None:
        """What is kept for `key`, opened."""
        stored = await self._store.load(key)
        if stored is None:
            return None
        opened = self._opened(key, stored)
        if opened is None:
            # Only this row: another worker may have found it too, and begun a talk in its place.
            await self._store.delete(key, stored.version)
        return opened

    def _opened(self, key: str, stored: Stored) -> Stored | None:
        data = self._epochs.open(stored.data, key.encode())
        return None if data is None else Stored(data, stored.version, stored.expired)

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
        """Keep `data` sealed; bound to its row, so that rows cannot be swapped."""
        sealed = self._epochs.seal(data, key.encode())
        return await self._store.save(
            key, sealed, expected_version, tended=tended, update=update, anew=anew
        )

    async def delete(self, key: str, version: int | None = None) -> None:
        """Forget `key`."""
        await self._store.delete(key, version)

    async def seen(self, update: str) -> bool:
        """Whether `update` was saved before."""
        return await self._store.seen(update)

    async def due(self, most: int, *, unpainted: bool = False, hold: float = 0.0) -> list[Due]:
        """The sessions to look after, opened; those that cannot be opened are deleted."""
        found = []
        for each in await self._store.due(most, unpainted=unpainted, hold=hold):
            opened = self._opened(each.key, each.stored)
            if opened is None:
                await self._store.delete(each.key, each.stored.version)
            else:
                found.append(Due(each.key, opened, each.painted))
        return found

    async def hold(self, keys: Iterable[str], seconds: float) -> None:
        """Keep these from being looked after."""
        await self._store.hold(keys, seconds)

    async def settle(self, painted: Iterable[Painted]) -> None:
        """Mark versions as painted."""
        await self._store.settle(painted)

"""The memory store: sessions in this process only, gone when it ends."""

from collections.abc import Callable

from bot.sessions.model import Stored


class MemoryStore:
    """Keeps at most `limit` sessions, each for `lifetime_seconds` after its last turn.

    `now` gives seconds that only grow. When full, the session that has been quiet longest goes.
    """

    def __init__(
        self, now: Callable[[], float], lifetime_seconds: float = 1800, limit: int = 100_000
    ) -> None:
        self._now = now
        self._lifetime = lifetime_seconds
        self._limit = limit
        self._kept: dict[str, tuple[Stored, float]] = {}  # oldest turn first

    async def load(self, key: str) -> Stored | None:
        """What is kept for `key`; an expired session is forgotten here and now."""
        self._forget_expired()
        kept = self._kept.get(key)
        return kept[0] if kept else None

    async def save(self, key: str, data: bytes, expected_version: int) -> bool:
        """Compare and set, as `SessionStore.save` says."""
        self._forget_expired()
        kept = self._kept.get(key)
        version = kept[0].version if kept else 0
        if version != expected_version:
            return False
        self._kept.pop(key, None)  # put back at the end: the order is the order of expiry
        while len(self._kept) >= self._limit:
            self._kept.pop(next(iter(self._kept)))
        self._kept[key] = (Stored(data, version + 1), self._now() + self._lifetime)
        return True

    async def delete(self, key: str) -> None:
        """Forget `key`."""
        self._kept.pop(key, None)

    def _forget_expired(self) -> None:
        now = self._now()
        while self._kept:
            key = next(iter(self._kept))
            if self._kept[key][1] > now:
                return
            del self._kept[key]

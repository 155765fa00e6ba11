"""The memory store: sessions in this process only, gone when it ends."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice

from bot.sessions.model import Due, Lifetimes, Painted, Stored

REPAIRED_AFTER = 2.0  # seconds after which an unpainted card is looked after
REMEMBERED = 10_000  # updates; Telegram has at most a few hundred in the air
MOST_SESSIONS = 200_000  # about 270 MB as they are sealed
HARDLY_ANSWERED = 3  # saves: a talk that began, whose card was sent and hid itself, has no more


def some_of(limit: int) -> int:
    """How many sessions are looked at together where a store may hold `limit`."""
    return max(1, limit // 100)


@dataclass(slots=True)
class _Kept:
    stored: Stored
    began: float
    expires: float
    due: float | None  # None: nobody has to look after it
    painted: bool = False

    def is_over(self, now: float) -> bool:
        """Whether its time is over and no channel has to clean up after it."""
        return self.due is None and self.expires <= now


class MemoryStore:
    """Keeps at most `limit` sessions. `now` gives seconds that only grow.

    When full, of those that hardly anything was answered in the one goes that was quiet longest;
    only where there is none, that of all.
    """

    def __init__(
        self,
        now: Callable[[], float],
        lifetimes: Lifetimes = Lifetimes(),  # noqa: B008  # frozen
        limit: int = MOST_SESSIONS,
    ) -> None:
        self._now = now
        self._lifetimes = lifetimes
        self._limit = limit
        self._kept: dict[str, _Kept] = {}  # the longest quiet first
        self._seen: dict[str, None] = {}  # the oldest first

    async def load(self, key: str) -> Stored | None:
        """What is kept for `key`; an expired session is forgotten here and now."""
        kept = self._find(key)
        return replace(kept.stored, expired=kept.expires <= self._now()) if kept else None

    def _find(self, key: str) -> _Kept | None:
        """What is kept for `key` and not over; whatever has been quiet too long goes as well."""
        now = self._now()
        while self._kept and self._kept[oldest := next(iter(self._kept))].is_over(now):
            del self._kept[oldest]
        kept = self._kept.get(key)
        if kept and kept.is_over(now):
            del self._kept[key]
            return None
        return kept

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
        """Compare and set, as `SessionStore.save` says."""
        now, kept = self._now(), self._find(key)
        version = kept.stored.version if kept else 0
        if version != expected_version or update in self._seen:
            return False
        began = kept.began if kept and not anew else now
        expires = min(now + self._lifetimes.idle_seconds, began + self._lifetimes.most_seconds)
        self._kept.pop(key, None)  # put back at the end: the order is the order of quietness
        self._make_room()
        due = now + REPAIRED_AFTER if tended else None
        self._kept[key] = _Kept(Stored(data, version + 1), began, expires, due)
        self._remember(update)
        return True

    def _make_room(self) -> None:
        """Some go at once where it is full: to look for them takes a while."""
        if len(self._kept) < self._limit:
            return
        hardly = [k for k, kept in self._kept.items() if kept.stored.version <= HARDLY_ANSWERED]
        going = dict.fromkeys((*hardly, *self._kept))
        for key in islice(going, len(self._kept) - self._limit + some_of(self._limit)):
            del self._kept[key]

    async def delete(self, key: str, version: int | None = None) -> None:
        """Forget `key`, as `SessionStore.delete` says."""
        kept = self._kept.get(key)
        if kept and version in {None, kept.stored.version}:
            del self._kept[key]

    async def seen(self, update: str) -> bool:
        """Whether `update` was saved before."""
        return update in self._seen

    async def due(self, most: int, *, unpainted: bool = False, hold: float = 0.0) -> list[Due]:
        """The sessions to look after, as `SessionStore.due` says."""
        now = self._now()
        for key in [key for key, kept in self._kept.items() if kept.is_over(now)]:
            del self._kept[key]  # those that stand behind one that is kept past its time
        waiting = [
            (kept.due, key)
            for key, kept in self._kept.items()
            if kept.due is not None and (kept.due <= now or (unpainted and not kept.painted))
        ]
        found = [self._due(key, now) for _, key in sorted(waiting)[:most]]
        if hold:
            await self.hold([each.key for each in found], hold)
        return found

    def _due(self, key: str, now: float) -> Due:
        kept = self._kept[key]
        return Due(key, replace(kept.stored, expired=kept.expires <= now), kept.painted)

    async def hold(self, keys: Iterable[str], seconds: float) -> None:
        """Keep these from being looked after, as `SessionStore.hold` says."""
        until = self._now() + seconds
        for key in keys:
            kept = self._kept.get(key)
            if kept and kept.due is not None:
                kept.due = max(kept.due, until)

    async def settle(self, painted: Iterable[Painted]) -> None:
        """Mark versions as painted, as `SessionStore.settle` says."""
        now = self._now()
        for each in painted:
            kept = self._kept.get(each.key)
            if kept and kept.stored.version == each.version and kept.due is not None:
                due = min(now + each.due_seconds, kept.expires)
                self._kept[each.key] = replace(kept, painted=True, due=due)

    def _remember(self, update: str) -> None:
        if update:
            self._seen[update] = None
        if len(self._seen) > REMEMBERED:
            del self._seen[next(iter(self._seen))]

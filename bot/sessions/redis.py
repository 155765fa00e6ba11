"""The Redis store: sessions that many workers share, on a Redis or Valkey that writes no disk."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from bot.sessions.memory import REPAIRED_AFTER
from bot.sessions.model import Due, Lifetimes, Painted, Stored
from bot.sessions.redis_address import RedisAddress
from bot.sessions.redis_scripts import (
    CLAIM,
    CLAIM_ON,
    DELETE,
    DUE,
    HOLD,
    LOAD,
    PROLONG,
    RELEASE,
    SAVE,
    SEEN,
    SEEN_UPDATE,
    SESSION,
    SETTLE,
    WAITING,
    WIPED_AFTER,
    Script,
)
from bot.sessions.redis_server import Answer, Argument, RedisServer

AT_ONCE = 100  # talks in one script

T = TypeVar("T")


class RedisStore:
    """A `SessionStore` on the server at `address`, asked for at the first call.

    `steady` gives this worker's seconds that only grow; `now` None takes the server's time of day,
    the one clock that all workers share.
    """

    def __init__(
        self,
        address: RedisAddress,
        steady: Callable[[], float],
        lifetimes: Lifetimes = Lifetimes(),  # noqa: B008  # frozen
        now: Callable[[], float] | None = None,
    ) -> None:
        self._server = RedisServer(address, steady)
        self._lifetimes = lifetimes
        self._now = now

    async def refuse_disk(self) -> None:
        """See `RedisServer.refuse_disk`."""
        await self._server.refuse_disk()

    async def close(self) -> None:
        """Let go of every connection."""
        await self._server.close()

    async def _run(self, script: Script, *names: str, given: tuple[Argument, ...] = ()) -> Answer:
        lives = self._lifetimes
        now = "" if self._now is None else repr(self._now())
        first = (now, lives.idle_seconds, lives.most_seconds, WIPED_AFTER)
        return await self._server.run(script, (WAITING, *names), (*first, *given))

    async def load(self, key: str) -> Stored | None:
        """What is kept for `key`."""
        row = await self._run(LOAD, SESSION + key)
        return None if row is None else Stored(row[0], row[1], expired=bool(row[2]))

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
        """Compare and set, as `SessionStore.save` says.

        An update stays seen as long as a talk may live: then it can have no effect twice.
        """
        names = (SESSION + key, SEEN_UPDATE + update) if update else (SESSION + key,)
        due = REPAIRED_AFTER if tended else ""
        given = (data, expected_version, due, "1" if anew else "")
        return bool(await self._run(SAVE, *names, given=given))

    async def delete(self, key: str, version: int | None = None) -> None:
        """Forget `key`, as `SessionStore.delete` says."""
        await self._run(DELETE, SESSION + key, given=("" if version is None else version,))

    async def seen(self, update: str) -> bool:
        """Whether `update` was saved before."""
        return bool(await self._run(SEEN, SEEN_UPDATE + update))

    async def due(self, most: int, *, unpainted: bool = False, hold: float = 0.0) -> list[Due]:
        """The sessions to look after, as `SessionStore.due` says."""
        rows = await self._run(DUE, given=(most, hold, "1" if unpainted else ""))
        return [
            Due(
                name.decode().removeprefix(SESSION),
                Stored(data, version, expired=bool(expired)),
                bool(painted),
            )
            for name, data, version, expired, painted in rows
        ]

    async def hold(self, keys: Iterable[str], seconds: float) -> None:
        """Keep others from looking after these, as `SessionStore.hold` says."""
        for some in _parted([SESSION + key for key in keys]):
            await self._run(HOLD, *some, given=(seconds,))

    async def settle(self, painted: Iterable[Painted]) -> None:
        """Mark versions as painted, as `SessionStore.settle` says."""
        for some in _parted(list(painted)):
            names = [SESSION + each.key for each in some]
            given = [value for each in some for value in (each.version, each.due_seconds)]
            await self._run(SETTLE, *names, given=tuple(given))

    # ---- claims

    async def claim(self, key: str, who: str, seconds: float) -> int | None:
        """Whoever claims a talk first has it for `seconds`; `who` may also claim it again.

        The version at which it stands, 0 where there is none; None while somebody else has it.
        """
        names, given = (SESSION + key, CLAIM_ON + key), (who, seconds)
        found: int | None = await self._run(CLAIM, *names, given=given)
        return found

    async def prolong(self, keys: Iterable[str], who: str, seconds: float) -> list[str]:
        """Have what `who` claimed for `seconds` from now; what somebody else has stays theirs.

        Answers the keys that `who` still had.
        """
        kept: list[str] = []
        for some in _parted(list(keys)):
            names = [CLAIM_ON + key for key in some]
            kept += [
                some[place] for place in await self._run(PROLONG, *names, given=(who, seconds))
            ]
        return kept

    async def release(self, key: str, who: str) -> None:
        """Let go of a claim; one that somebody else has by now stays."""
        await self._run(RELEASE, CLAIM_ON + key, given=(who,))


def _parted(these: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many at once as keep nobody else waiting for long, and as a script can be given."""
    return (these[at : at + AT_ONCE] for at in range(0, len(these), AT_ONCE))

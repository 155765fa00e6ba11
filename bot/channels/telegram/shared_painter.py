"""The shared painter: several workers paint in the same chats, one of them at a time in each.

Whoever paints holds a claim on the talk; who comes later waits for it, and then paints the talk as
it stands by then. Harm prevented: of two workers that send or sweep at once, one would delete the
card of the other, or leave her with two. A claim of a worker that died ends after three seconds.
"""

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from bot.channels.telegram.calls import Api
from bot.channels.telegram.painter import Painter, Target
from bot.channels.telegram.place import unpack_place
from bot.conversation.messages import Again, Incoming
from bot.conversation.turns import Turns
from bot.exceptions import StoreUnavailable

CLAIM_SECONDS = 3.0  # said again every second while there is something to paint
HELD_SECONDS = 5.0  # how long nobody else looks after a talk; said again every second too
# Seconds between two questions for a claim. While Telegram is away many wait, so they ask less.
FIRST_QUESTION, LONGEST_QUESTION = 0.05, 1.0


class Claims(Protocol):
    """Who may paint a talk just now."""

    async def claim(self, key: str, who: str, seconds: float) -> int | None:
        """The version at which the talk stands, 0 for none; None while somebody else paints it.

        Raises StoreUnavailable.
        """
        ...

    async def prolong(self, keys: Iterable[str], who: str, seconds: float) -> None:
        """Keep claims for so long from now. Raises StoreUnavailable."""
        ...

    async def release(self, key: str, who: str) -> None:
        """Let others paint it. Raises StoreUnavailable."""
        ...


class SharedPainter(Painter):
    """A `Painter` beside those of other workers. `who` is a random name of this one."""

    held_seconds = HELD_SECONDS

    def __init__(
        self,
        api: Api,
        turns: Turns,
        sleep: Callable[[float], Awaitable[None]],
        jitter: Callable[[], float],
        hide_seconds: float,
        claims: Claims,
        who: str,
    ) -> None:
        super().__init__(api, turns, sleep, jitter, hide_seconds)
        self._claims = claims
        self._who = who
        self._claimed: set[str] = set()

    async def go_on(self) -> None:
        """Prolong every claim. Raises StoreUnavailable."""
        await self._claims.prolong(tuple(self._claimed), self._who, CLAIM_SECONDS)

    async def _until_painted(self, target: Target) -> None:
        if not target.taken.version and not target.taken.over:
            await super()._until_painted(target)  # a frozen card takes nothing away, and is help
            return
        key = target.taken.key
        try:
            wanted = await self._with_claim(target)
            if wanted is not None:
                # Whoever had the claim before may have died between sending a card and keeping it.
                await super()._until_painted(replace(wanted, doubtful=True))
                await self._tell_now(key)
        finally:
            self._claimed.discard(key)
            with suppress(StoreUnavailable):
                await self._claims.release(key, self._who)

    async def _with_claim(self, target: Target) -> Target | None:
        """What is to be painted once nobody else paints; None where the talk is gone."""
        key = target.taken.key
        pause = FIRST_QUESTION
        while True:
            try:
                version = await self._asked_for(key)
            except StoreUnavailable:
                if not target.taken.version:
                    return target  # her chat is emptied also where nobody can be asked
                version = None
            if version is not None:
                break
            await self._sleep(pause)
            pause = min(pause * 2, LONGEST_QUESTION)
        if (newer := self._wanted.pop(target.place.chat, None)) is not None:
            target = newer.instead_of(target)
            if target.taken.key != key:
                self._wanted[target.place.chat] = target  # another talk, with a claim of its own
                return None
        self._claimed.add(key)
        if version != target.taken.version:
            return await self._present(target)
        if not version or not target.taken.over:
            return target
        # Harm prevented: the next talk counts from one again, and may stand at the version at which
        # this one was over.
        found = await self._present(target)
        return target if found is None or found.taken.over else found

    async def _newer(self, target: Target) -> Target | None:
        """Also what another worker took in meanwhile, who waits for this one."""
        newer = await super()._newer(target)
        if newer is not None or not target.taken.version:
            return newer
        version = None
        with suppress(StoreUnavailable):
            version = await self._asked_for(target.taken.key)
        return await self._present(target) if version and version > target.taken.version else None

    async def _present(self, target: Target) -> Target | None:
        """The talk as it stands, for another worker has gone on with it and may have moved its card.

        What she pressed of a talk that was over goes. Harm prevented: that talk is not swept for,
        or the card of the one that she has begun since would go with it.
        """
        taken = await self._turns.turn(Incoming(target.taken.key, Again()))
        place = unpack_place(taken.place)
        if place is None:
            return None
        if place.begun != target.place.begun:
            place = place.with_litter(target.place.card)
        return replace(target, taken=taken, place=place, plays=False)

    async def _asked_for(self, key: str) -> int | None:
        return await self._claims.claim(key, self._who, CLAIM_SECONDS)

    async def _tell_now(self, key: str) -> None:
        """Before anybody else paints: what was painted must not look unpainted to them."""
        if key in self._painted:
            version, seconds = self._painted.pop(key)
            try:
                await self._turns.painted([(key, version, seconds)])
            except StoreUnavailable:
                self._painted.setdefault(key, (version, seconds))

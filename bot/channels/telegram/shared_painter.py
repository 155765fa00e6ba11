"""The shared painter: several workers paint in the same chats, one of them at a time in each.

Whoever paints holds a claim on the talk; who comes later waits for it, and then paints the talk as
it stands by then. Harm prevented: of two workers that send or sweep at once, one would delete the
card of the other, or leave her with two. A claim of a worker that died ends after four seconds. One
that cannot say its claim again stops painting before it ends, in the midst of a call, and asks anew.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from bot.channels.telegram.calls import Api
from bot.channels.telegram.painter import FIRST_PAUSE, LONGEST_PAUSE, Painter, Target
from bot.channels.telegram.place import unpack_place
from bot.conversation.messages import Again, Incoming
from bot.conversation.turns import Turns
from bot.exceptions import StoreUnavailable

CLAIM_SECONDS = 4.0  # said again every second while there is something to paint
# How long a worker counts on a claim after it said so. What it sent until then arrives before the
# claim ends: the network takes it within a second (`UNTAKEN_SECONDS` of the calls) or never.
SURE_SECONDS = 2.5
HELD_SECONDS = 5.0  # how long nobody else looks after a talk; said again every second too
# Seconds between two questions for a claim. While Telegram is away many wait, so they ask less.
FIRST_QUESTION, LONGEST_QUESTION = 0.05, 1.0
THAWED = 20  # frozen cards that are looked after in one go

log = logging.getLogger("linnet")


class Claims(Protocol):
    """Who may paint a talk just now."""

    async def claim(self, key: str, who: str, seconds: float) -> int | None:
        """The version at which the talk stands, 0 for none; None while somebody else paints it.

        Raises StoreUnavailable.
        """
        ...

    async def prolong(self, keys: Iterable[str], who: str, seconds: float) -> list[str]:
        """Keep claims for so long from now; those that `who` still has. Raises StoreUnavailable."""
        ...

    async def release(self, key: str, who: str) -> None:
        """Let others paint it. Raises StoreUnavailable."""
        ...


class SharedPainter(Painter):
    """A `Painter` beside those of other workers. `who` is a random name of this one.

    `sure_seconds` is how long it paints under a claim that it cannot say again.
    """

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
        sure_seconds: float = SURE_SECONDS,
    ) -> None:
        super().__init__(api, turns, sleep, jitter, hide_seconds)
        self._claims = claims
        self._who = who
        self._sure_seconds = sure_seconds
        self._sure: dict[str, asyncio.Timeout] = {}  # talk → ends what is painted with the claim

    async def go_on(self) -> None:
        """Say every claim again. Raises StoreUnavailable."""
        until = self._sure_until()
        held = tuple(key for key, sure in self._sure.items() if sure.when() is not None)
        for key in await self._claims.prolong(held, self._who, CLAIM_SECONDS):
            self._is_sure(key, until)
        await self._thaw()

    async def _thaw(self) -> None:
        """Take away what was sent while the store was away, once she has gone on.

        Nobody else knows of it. Harm prevented: what she does next may come to another worker, and
        then a card of a fault would stand below her own for good.
        """
        for chat, frozen in list(self._frozen.items())[:THAWED]:
            del self._frozen[chat]
            self._frozen[chat] = frozen  # the next time others come first
            found = None if chat in self._tasks else await self._present(frozen)
            if found and found.place.newest > frozen.place.newest:
                self.show(found)

    async def _until_painted(self, target: Target) -> None:
        key, pause = target.taken.key, FIRST_PAUSE
        # A frozen card is help, and takes nothing away: the first time it waits for nobody.
        left = await self._once(target, pause) if _is_frozen(target) else target
        if left is None:
            return
        try:
            while left := await self._claimed(left, pause):
                pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            with suppress(StoreUnavailable):
                await self._claims.release(key, self._who)

    async def _claimed(self, target: Target, pause: float) -> Target | None:
        """Paint once nobody else does; what is still to be painted where that came to no end."""
        key, chat = target.taken.key, target.place.chat
        try:
            async with asyncio.timeout(None) as sure:
                self._sure[key] = sure
                wanted = await self._with_claim(target)
                if wanted is None:
                    return None
                if sure.when() is None:  # nobody could be asked
                    return await self._once(wanted, pause)
                # Whoever had the claim before may have died between sending a card and keeping it.
                await super()._until_painted(replace(wanted, doubtful=True))
                await self._tell_now(key)
        except TimeoutError:
            # Harm prevented: what arrives later could take away the card of who paints by then.
            log.warning("claim-lost")
            return replace(self._trying.get(chat, target), doubtful=True)
        finally:
            del self._sure[key]
        return None

    async def _once(self, target: Target, pause: float) -> Target | None:
        """One try without a claim; what is to be tried next, after a while. None if it is done."""
        seconds = await self._tried(target, pause)
        if not seconds:
            return None
        await self._sleep(seconds * (1 + self._jitter() / 4))
        return replace(target, doubtful=True)

    async def _with_claim(self, target: Target) -> Target | None:
        """What is to be painted once nobody else paints; None where the talk is gone."""
        key, chat = target.taken.key, target.place.chat
        pause = FIRST_QUESTION
        while True:
            version, away = None, False
            try:
                version = await self._asked_for(key)
            except StoreUnavailable:
                away = True
            if (newer := self._wanted.pop(chat, None)) is not None:
                target = newer.instead_of(target)
                if target.taken.key != key:
                    self._wanted[chat] = target  # another talk, with a claim of its own
                    return None
            if version is not None:
                return await self._standing(target, version)
            if away and not target.taken.version:
                return (
                    target  # help, and a chat that is to be empty, also where nobody can be asked
                )
            await self._sleep(pause)
            pause = min(pause * 2, LONGEST_QUESTION)

    async def _standing(self, target: Target, version: int) -> Target | None:
        """What is to be painted where the talk stands at `version`; None where it is gone."""
        if _is_frozen(target):
            # Her press came again, perhaps at another worker: what came of it stands by now.
            found = await self._present(target) if version else None
            return found if found and found.place.newest >= target.place.newest else target
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
        if newer is not None:
            return newer
        version = None
        with suppress(StoreUnavailable):
            version = await self._asked_for(target.taken.key)
        if not version or version <= target.taken.version:
            return None
        return await self._standing(target, version)

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
        until = self._sure_until()
        version = await self._claims.claim(key, self._who, CLAIM_SECONDS)
        if version is not None:
            self._is_sure(key, until)
        return version

    def _sure_until(self) -> float:
        return asyncio.get_running_loop().time() + self._sure_seconds

    def _is_sure(self, key: str, until: float) -> None:
        sure = self._sure.get(key)
        if sure is not None and not sure.expired():
            sure.reschedule(until)

    async def _tell_now(self, key: str) -> None:
        """Before anybody else paints: what was painted must not look unpainted to them."""
        if key in self._painted:
            version, seconds = self._painted.pop(key)
            try:
                await self._turns.painted([(key, version, seconds)])
            except StoreUnavailable:
                self._painted.setdefault(key, (version, seconds))


def _is_frozen(target: Target) -> bool:
    """Whether it is a card that stands for a talk which could not be read or kept."""
    return not target.taken.version and not target.taken.over

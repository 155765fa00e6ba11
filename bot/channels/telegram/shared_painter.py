"""The shared painter: several workers paint in the same chats, one of them at a time in each.

Whoever paints holds a claim on the talk; who comes later waits for it, and then paints the talk as
it stands by then. Harm prevented: of two workers that send or sweep at once, one would delete the
card of the other, or leave her with two. A claim of a worker that died ends after three seconds. One
that cannot say its claim again stops painting before it ends, in the midst of a call, and asks anew.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from bot.channels.telegram.calls import Api
from bot.channels.telegram.faults import TelegramFault
from bot.channels.telegram.painter import FIRST_PAUSE, LONGEST_PAUSE, Painter, Target
from bot.channels.telegram.place import unpack_place
from bot.conversation.messages import Again, Incoming
from bot.conversation.turns import Turns
from bot.exceptions import StoreUnavailable

CLAIM_SECONDS = 3.0  # said again twice a second while there is something to paint
# How long a worker counts on a claim after it said so. What it sent until then arrives before the
# claim ends: the network takes it within a second (`UNTAKEN_SECONDS` of the calls) or never.
SURE_SECONDS = 1.5
HELD_SECONDS = 3.0  # how long nobody else looks after a talk; said again every second too
# Seconds between two questions for a claim. While Telegram is away many wait, so they ask less.
FIRST_QUESTION, LONGEST_QUESTION = 0.05, 1.0
HELP_SECONDS = 1.0  # for the card of a fault, before what it stands for comes again
NEW_SECONDS = 10.0  # after which somebody without a talk is taken for one who left
LONG_AGO = 0.0  # by a loop's clock: what is to end then ends at once

log = logging.getLogger("linnet")


class Claims(Protocol):
    """Who may paint a talk just now."""

    async def claim(self, key: str, who: str, seconds: float) -> int | None:
        """The version at which the talk stands, 0 for none; None while somebody else paints it.

        Raises StoreUnavailable.
        """
        ...

    async def prolong(self, keys: Iterable[str], who: str, seconds: float) -> list[str]:
        """Keep claims for so long from now. Answers the keys of those that `who` still has.

        Raises StoreUnavailable.
        """
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
        self._ends: dict[str, asyncio.Timeout] = {}  # talk → ends its painting with the claim
        self._began: dict[int, float] = {}  # chat → when it was begun to paint there

    async def go_on(self) -> None:
        """Say every claim again. Raises StoreUnavailable."""
        until = self._from_now()
        held = [(key, ends) for key, ends in self._ends.items() if ends.when() is not None]
        keys = [key for key, _ in held]
        kept = set(await self._claims.prolong(keys, self._who, CLAIM_SECONDS))
        for key, ends in held:
            self._count_on(key, ends, until if key in kept else LONG_AGO)

    async def before_it_comes_again(self, chat: int) -> None:
        """Help for it stands, or a second has passed.

        Harm prevented: it may come to a worker that reaches the store, and help that is shown only
        then would cover what came of it.
        """
        if (task := self._tasks.get(chat)) is not None:
            await asyncio.wait({task}, timeout=HELP_SECONDS)

    async def _until_painted(self, target: Target) -> None:
        self._began[target.place.chat] = asyncio.get_running_loop().time()
        try:
            # A frozen card is help, and takes nothing away: the first time it waits for nobody.
            left = await self._once(target, FIRST_PAUSE) if _is_frozen(target) else target
            if left is not None:
                await self._until_claimed(left)
        finally:
            del self._began[target.place.chat]

    async def _until_claimed(self, target: Target) -> None:
        left: Target | None = target
        keys, pause = set(), FIRST_PAUSE
        try:
            while left is not None:
                keys.add(left.taken.key)
                left = await self._claimed(left, pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            for key in keys:
                with suppress(StoreUnavailable):
                    await self._claims.release(key, self._who)

    async def _claimed(self, target: Target, pause: float) -> Target | None:
        """Paint once nobody else does; what is still to be painted where that came to no end."""
        key, chat = target.taken.key, target.place.chat
        self._trying[chat] = target
        try:
            async with asyncio.timeout(None) as ends:
                self._ends[key] = ends
                wanted = await self._with_claim(target)
                if wanted is None:
                    return None
                if ends.when() is None:  # nobody could be asked
                    return await self._unasked(wanted, pause)
                # Whoever had the claim before may have died between sending a card and keeping it.
                await super()._until_painted(replace(wanted, doubtful=True))
                await self._tell_now(key)
        except TimeoutError:
            # Harm prevented: what arrives later could take away the card of who paints by then.
            log.warning("claim-lost")
            return replace(self._trying[chat], doubtful=True)
        finally:
            del self._ends[key]
        return None

    async def _once(self, target: Target, pause: float) -> Target | None:
        """One try without a claim; what is to be tried next, after a while. None if it is done."""
        seconds = await self._tried(target, pause)
        if not seconds:
            return None
        await self._sleep(seconds * (1 + self._jitter() / 4))
        return replace(target, doubtful=True)

    async def _unasked(self, target: Target, pause: float) -> Target | None:
        """What is done while nobody can be asked, and what is left to do.

        It is only the beginning: what is known to stand says nothing any more, or goes. Harm
        prevented: what is swept for may be the card of somebody else who paints there.
        """
        if _is_frozen(target):
            return await self._once(target, pause)
        place = self._known(target.place)
        with suppress(TelegramFault):
            await self._quietened(place, target.card)
            if target.leaves:
                await self._sweeping.tidy(place.chat, (*place.litter, place.card))
        await self._sleep(pause)
        return replace(target, doubtful=True)

    async def _with_claim(self, target: Target) -> Target | None:
        """What is to be painted once nobody else paints; None where the talk is gone."""
        key, chat = target.taken.key, target.place.chat
        pause, waited = FIRST_QUESTION, target.doubtful
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
                self._trying[chat] = target
            if version is not None:
                return await self._standing(target, version, waited=waited)
            if away and _waits_for_nobody(target):
                return target
            await self._sleep(pause)
            pause, waited = min(pause * 2, LONGEST_QUESTION), True

    async def _standing(self, target: Target, version: int, *, waited: bool) -> Target | None:
        """What is to be painted where the talk stands at `version`; None where it is gone."""
        if _is_frozen(target):
            return await self._thawed(target)
        if version != target.taken.version:
            return await self._present(target)
        if not version or not (target.taken.over or waited):
            return target
        # Harm prevented: the next talk counts from one again, and may stand at the version of this
        # one. She would press buttons of a talk that is over, and in vain.
        found = await self._present(target)
        if found is None or found.taken.over or found.place.begun == target.place.begun:
            return target
        return found

    async def _thawed(self, target: Target) -> Target | None:
        """What came of her act by now, which may have come again to another worker; else the help."""
        chat = target.place.chat
        found, answered = await self._looked_up(target)
        if not answered:
            return target
        if found is None:
            # Harm prevented: she may have left at another worker, and a card would come into a chat
            # that is empty. Who is new has done nothing else yet, and is answered.
            late = asyncio.get_running_loop().time() - self._began[chat] > NEW_SECONDS
            return replace(target, asked=target.asked and not late)
        if found.place.newest < target.place.newest:
            return target
        if found.taken.key == target.taken.key:
            return found
        self._wanted.setdefault(chat, found)  # the key of the day before has its own claim
        return None

    async def _newer(self, target: Target) -> Target | None:
        """Also what another worker took in meanwhile, who waits for this one."""
        newer = await super()._newer(target)
        if newer is not None and newer.taken.key == target.taken.key:
            return newer
        if newer is not None:
            self._wanted.setdefault(target.place.chat, newer)  # it has a claim of its own
            return None
        version = None
        with suppress(StoreUnavailable):
            version = await self._asked_for(target.taken.key)
        if not version or (version == target.taken.version and not target.taken.over):
            return None
        found = await self._standing(target, version, waited=True)
        return None if found == target else found

    async def _looked_up(self, target: Target) -> tuple[Target | None, bool]:
        """The talk as it stands, None where there is none; whether that could be said."""
        taken = await self._turns.turn(Incoming(target.taken.key, Again(), target.earlier))
        place = unpack_place(taken.place)
        if place is None:
            return None, not taken.unkept
        same = place.begun == target.place.begun
        # What she wrote must not stay, nor the card of a talk before.
        gone = target.place.litter if same else (*target.place.litter, target.place.card)
        place = place.with_litter(*gone)
        asked = target.asked and same  # what asked for another talk brings no message
        return replace(target, taken=taken, place=place, asked=asked, plays=False), True

    async def _present(self, target: Target) -> Target | None:
        """The talk as it stands, for another worker has gone on with it and may have moved its card.

        What she pressed of a talk that was over goes. Harm prevented: that talk is not swept for,
        or the card of the one that she has begun since would go with it.
        """
        found, _ = await self._looked_up(target)
        return found

    async def _asked_for(self, key: str) -> int | None:
        until, ends = self._from_now(), self._ends[key]
        version = await self._claims.claim(key, self._who, CLAIM_SECONDS)
        if version is not None:
            self._count_on(key, ends, until)
        elif ends.when() is not None:
            raise TimeoutError  # it was ours, and somebody else has it
        return version

    def _from_now(self) -> float:
        return asyncio.get_running_loop().time() + self._sure_seconds

    def _count_on(self, key: str, ends: asyncio.Timeout, until: float) -> None:
        """What is painted under this claim ends then. A later claim on the same talk is another."""
        if self._ends.get(key) is ends and not ends.expired():
            ends.reschedule(until)

    async def _tell_now(self, key: str) -> None:
        """Before anybody else paints: what was painted must not look unpainted to them."""
        if key in self._painted:
            version, seconds = self._painted.pop(key)
            try:
                await self._turns.painted([(key, version, seconds)])
            except StoreUnavailable:
                self._painted.setdefault(key, (version, seconds))


def _is_frozen(target: Target) -> bool:
    """Whether it is a card behind which no talk stands, or none that could be read or kept."""
    return not target.taken.version and not target.taken.over


def _waits_for_nobody(target: Target) -> bool:
    """Help, a chat that is to be empty, and a card to be hidden: also where nobody can be asked."""
    return not target.taken.version or target.leaves or target.card.state == "hidden"

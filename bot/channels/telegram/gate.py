"""The gate: whether what she did has room just now, asked before anything is kept for it.

Each person may act often and then slowly; new talks of all people together have a bucket of their
own, which nobody in a talk is asked from. Whom it holds back loses only that one act: the next one
after the wait counts and shows the present card. Help, hiding and leaving always pass.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.channels.limits import BURST, Limits, calls_for_help, new_talks
from bot.conversation.messages import Act, Start, Typed, Word
from bot.exceptions import StoreUnavailable

ACT_SECONDS = 3.0  # for one act more
STARTS = 8  # at once
START_SECONDS = 3600 / STARTS  # for one start more
ALL = "all"  # the one name of everybody


class Gate:
    """The limits of the channel: acts and starts of each person, new talks of all. Keeps no id."""

    def __init__(self, acts: Limits, starts: Limits, new: Limits) -> None:
        self._acts = acts
        self._starts = starts
        self._new = new

    async def passes(
        self,
        person: str,
        act: Act,
        in_need: Callable[[str], bool],
        stands: Callable[[], Awaitable[bool]],
    ) -> Act | None:
        """The act to take, None for none; `stands` says whether a talk stands.

        Who starts too often goes on with the talk that stands.
        """
        if calls_for_help(act, in_need):
            return act
        if not self._acts.allows(person):
            return None
        if isinstance(act, Start) and act.anew and not self._starts.allows(person):
            # Harm prevented: she may have left in a hurry many times. Were she met with silence,
            # she would be without the talk for minutes; so only a talk that stands is spared.
            act = replace(act, anew=False)
        return None if await self._too_many(act, stands) else act

    def began(self) -> None:
        """A talk began: it is one of the new ones."""
        self._new.allows(ALL)

    async def _too_many(self, act: Act, stands: Callable[[], Awaitable[bool]]) -> bool:
        """Whether the act would begin a talk for which there is no room.

        The store is asked only where there is none. If it is away, the urgent card comes.
        """
        if not isinstance(act, Start | Typed | Word) or self._new.has_room(ALL):
            return False
        try:
            return begins(act) or not await stands()
        except StoreUnavailable:
            return False


def begins(act: Act) -> bool:
    """Whether the act begins a talk even where one stands."""
    return isinstance(act, Start) and act.anew


def gate(now: Callable[[], float], secret: bytes) -> Gate:
    """The gate as it is served. `now` gives seconds that only grow, `secret` is random bytes."""
    return Gate(
        Limits(now, secret, BURST, ACT_SECONDS),
        Limits(now, secret, STARTS, START_SECONDS),
        new_talks(now),
    )

"""Frozen cards: what was shown while the store could not be asked, until it is put right.

Nothing is kept of such a card, so only the worker that showed it knows of it. Harm prevented: what
she does next may come to another worker, and a card of a fault would stand for good where her own
should be, or below it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.channels.telegram.calls import Api
from bot.channels.telegram.faults import Fault, TelegramFault
from bot.channels.telegram.place import Place, unpack_place
from bot.conversation.messages import Again, Incoming, Taken
from bot.conversation.turns import Turns

MOST_FROZEN = 10_000  # chats
AT_ONCE = 20  # that are looked at in one go
NUMBER_SECONDS = 600.0  # a card with a number to ring stays this long
FINAL = frozenset({Fault.GONE, Fault.REFUSED, Fault.BLOCKED})


@dataclass(frozen=True, slots=True)
class FrozenCard:
    """What stands in one chat. `sent` is a message of its own; 0 where only her card was changed.

    `key` and `earlier` are those of her talk, if there is one; `update` is the last that she did
    and that was not kept. `since` is in seconds of the running loop; `stood`: her talk was seen.
    """

    chat: int
    key: str
    earlier: str
    update: int
    sent: int
    since: float
    stood: bool = False


class FrozenCards:
    """All that this worker has shown, by chat. `seconds` is how long a message of its own stays."""

    def __init__(self, api: Api, turns: Turns, seconds: float = NUMBER_SECONDS) -> None:
        self._api = api
        self._turns = turns
        self._seconds = seconds
        self._cards: dict[int, FrozenCard] = {}
        self._going: set[asyncio.Task[None]] = set()

    def sent_in(self, chat: int) -> int:
        """The message that was sent there; 0 for none."""
        frozen = self._cards.get(chat)
        return frozen.sent if frozen else 0

    def past(self, chat: int, newest: int) -> bool:
        """Whether she went on, by what `newest` says, since the last that was not kept."""
        frozen = self._cards.get(chat)
        return frozen is not None and newest >= frozen.update

    def note(self, frozen: FrozenCard) -> None:
        """It stands there, or may come to stand there."""
        if frozen.chat not in self._cards and len(self._cards) >= MOST_FROZEN:
            self._cards.clear()
        self._cards[frozen.chat] = frozen

    def forget(self, chat: int) -> None:
        """Nothing of it stands there any more."""
        self._cards.pop(chat, None)

    async def put_right(
        self, busy: Callable[[int], bool], show: Callable[[Taken, Place], None]
    ) -> None:
        """Have the talks of those who went on shown anew. `busy` chats are for later.

        It ends where the store does not answer.
        """
        looked = 0
        for chat, frozen in list(self._cards.items()):
            if looked == AT_ONCE:
                return
            if busy(chat) or self._cards.get(chat) is not frozen:
                continue
            looked += 1
            taken = await self._turns.turn(Incoming(frozen.key, Again(), frozen.earlier))
            if taken.unkept:
                return
            # She may have done something meanwhile: then it is for later, or over.
            if self._cards.get(chat) is frozen and not busy(chat):
                del self._cards[chat]
                self._put_right(frozen, taken, show)

    def _put_right(
        self, frozen: FrozenCard, taken: Taken, show: Callable[[Taken, Place], None]
    ) -> None:
        place = unpack_place(taken.place)
        if place is not None and not taken.over and place.newest >= frozen.update:
            show(taken, place.with_litter(frozen.sent))
        elif frozen.sent:
            now = asyncio.get_running_loop().time()
            left = taken.over or (frozen.stood and place is None)
            if left or now - frozen.since >= self._seconds:
                self._delete(frozen)
            else:  # she may read it, and ring; behind the others
                self._cards[frozen.chat] = replace(frozen, stood=place is not None)

    def _delete(self, frozen: FrozenCard) -> None:
        """Beside all else: Telegram may be slow, and others wait to be looked after."""
        task = asyncio.create_task(self._deleted(frozen))
        self._going.add(task)
        task.add_done_callback(self._going.discard)

    async def _deleted(self, frozen: FrozenCard) -> None:
        try:
            await self._api.delete(frozen.chat, [frozen.sent])
        except TelegramFault as fault:
            if fault.fault not in FINAL:
                self._cards.setdefault(frozen.chat, frozen)  # the next time

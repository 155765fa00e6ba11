"""Frozen cards: what was shown while the store could not be asked, until it is put right.

Nothing is kept of such a card, so only the worker that showed it knows of it. Harm prevented: what
she does next may come to another worker, and a card of a fault would stand for good where her own
should be, or below it, also after she left.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from bot.channels.telegram.calls import Api
from bot.channels.telegram.faults import TelegramFault
from bot.channels.telegram.place import Place, unpack_place
from bot.conversation.messages import Again, Incoming, Taken
from bot.conversation.turns import Turns

MOST_FROZEN = 10_000  # chats
AT_ONCE = 20  # that are looked at in one go
NUMBER_SECONDS = 600.0  # a card with a number to ring stays this long


@dataclass(frozen=True, slots=True)
class FrozenCard:
    """One such card. `sent`: it is a message of its own; else her card was changed into it.

    `key` and `earlier` are those of her talk, if there is one; `update` is what she did, which was
    not kept. `since` is in seconds of the running loop.
    """

    chat: int
    card: int
    key: str
    earlier: str
    update: int
    sent: bool
    since: float


class FrozenCards:
    """All that this worker has shown, by chat. `seconds` is how long one without a talk stays."""

    def __init__(self, api: Api, turns: Turns, seconds: float = NUMBER_SECONDS) -> None:
        self._api = api
        self._turns = turns
        self._seconds = seconds
        self._cards: dict[int, FrozenCard] = {}

    def sent_in(self, chat: int) -> int:
        """The message that was sent there for a fault; 0 for none."""
        frozen = self._cards.get(chat)
        return frozen.card if frozen and frozen.sent else 0

    def note(self, frozen: FrozenCard) -> None:
        """It stands there, or may come to stand there."""
        if len(self._cards) >= MOST_FROZEN:
            self._cards.clear()
        self._cards[frozen.chat] = frozen

    def forget(self, chat: int) -> None:
        """Nothing of it stands there any more."""
        self._cards.pop(chat, None)

    async def put_right(self, busy: Callable[[int], bool]) -> list[tuple[Taken, Place]]:
        """The talks to paint anew, each with what is to be deleted. `busy` chats are for later.

        Call it when the store answers. Raises StoreUnavailable.
        """
        found: list[tuple[Taken, Place]] = []
        for chat, frozen in list(self._cards.items())[:AT_ONCE]:
            if self._cards.get(chat) is not frozen or busy(chat):
                continue
            taken = await self._turns.turn(Incoming(frozen.key, Again(), frozen.earlier))
            if taken.unkept:
                break
            if self._cards.get(chat) is not frozen or busy(chat):
                continue  # she did something meanwhile
            del self._cards[chat]
            place = unpack_place(taken.place)
            if place is None:
                await self._without_a_talk(frozen)
            elif taken.over:
                await self._deleted(frozen)  # the chat is being emptied
            elif place.newest >= frozen.update:
                found.append((taken, place.with_litter(frozen.card) if frozen.sent else place))
            elif frozen.sent:
                await self._left_to_all(frozen, taken)
        return found

    async def _left_to_all(self, frozen: FrozenCard, taken: Taken) -> None:
        """Whoever paints her card next takes it away; until then she may read it, and ring."""

        def moved(before: str) -> str:
            place = unpack_place(before)
            return place.with_litter(frozen.card).packed() if place else before

        try:
            version = await self._turns.move(taken.key, taken.version, moved)
            if version is not None:
                await self._turns.painted([(taken.key, version, NUMBER_SECONDS)])
        except BaseException:
            self._cards.setdefault(frozen.chat, frozen)
            raise

    async def _without_a_talk(self, frozen: FrozenCard) -> None:
        """She may begin soon, and then it goes; if she does not, it stays as long as a number."""
        if asyncio.get_running_loop().time() - frozen.since >= self._seconds:
            await self._deleted(frozen)
        elif frozen.sent:
            self._cards[frozen.chat] = frozen  # behind the others

    async def _deleted(self, frozen: FrozenCard) -> None:
        if frozen.sent:
            with suppress(TelegramFault):
                await self._api.delete(frozen.chat, [frozen.card])

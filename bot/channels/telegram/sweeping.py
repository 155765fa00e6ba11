"""Sweeping: deletes what is known to stand in a chat, and what may stand there unseen."""

import logging
from collections.abc import Iterable

from bot.channels.telegram.calls import Api
from bot.channels.telegram.faults import Fault, TelegramFault
from bot.channels.telegram.place import MOST_LITTER, Place

SWEPT = 1000  # ids at the most

log = logging.getLogger("linnet")


class Sweeping:
    """Deletes in any chat. Ids of other chats, and of what is gone, are passed over by Telegram.

    Every method raises TelegramFault where it is not known whether the messages are gone. What can
    never be deleted is no fault.
    """

    def __init__(self, api: Api) -> None:
        self._api = api

    async def tidy(self, chat: int, messages: Iterable[int]) -> None:
        """Delete these, 0 is none; what has to stay keeps nothing else from going."""
        wanted = [number for number in messages if number]
        if not wanted or await self._deleted(chat, wanted):
            return
        for number in wanted[:MOST_LITTER] if len(wanted) > 1 else ():
            await self._deleted(chat, [number])
        log.info("messages-stay")

    async def between(self, chat: int, known: int, card: int) -> None:
        """Delete a card that may have been sent unseen after `known` and before `card`.

        It was sent soon after the one, or soon before the other, which took its place.
        """
        ids, half = range(known + 1, card), SWEPT // 2
        await self.tidy(chat, ids if len(ids) <= SWEPT else (*ids[:half], *ids[-half:]))

    async def after(self, chat: int, newest: int) -> None:
        """Delete what may have been sent soon after `newest`."""
        await self.tidy(chat, range(newest + 1, newest + 1 + SWEPT))

    async def beside(self, place: Place, card: int) -> None:
        """Delete a second card, which may stand before or after this one with all that is on it."""
        await self.between(place.chat, place.after, card)
        await self.after(place.chat, max(place.after, card))

    async def _deleted(self, chat: int, messages: list[int]) -> bool:
        try:
            await self._api.delete(chat, messages)
        except TelegramFault as fault:
            if fault.fault not in {Fault.GONE, Fault.REFUSED}:
                raise
            return False
        return True

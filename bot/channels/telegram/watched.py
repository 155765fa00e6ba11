"""Calls that are watched: how each call to Telegram ended, and how long a card took.

Whom a call was for, and what was in it, goes no further than the call.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from bot.channels.telegram.api import BotApi, Me, Profile
from bot.channels.telegram.drawing import Drawn
from bot.channels.telegram.faults import TelegramFault

T = TypeVar("T")

# How a call ended: a word of `Fault`, None where Telegram answered as it should.
Ended = Callable[[str | None], None]


class WatchedApi(BotApi):
    """`BotApi` that tells `ended` of every call, and `took` the seconds of every card.

    `now` gives seconds that only grow. A card that Telegram did not take is told as a fault only.
    """

    def __init__(
        self,
        token: str,
        base: str,
        now: Callable[[], float],
        ended: Ended,
        took: Callable[[float], None],
    ) -> None:
        super().__init__(token, base)
        self._now = now
        self._ended = ended
        self._took = took

    async def send(self, chat: int, drawn: Drawn) -> int:
        """See `Api`."""
        return await self._timed(super().send(chat, drawn))

    async def say(self, chat: int, sound: bytes) -> int:
        """See `Api`."""
        return await self._told(super().say(chat, sound))

    async def edit(self, chat: int, message: int, drawn: Drawn) -> None:
        """See `Api`."""
        await self._timed(super().edit(chat, message, drawn))

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        """See `Api`."""
        await self._told(super().delete(chat, messages))

    async def answer(self, query: str) -> None:
        """See `Api`."""
        await self._told(super().answer(query))

    async def leave(self, chat: int) -> None:
        """See `Api`."""
        await self._told(super().leave(chat))

    async def updates(self, after: int | None, seconds: int) -> list[object]:
        """See `Api`."""
        return await self._told(super().updates(after, seconds))

    async def me(self) -> Me:
        """See `BotApi`."""
        return await self._told(super().me())

    async def webhook(self, url: str, secret: str, connections: int) -> None:
        """See `BotApi`."""
        await self._told(super().webhook(url, secret, connections))

    async def no_webhook(self) -> None:
        """See `BotApi`."""
        await self._told(super().no_webhook())

    async def profile(self, language: str) -> Profile:
        """See `BotApi`."""
        return await self._told(super().profile(language))

    async def set_profile(self, wanted: Profile) -> None:
        """See `BotApi`."""
        await self._told(super().set_profile(wanted))

    async def _told(self, call: Awaitable[T]) -> T:
        try:
            found = await call
        except TelegramFault as fault:
            self._ended(fault.fault.value)
            raise
        self._ended(None)
        return found

    async def _timed(self, call: Awaitable[T]) -> T:
        began = self._now()
        found = await self._told(call)
        self._took(self._now() - began)
        return found

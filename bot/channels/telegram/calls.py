"""Calls: everything that is asked of Telegram, what comes back, and who is told how it ended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bot.channels.telegram.drawing import Drawn


@dataclass(frozen=True, slots=True)
class Me:
    """What the bot is, as far as it matters for her safety."""

    username: str
    joins_groups: bool
    answers_inline: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """What Telegram shows around the chat in one language; the default where `language` is empty."""

    language: str
    name: str
    about: str
    commands: Mapping[str, str]


class Api(Protocol):
    """Everything that is asked of Telegram. Every call raises TelegramFault and nothing else."""

    async def send(self, chat: int, drawn: Drawn) -> int:
        """Send a silent message; its id. The one call that must not be made twice blindly."""

    async def say(self, chat: int, sound: bytes) -> int:
        """Send a silent voice message, which nobody can forward or save; its id.

        Like `send` it must not be made twice blindly.
        """

    async def edit(self, chat: int, message: int, drawn: Drawn) -> None:
        """Bring a message to these words and buttons; fine when it has them already."""

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        """Delete messages; those that are not there are passed over."""

    async def answer(self, query: str) -> None:
        """Stop the waiting mark on the button she pressed."""

    async def leave(self, chat: int) -> None:
        """Leave a group or channel without a word."""

    async def updates(self, after: int | None, seconds: int) -> list[object]:
        """Wait for updates; everything up to `after` is confirmed by this call."""


class Watch(NamedTuple):
    """Who is told of calls; whom a call was for, and what was in it, is not told.

    `now` gives seconds that only grow. `ended` gets a word of `Fault` for each call, None where
    Telegram answered as it should; `took` the seconds of each card that Telegram took.
    """

    now: Callable[[], float]
    ended: Callable[[str | None], None]
    took: Callable[[float], None]


UNWATCHED = Watch(lambda: 0.0, lambda _: None, lambda _: None)

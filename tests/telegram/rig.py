"""A rig: the channel's parts in the test's own process, against the fake, with a clock of its own.

A restart is a new rig on the same folder. Time moves only when a test says so.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.painter import Painter
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.tending import Tending
from bot.conversation.acting import World
from bot.conversation.turns import Turns
from bot.locales import phrases as say
from bot.sessions.model import Lifetimes
from bot.sessions.sealed import SealedStore
from bot.sessions.sealing import Epochs, RowKeys
from bot.sessions.sqlite import SqliteStore
from tests.telegram.fakeapi.chats import Message
from tests.telegram.fakeapi.people import Person
from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.wide import wide_gate

IDLE, MOST, HIDE = 1800.0, 5400.0, 180.0
ID = 7_123_456_789


class Clock:
    """Seconds since some moment, and that moment."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        """The time of day."""
        return self.moment + timedelta(seconds=self.seconds)


class Rig:
    """One life of the bot."""

    def __init__(
        self,
        fake: FakeTelegram,
        world: World,
        folder: Path,
        clock: Clock,
        turns: Callable[..., Turns] = Turns,
        api: Callable[[str, str], BotApi] = BotApi,
    ) -> None:
        self.fake, self.clock = fake, clock
        self.file = SqliteStore(folder / "sessions.db", clock, Lifetimes(IDLE, MOST))
        self.epochs = Epochs(clock, MOST + 900, folder / "epochs")
        self.store = SealedStore(self.file, self.epochs)
        self.turns = turns(world, self.store, clock.now, say.TELEGRAM_KEEPS, quiet_end=True)
        self.api = api(fake.token, fake.base)
        self.painter = Painter(self.api, self.turns, _no_sleep, lambda: 0.5, HIDE)
        self._row_keys = RowKeys(b"k" * 32)
        self.intake = Intake(
            self.turns,
            self.api,
            self.painter,
            self.keys,
            lambda: secrets.token_urlsafe(6),
            wide_gate(clock),
        )
        self.tending = Tending(self.turns, self.painter)
        self.polling = Polling(self.api, self.intake, clock, asyncio.sleep)

    def keys(self, person: str) -> tuple[str, str]:
        """The keys of a person's rows, today's and yesterday's."""
        return self._row_keys.keys("telegram", person, self.clock.now())

    async def settle(self) -> None:
        """Take everything that waits, and paint it; what is to come again waits on."""
        while await self._waits():
            await self.polling.once()
            if self.polling.waiting:
                break
        await self.painter.rest(30)
        await self.intake.rest(5)

    async def _waits(self) -> bool:
        """Whether something waits that was not taken yet: asking would else take very long."""
        await self.api.updates(self.polling.confirmed, 0)
        return bool(self.fake.unconfirmed)

    async def later(self, seconds: float) -> None:
        """Let time pass, and look after the talks as is done every second."""
        await self.tending.tend()
        self.clock.seconds += seconds
        await self.tending.tend()
        await self.painter.rest(30)
        self.file.checkpoint()
        self.epochs.wipe_old()

    async def die(self) -> None:
        """End at once, whatever is half done."""
        await self.painter.close()
        await self.api.aclose()
        self.file._database.close()


@asynccontextmanager
async def life(
    fake: FakeTelegram, world: World, folder: Path, clock: Clock, **parts: Callable[..., Any]
) -> AsyncIterator[Rig]:
    """A rig that is gone afterwards, without a word to anybody."""
    rig = Rig(fake, world, folder, clock, **parts)
    try:
        yield rig
    finally:
        await rig.die()


async def _no_sleep(_: float) -> None:
    await asyncio.sleep(0.002)


def card_of(person: Person) -> Message:
    """The one card she sees. Fails where there is none, or a second one."""
    shown = [message for message in person.visible if message.from_bot]
    assert len(shown) == 1, [message.text for message in shown]
    return shown[0]


def asks(person: Person, words: str) -> bool:
    """Whether these words stand on her one card."""
    return words in card_of(person).text


async def press(rig: Rig, person: Person, label: str) -> None:
    """She presses a button of her one card, and everything that comes of it is done."""
    await person.press(card_of(person).id, label)
    await rig.settle()

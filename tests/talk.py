"""A talk with the shipped flows and directory, as a channel would have it."""

import asyncio
from datetime import datetime

from bot.channels.terminal import as_text
from bot.conversation.acting import World
from bot.conversation.messages import Act, Card, Incoming, Start, Typed
from bot.conversation.turns import Turns
from bot.sessions.memory import MemoryStore


class Talk:
    """One person's talk; `typed` lines in, cards out. The store is looked at by tests only."""

    def __init__(self, world: World, moment: datetime, language: str | None = "en"):
        self.store = MemoryStore(lambda: 0.0)
        self.turns = Turns(world, self.store, lambda: moment)
        self.card = self.act(Start(language))

    def act(self, act: Act) -> Card:
        """Do one thing; the card that answers it."""
        self.card = asyncio.run(self.turns.take(Incoming("key", act)))
        return self.card

    def type(self, *lines: str) -> Card:
        """Type lines one after the other; the last card."""
        for line in lines:
            self.act(Typed(line))
        return self.card

    @property
    def text(self) -> str:
        """The present card as the terminal shows it."""
        return as_text(self.card)

    def kept(self) -> bytes:
        """All bytes that the store holds about this talk."""
        stored = asyncio.run(self.store.load("key"))
        return stored.data if stored else b""

"""A crowd: people who tap through the shipped talk, each beside a talk in memory that is right.

Every tap is also made in a talk of the test's own process, without Telegram and without faults.
Her screen has to come to show the same question, the same buttons and the same turn. A tap that
was lost, applied twice or applied wrongly makes the two differ for good.
"""

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.channels import buttons
from bot.channels.telegram.drawing import draw
from bot.conversation.acting import World
from bot.conversation.messages import Act, Card, Incoming, Paragraph, Start, Typed
from bot.conversation.turns import Turns
from bot.locales import phrases as say
from bot.sessions.memory import MemoryStore
from tests.telegram.fakeapi.chats import Message
from tests.telegram.fakeapi.people import Person
from tests.telegram.running import eventually

PATIENCE = 20.0  # seconds after the bot took it until a tap counts as lost
TAKING = 120.0  # seconds until it must have taken it: Telegram tries again less and less often
TWICE = 0.15  # of presses are made twice
WORDS = ("birmingham", "walsall", "what is this", "B29", "next", "back", "hello", "2")
LEAVING = ("Leave and wipe", "Finish and wipe", "Close")
# Leaving is rare, and whoever is warned mostly plays what there is to hear.
RARE = {**dict.fromkeys(LEAVING, 0.03), say.LISTEN.text: 3.0, say.PLAY.text: 30.0}
PRESSED = re.compile(r"([\w-]*)\.(\d+)\.")  # a button that is pressed; others copy a text


@dataclass
class Tally:
    """What happened to a crowd. `wrong` says in words what differed."""

    ends: int = 0  # of the bot
    taps: int = 0
    talks: int = 0
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    moves: Counter[str] = field(default_factory=Counter)


class Walker:
    """One person who goes on until she is told to stop. `rest` seconds lie between her acts.

    `clock` is the time of day that the bot has, in seconds since 1970.
    """

    patience = PATIENCE

    def __init__(
        self,
        person: Person,
        world: World,
        seed: int,
        tally: Tally,
        rest: float = 0.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.person = person
        self._rest = rest
        self._clock = clock
        self.tally = tally
        self._world = world
        self._chance = random.Random(seed)  # noqa: S311  # the same seed gives the same walk
        self._card: Card | None = None
        self._page = 0
        self._before: set[str] = set()
        self._turns = right_turns(world, clock)

    async def walk(self, stop: asyncio.Event) -> None:
        """Tap until told to stop, or until a tap went wrong."""
        while not stop.is_set() and not self.tally.wrong:
            await self._one()
            await asyncio.sleep(self._rest)

    async def _one(self) -> None:
        if self._card is None or self._chance.random() < 0.01:
            await self._begin()
        elif self._chance.random() < 0.03:
            await self._type(self._chance.choice(WORDS))
        else:
            await self._press()

    async def _begin(self) -> None:
        # A card of the talk before may look the same; only another nonce tells that it is not hers.
        self._before = _nonces(self.person.card)
        self._turns, self._page = right_turns(self._world, self._clock), 0
        self._card = await self._right(Start())
        self.tally.talks += 1
        await self.person.start()
        await self._expect("start")

    async def _type(self, words: str) -> None:
        self._card = await self._right(Typed(words))
        await self.person.send(words)
        await self._expect("typed")

    async def _press(self) -> None:
        message = self.person.card
        if message is None:
            self.tally.wrong.append("her card is gone")
            return
        label, data = self._choice(message)
        found = buttons.pressed(data, self._world.codes)
        times = 2 if self._chance.random() < TWICE else 1
        self._card = await self._right(found.act)
        if found.page is not None:
            self._page = found.page
        for _ in range(times):
            self.tally.taps += 1
            await self.person.press_data(message.id, data)
        await self._expect(label)

    def _choice(self, message: Message) -> tuple[str, str]:
        """A button of the card, see `RARE`; giving what was picked is not put off."""
        rows = [each for row in message.keyboard for each in row]
        pressed = [(label, data) for label, data in rows if PRESSED.match(data)]
        weights = [RARE.get(label, 1.0) for label, _ in pressed]
        return self._chance.choices(pressed, weights)[0]

    async def _right(self, act: Act) -> Card | None:
        """What is right after the act; None when the talk is over."""
        card = await self._turns.take(Incoming("right", act))
        if self._card is None or card.turn != self._card.turn:
            self._page = 0  # a page belongs to one card
        return None if card.ended else card

    async def _expect(self, label: str) -> None:
        clock = asyncio.get_running_loop().time
        began = clock()
        self.tally.moves[label if label in {"start", "typed", *LEAVING} else "press"] += 1
        taken = eventually(lambda: self._is_right() or not self.person.on_its_way, TAKING)
        if not (await taken and await eventually(self._is_right, self.patience)):
            shown = [(each.id, each.text[:40]) for each in self.person.visible]
            self.tally.wrong.append(f"after {label!r}: {self._difference()}; she sees {shown}")
        self.tally.seconds.append(clock() - began)

    def _is_right(self) -> bool:
        return not self._difference()

    def _difference(self) -> str:
        """How her screen differs from what is right; empty when it does not."""
        mine = [message for message in self.person.visible if not message.from_bot]
        voices = self.person.voices
        shown = [one for one in self.person.visible if one.from_bot and one not in voices]
        if mine:
            return f"{len(mine)} messages of hers stay"
        # She may have to ask again to hear it; it never stands where she does not.
        if len(voices) > (len(self._card.sounds) if self._card else 0):
            return f"{len(voices)} voice messages stay"
        if self._card is None:
            return f"{len(shown)} cards stay after leaving" if shown else ""
        if len(shown) != 1:
            return f"{len(shown)} cards"
        if _nonces(shown[0]) & self._before:
            return "a card of the talk before"
        return _differs(shown[0], self._card, self._page)


def _nonces(message: Message | None) -> set[str]:
    """What stands at the beginning of every button of one talk."""
    return {found[1] for found in _pressed(message)} if message else set()


def _pressed(message: Message) -> list[re.Match[str]]:
    """What stands at the beginning of every button that is pressed: nonce and turn."""
    rows = (data for row in message.keyboard for _, data in row)
    return [found for data in rows if (found := PRESSED.match(data))]


def _differs(message: Message, card: Card, page: int) -> str:
    drawn = draw(card, page)
    labels = [str(button["text"]) for row in drawn.keyboard for button in row]
    if message.labels != labels:
        return f"buttons {message.labels} instead of {labels}"
    turns = {int(found[2]) for found in _pressed(message)}
    if turns - {card.turn}:
        return f"turn {turns} instead of {card.turn}"
    said = [block.text for block in card.blocks if isinstance(block, Paragraph)]
    missing = [words for words in said if words in drawn.text and words not in message.text]
    return f"without {missing}" if missing else ""


def right_turns(world: World, clock: Callable[[], float] = time.time) -> Turns:
    """Turns as they are without any fault, at the time of the bot beside them."""
    return Turns(
        world,
        MemoryStore(time.monotonic),
        lambda: datetime.fromtimestamp(clock(), UTC),
        quiet_end=True,
    )

"""Fakes for the Telegram channel: an API in memory, a clock moved by hand, both wired to turns."""

import asyncio
import itertools
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from bot.channels.telegram.calls import Me, Profile
from bot.channels.telegram.drawing import Drawn
from bot.channels.telegram.faults import Fault, TelegramFault
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.painter import Painter
from bot.channels.telegram.place import Place, unpack_place
from bot.channels.telegram.tending import Tending
from bot.conversation.acting import World
from bot.conversation.turns import Turns
from bot.exceptions import StoreUnavailable
from bot.locales import phrases as say
from bot.sessions.memory import MemoryStore
from bot.sessions.model import Due, Session, Stored, unpack
from tests.telegram.wide import wide_gate

HER, ANOTHER = 501, 502
HIDE_SECONDS = 180.0


async def quiet() -> None:
    """Let everything run that does not wait for a clock or a held call."""
    for _ in range(50):
        await asyncio.sleep(0)


class Clock:
    """Seconds that only a test moves; whoever sleeps wakes when they have passed."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []
        self._bells: list[tuple[float, asyncio.Future[None]]] = []

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        bell = asyncio.get_running_loop().create_future()
        self._bells.append((self.seconds + seconds, bell))
        await bell

    async def move(self, seconds: float) -> None:
        """Let so many seconds pass, and everything happen that waited for them."""
        self.seconds += seconds
        for due, bell in self._bells:
            if due <= self.seconds and not bell.done():
                bell.set_result(None)
        await quiet()


class Call(NamedTuple):
    """One call that was made, whether it succeeded or not."""

    method: str
    chat: int = 0
    messages: tuple[int, ...] = ()
    drawn: Drawn | None = None


class _Failing(NamedTuple):
    fault: TelegramFault
    chat: int
    effect: bool


class FakeApi:
    """`Api` in memory. `chats` is what can be seen there: a card, or None for a message of hers.

    `stuck` are messages that cannot be deleted any more; `voices` all that was ever sent to be heard.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.chats: defaultdict[int, dict[int, Drawn | None]] = defaultdict(dict)
        self.voices: defaultdict[int, dict[int, bytes]] = defaultdict(dict)
        self.stuck: set[int] = set()
        self.answered: list[str] = []
        self.left: list[int] = []
        self.batches: deque[list[object]] = deque()
        self.asked_after: list[int | None] = []
        self.identity = Me("quiet_notes_bot", joins_groups=False, answers_inline=False)
        self.profiles: list[Profile] = []
        self.hooks: list[str] = []
        self._failing: defaultdict[str, deque[_Failing]] = defaultdict(deque)
        self._held: dict[str, asyncio.Event] = {}
        self._numbers = itertools.count(1)

    # ---- what tests do

    def fail(
        self, method: str, *faults: Fault, seconds: float = 0, chat: int = 0, effect: bool = False
    ) -> None:
        """Let the next calls fail so, `effect`: after they have done their work."""
        self._failing[method].extend(
            _Failing(TelegramFault(fault, seconds), chat, effect) for fault in faults
        )

    def calm(self) -> None:
        """Let nothing fail any more."""
        self._failing.clear()

    def hold(self, method: str) -> asyncio.Event:
        """Let calls wait before they do their work, until the event is set."""
        return self._held.setdefault(method, asyncio.Event())

    def release(self, method: str) -> None:
        """Let go of held calls, and hold no more of them."""
        self._held.pop(method).set()

    def wrote(self, chat: int = HER) -> int:
        """The id of a new message of hers."""
        number = next(self._numbers)
        self.chats[chat][number] = None
        return number

    def cards(self, chat: int = HER) -> dict[int, Drawn]:
        """The messages of the bot that can be seen, by id."""
        return {number: drawn for number, drawn in self.chats[chat].items() if drawn is not None}

    def made(self, *methods: str, chat: int = HER) -> list[Call]:
        """The calls about one chat, of these methods or all."""
        return [one for one in self.calls if one.chat == chat and one.method in (methods or one)]

    def heard(self, chat: int = HER) -> list[bytes]:
        """The voice messages that can be seen, in order."""
        sent = self.voices[chat].items()
        return [sound for number, sound in sent if number in self.chats[chat]]

    # ---- `Api`

    async def send(self, chat: int, drawn: Drawn) -> int:
        failing = await self._begin(Call("send", chat, (), drawn))
        number = next(self._numbers)
        self.chats[chat][number] = drawn
        _end(failing)
        return number

    async def say(self, chat: int, sound: bytes) -> int:
        failing = await self._begin(Call("say", chat))
        number = next(self._numbers)
        self.chats[chat][number] = None
        self.voices[chat][number] = sound
        _end(failing)
        return number

    async def edit(self, chat: int, message: int, drawn: Drawn) -> None:
        failing = await self._begin(Call("edit", chat, (message,), drawn))
        if self.chats[chat].get(message) is None:
            raise TelegramFault(Fault.GONE)
        self.chats[chat][message] = drawn
        _end(failing)

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        failing = await self._begin(Call("delete", chat, tuple(messages)))
        if self.stuck & {*messages}:
            raise TelegramFault(Fault.REFUSED)
        for number in messages:
            self.chats[chat].pop(number, None)
        _end(failing)

    async def answer(self, query: str) -> None:
        _end(await self._begin(Call("answer")))
        self.answered.append(query)

    async def leave(self, chat: int) -> None:
        _end(await self._begin(Call("leave", chat)))
        self.left.append(chat)

    async def updates(self, after: int | None, seconds: int) -> list[object]:
        self.asked_after.append(after)
        _end(await self._begin(Call("updates")))
        if self.batches:
            return self.batches.popleft()
        await asyncio.Event().wait()
        raise AssertionError("Nothing sets this event")

    # ---- once, at the start

    async def me(self) -> Me:
        _end(await self._begin(Call("me")))
        return self.identity

    async def webhook(self, url: str, secret: str, connections: int) -> None:
        _end(await self._begin(Call("webhook")))
        self.hooks.append(url)

    async def no_webhook(self) -> None:
        _end(await self._begin(Call("no_webhook")))
        self.hooks.clear()

    async def set_profile(self, wanted: Profile) -> None:
        _end(await self._begin(Call("set_profile")))
        self.profiles.append(wanted)

    async def _begin(self, call: Call) -> _Failing | None:
        self.calls.append(call)
        if call.method in self._held:
            await self._held[call.method].wait()
        waiting = self._failing[call.method]
        if not waiting or waiting[0].chat not in {0, call.chat}:
            return None
        failing = waiting.popleft()
        if not failing.effect:
            raise failing.fault
        return failing


def _end(failing: _Failing | None) -> None:
    if failing is not None:
        raise failing.fault


class FaultyStore(MemoryStore):
    """A memory store that does not answer when a test wants it so."""

    def __init__(self, now: Callable[[], float]) -> None:
        super().__init__(now)
        self._failing: Counter[str] = Counter()

    def fail(self, method: str, times: int = 1) -> None:
        """Let the next calls of the method fail."""
        self._failing[method] += times

    def _answer(self, method: str) -> None:
        if self._failing[method] > 0:
            self._failing[method] -= 1
            raise StoreUnavailable("a test wants it so")

    async def load(self, key: str) -> Stored | None:
        self._answer("load")
        return await super().load(key)

    async def save(self, key: str, data: bytes, expected_version: int, **more: Any) -> bool:
        self._answer("save")
        return await super().save(key, data, expected_version, **more)

    async def due(self, most: int, *, unpainted: bool = False, hold: float = 0.0) -> list[Due]:
        self._answer("due")
        return await super().due(most, unpainted=unpainted, hold=hold)

    async def delete(self, key: str, version: int | None = None) -> None:
        self._answer("delete")
        await super().delete(key, version)


class Wired:
    """The channel over the shipped world: fakes outside, real turns and a memory store inside."""

    def __init__(self, world: World, moment: datetime) -> None:
        self.clock = Clock()
        self.api = FakeApi()
        self.store = FaultyStore(self.clock)
        self.turns = Turns(world, self.store, lambda: moment, say.TELEGRAM_KEEPS, quiet_end=True)
        self.day = 1
        self.gate = wide_gate(self.clock)
        self._nonces = itertools.count()
        self._updates = itertools.count(1)
        self.begin()

    def begin(self) -> None:
        """As after a start of the program: nothing is in memory but what the store holds."""
        self.painter = Painter(self.api, self.turns, self.clock.sleep, lambda: 0.0, HIDE_SECONDS)
        self.intake = Intake(self.turns, self.api, self.painter, self.keys, self._fresh, self.gate)
        self.tending = Tending(self.turns, self.painter)

    async def restart(self) -> None:
        """Start again after a crash, and wait until all that was left is done."""
        self.begin()
        await self.tending.tend(unpainted=True)
        await quiet()

    def _fresh(self) -> str:
        return f"nonce{next(self._nonces):03}"

    def keys(self, person: str) -> tuple[str, str]:
        """The keys of the day and of the day before."""
        return f"{self.day}:{person}", f"{self.day - 1}:{person}"

    # ---- what she does

    async def take(self, **fields: object) -> dict[str, object]:
        """Deliver an update with this field; the update."""
        update = {"update_id": next(self._updates), **fields}
        await self.deliver(update)
        return update

    async def deliver(self, update: dict[str, object]) -> None:
        """Deliver an update; `again` says afterwards whether it is to come again."""
        self.again = await self.intake.take(update)
        await quiet()

    def delayed(self) -> int:
        """The number of an update that happens now and is delivered by the test later."""
        return next(self._updates)

    async def text(self, words: str, chat: int = HER, **more: object) -> int:
        """She types; the id of her message."""
        number = self.api.wrote(chat)
        await self.take(message=message(number, chat, text=words, **more))
        return number

    async def press(self, label: str, chat: int = HER, on: int = 0) -> dict[str, object]:
        """She presses the button with this label, on the newest card or the message `on`."""
        number = on or max(self.api.cards(chat))
        data = next(
            button["callback_data"]
            for row in self.api.cards(chat)[number].keyboard
            for button in row
            if str(button["text"]).endswith(label)
        )
        return await self.press_data(str(data), number, chat)

    async def press_data(self, data: str, on: int, chat: int = HER) -> dict[str, object]:
        """She presses a button whether it is there or not."""
        return await self.take(callback_query=press(on, chat, data))

    async def to_question(self, chat: int = HER) -> int:
        """She starts and answers two questions; the id of the card."""
        await self.text("/start", chat)
        await self.press("English", chat)
        await self.press("Yes", chat)
        return max(self.api.cards(chat))

    async def to_services(self, chat: int = HER) -> int:
        """She goes on to the first list of services; the id of the card."""
        await self.to_question(chat)
        await self.press("Birmingham", chat)
        await self.press("My drinking", chat)
        await self.press("Done", chat)
        return max(self.api.cards(chat))

    # ---- what tests look at

    def shows(self, chat: int = HER) -> Drawn:
        """The newest card that can be seen."""
        return self.api.cards(chat)[max(self.api.cards(chat))]

    async def kept(self, chat: int = HER) -> Session | None:
        """The session that is kept, under the key of today."""
        stored = await self.store.load(self.keys(str(chat))[0])
        return unpack(stored.data) if stored else None

    async def place(self, chat: int = HER) -> Place | None:
        """Where the store says that her card stands."""
        session = await self.kept(chat)
        return unpack_place(session.place) if session else None

    async def painted(self, chat: int = HER) -> bool:
        """Whether the store counts her screen as painted, after a look of the tending."""
        await self.tending.tend()
        key = self.keys(str(chat))[0]
        return not any(due.key == key and not due.painted for due in await self.everything())

    async def everything(self) -> list[Due]:
        """All sessions that somebody must look after, now or later, and those that are not painted."""
        return await self.store.due(100, unpainted=True)


# ---- updates as Telegram gives them


def person(id: int) -> dict[str, object]:
    """Somebody with a name that must go nowhere."""
    return {
        "id": id, "is_bot": False, "first_name": "Canary", "last_name": "Canaryname",
        "username": "canary_name", "language_code": "cy",
    }  # fmt: skip


def private(id: int) -> dict[str, object]:
    """The private chat with somebody."""
    return {"id": id, "type": "private", "first_name": "Canary", "username": "canary_name"}


def message(number: int, chat: int = HER, **more: object) -> dict[str, Any]:
    """A message of hers."""
    return {
        "message_id": number, "date": 1, "from": person(chat), "chat": private(chat), **more,
    }  # fmt: skip


def press(on: int, chat: int = HER, data: str = "x", **more: object) -> dict[str, Any]:
    """A press on a message of the bot."""
    bubble = {"message_id": on, "date": 1, "chat": private(chat), "from": person(1)}
    return {
        "id": f"query-{on}", "from": person(chat), "chat_instance": "1", "data": data,
        "message": bubble, **more,
    }  # fmt: skip


def data_of(drawn: Drawn) -> Mapping[str, str]:
    """What the buttons carry, by label."""
    return {
        str(button["text"]): str(button.get("callback_data", ""))
        for row in drawn.keyboard
        for button in row
    }

"""The painter: brings her chat to what the conversation says, one card a chat.

Edits may be made again and again; the first send may not. Whether a send that got no answer took
effect is not known: then everything between her message and the new card is swept away.

A chat that has to wait keeps nobody else waiting. Only the newest card of a chat is painted.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.channels.telegram.calls import Api
from bot.channels.telegram.drawing import Drawn, draw
from bot.channels.telegram.faults import Fault, TelegramFault
from bot.channels.telegram.frozen_cards import NUMBER_SECONDS, FrozenCard, FrozenCards
from bot.channels.telegram.place import Place, unpack_place
from bot.channels.telegram.speaking import Speaking
from bot.channels.telegram.sweeping import Sweeping
from bot.conversation.messages import Card, Result, Script, Taken
from bot.conversation.turns import Turns
from bot.exceptions import StoreUnavailable

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0  # seconds between tries
CLOSE_SECONDS = 0.5  # at the end, for what was cancelled
REVOKED_PAUSE = 30.0
UNTIL_EXPIRY = 86_400.0  # longer than any talk lasts

log = logging.getLogger("linnet")


@dataclass(frozen=True, slots=True)
class Target:
    """What a chat shall show. `asked`: she did something just now that may bring a new message.

    `doubtful`: a card may have been sent already, by a program that has ended since. `plays`: she
    asked just now to hear the card. `earlier` is the key that her talk may have from the day before.
    """

    taken: Taken
    place: Place
    asked: bool = False
    doubtful: bool = False
    plays: bool = False
    earlier: str = ""

    @property
    def card(self) -> Card:
        """The card to show."""
        return self.taken.card

    @property
    def kept_card(self) -> int:
        """The message that the store knows as the card; 0 for none."""
        place = unpack_place(self.taken.place)
        return place.card if place else 0

    @property
    def leaves(self) -> bool:
        """Whether the chat shall be empty afterwards."""
        return self.taken.over and self.card.state != "closed"

    def instead_of(self, earlier: "Target") -> "Target":
        """This one where an earlier one was not painted; what that was to delete still goes."""
        return replace(
            self,
            place=self.place.with_litter(*earlier.place.litter),
            asked=self.asked or earlier.asked,
            doubtful=self.doubtful or earlier.doubtful,
        )


class Painter:
    """Paints targets side by side, those of one chat one after the other.

    `held_seconds` is how long nobody else may look after what this one paints; 0 where there is
    nobody else. `sleep` waits for seconds, `jitter` gives a number from 0 to 1 that spreads the tries.
    `hide_seconds` is how long a card without numbers stays before it is hidden.
    """

    held_seconds = 0.0

    def __init__(
        self,
        api: Api,
        turns: Turns,
        sleep: Callable[[float], Awaitable[None]],
        jitter: Callable[[], float],
        hide_seconds: float,
    ) -> None:
        self._api = api
        self._turns = turns
        self._sleep = sleep
        self._jitter = jitter
        self._hide_seconds = hide_seconds
        self._wanted: dict[int, Target] = {}  # by chat
        self._trying: dict[int, Target] = {}  # what is being painted, by chat
        self._tasks: dict[int, asyncio.Task[None]] = {}
        # chat → a card that the store may not know yet, behind the update that began its talk
        self._sent: dict[int, tuple[int, int]] = {}
        self._speaking = Speaking(api, turns)
        self._sweeping = Sweeping(api)
        self._keys: dict[int, set[str]] = {}  # chat → the talks being painted there
        self._painted: dict[str, tuple[int, float]] = {}
        self._frozen = FrozenCards(api, turns)

    def show(self, target: Target) -> None:
        """Paint this as soon as the chat allows; what waits for it already gives way."""
        chat = target.place.chat
        self._speaking.seen(target.place.after, target.place.card, *target.place.litter)
        waiting = self._wanted.get(chat)
        self._wanted[chat] = target.instead_of(waiting) if waiting else target
        self._keys.setdefault(chat, set()).add(target.taken.key)
        if chat not in self._tasks:
            self._tasks[chat] = asyncio.create_task(self._work(chat))

    def busy(self, key: str) -> bool:
        """Whether the talk's card is being painted, or waits for it."""
        return any(key in keys for keys in self._keys.values())

    def held(self) -> list[str]:
        """The talks whose card is being painted, or waits for it."""
        return [key for keys in self._keys.values() for key in keys]

    async def go_on(self) -> None:
        """Called twice a second: whatever has to be said again while cards are being painted."""

    def settled(self) -> list[tuple[str, int, float]]:
        """What was painted since the last call: key, version, seconds until it may be hidden."""
        painted, self._painted = self._painted, {}
        return [(key, version, seconds) for key, (version, seconds) in painted.items()]

    async def rest(self, seconds: float) -> None:
        """Wait until everything is painted, at the most for `seconds`."""
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=seconds)

    async def before_it_comes_again(self, chat: int) -> None:
        """Waited for before something that was not kept is delivered once more."""

    async def put_right(self) -> None:
        """Paint over what stands for a fault, now that the store answers."""
        await self._frozen.put_right(
            lambda chat: chat in self._tasks, lambda taken, place: self.show(Target(taken, place))
        )

    async def close(self) -> None:
        """Stop at once; what is not painted is painted after the next start."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        if tasks:  # never for ever: a library under a call may swallow that it is cancelled
            await asyncio.wait(tasks, timeout=CLOSE_SECONDS)

    async def _work(self, chat: int) -> None:
        try:
            while (target := self._wanted.pop(chat, None)) is not None:
                await self._until_painted(target)
        finally:
            del self._tasks[chat]
            self._trying.pop(chat, None)
            self._sent.pop(chat, None)
            self._speaking.rest(chat)
            self._keys.pop(chat, None)

    async def _until_painted(self, target: Target) -> None:
        pause = FIRST_PAUSE
        while seconds := await self._tried(target, pause):
            await self._sleep(seconds * (1 + self._jitter() / 4))
            pause = min(pause * 2, LONGEST_PAUSE)
            if (newer := await self._newer(target)) is not None:
                target, pause = newer, FIRST_PAUSE
            # A try that failed may have taken effect all the same.
            target = replace(target, doubtful=True)

    async def _newer(self, target: Target) -> Target | None:
        """What is wanted by now instead of what could not be painted yet; None for nothing else."""
        newer = self._wanted.pop(target.place.chat, None)
        return newer.instead_of(target) if newer else None

    async def _tried(self, target: Target, pause: float) -> float:
        """Seconds until the next try, 0 when there is nothing more to do."""
        self._trying[target.place.chat] = target
        try:
            await self._paint(target)
        except TelegramFault as fault:
            return await self._after(fault, target, pause)
        except StoreUnavailable:
            return pause
        return 0.0

    async def _after(self, fault: TelegramFault, target: Target, pause: float) -> float:
        match fault.fault:
            case Fault.WAIT:
                return max(fault.seconds, FIRST_PAUSE)
            case Fault.UNREACHABLE:
                return pause
            case Fault.REVOKED:
                log.error("telegram-token-refused")
                return REVOKED_PAUSE
            case Fault.BLOCKED:
                with suppress(StoreUnavailable):
                    await self._turns.forget(target.taken.key, target.taken.version)
            case _:
                log.warning("card-refused %s", fault.fault.name)
                self._settle(target.taken.key, target.taken.version, target.card)
        return 0.0

    # ---- one try

    async def _paint(self, target: Target) -> None:
        place = self._known(target.place)
        if not target.taken.version and not target.taken.over:
            await self._freeze(replace(target, place=place))
            return
        # Harm prevented: a card with numbers must not go because it is time to hide her own.
        past = target.taken.over or self._frozen.past(place.chat, place.newest)
        target = replace(
            target, place=place.with_litter(self._frozen.sent_in(place.chat) if past else 0)
        )
        if target.leaves:
            await self._empty(target)
        elif target.taken.over:
            await self._loose(target)
        else:
            await self._keep(target, await self._draw(target))
        if past:
            self._frozen.forget(place.chat)

    def _known(self, place: Place) -> Place:
        """The place with what was sent just now, which the store may not know yet."""
        place = self._speaking.known(place)
        begun, sent = self._sent.get(place.chat, (0, 0))
        if sent <= max(place.after, place.card):
            return place
        # Help for what could not be kept belongs to no talk: it may stand where that card does.
        if place.begun not in {0, begun}:
            # Harm prevented: it may be gone with its talk, and she would get no card of this one.
            return place.with_litter(sent)
        return place._replace(card=sent).with_litter(place.card)

    async def _draw(self, target: Target) -> int:
        """Bring the card to the chat; the message it is."""
        place, card = target.place, target.card
        drawn = draw(card, place.page if place.turn == card.turn else 0)
        if place.card:
            try:
                await self._api.edit(place.chat, place.card, drawn)
            except TelegramFault as fault:
                if fault.fault is not Fault.GONE:
                    raise
                if other := await self._other_card(place, drawn):
                    return other
                # She deleted it: only what she does herself may bring a new message. Where two cards
                # were sent in doubt, the other one swept this one away, and its number is not known.
                if not target.asked and not place.unsure:
                    await self._sweeping.tidy(place.chat, place.litter)
                    raise
            else:
                return place.card
        number = await self._api.send(place.chat, drawn)
        self._sent[place.chat] = place.begun, number
        self._speaking.seen(number)
        return number

    async def _other_card(self, place: Place, drawn: Drawn) -> int:
        """The newest of the messages to delete that is a card; 0 for none.

        Harm prevented: ends at bad moments may leave her with another card than the one that is
        known, and she presses it in vain. What she wrote herself cannot be edited.
        """
        for number in sorted(place.litter, reverse=True):
            try:
                await self._api.edit(place.chat, number, drawn)
            except TelegramFault as fault:
                if fault.fault not in {Fault.GONE, Fault.REFUSED}:
                    raise
            else:
                return number
        return 0

    async def _keep(self, target: Target, card: int) -> None:
        """Tidy up beside the card, and keep where it stands where that is news."""
        kept, place = target.kept_card, target.place
        litter = _without(place.litter, card)
        await self._sweeping.tidy(place.chat, litter)
        if place.unsure or (card != kept and target.doubtful):
            known = max(place.after, kept if kept < card else 0)
            await self._sweeping.between(place.chat, known, card)
        if place.unsure:
            await self._sweeping.after(place.chat, max(place.after, card))
        version: int | None = target.taken.version
        if litter or place.unsure or card != kept:
            moved = _Moved(place.begun, card, kept, litter)
            version = await self._turns.move(target.taken.key, target.taken.version, moved)
            if moved.another_talk:
                version = None
            self._speaking.swept(place.chat)
        if version is not None and target.plays:
            version = await self._speaking.say(
                target.taken, place.chat, version, lambda: place.chat in self._wanted
            )
        # Harm prevented: a turn in between is not yet on her screen and must not count as painted.
        if version is not None:
            self._settle(target.taken.key, version, target.card)

    async def _loose(self, target: Target) -> None:
        """A card that no talk stands behind any more: shown once, and what was left goes."""
        place = target.place
        card = await self._draw(target) if place.card or target.asked else 0
        if place.unsure or (target.doubtful and card != target.kept_card):
            await self._sweeping.beside(place, card)
        await self._sweeping.tidy(place.chat, _without(place.litter, card))
        await self._turns.forget(target.taken.key, target.taken.version)

    async def _freeze(self, target: Target) -> None:
        """A card while nothing is kept, or can be. It is one, however often she writes."""
        place, shown = target.place, 0
        own = self._frozen.sent_in(place.chat)
        if place.card or own or target.asked:
            if place.card:
                self._note_frozen(target, own)  # it may come to stand there later than is known
            card = replace(target, place=place._replace(card=place.card or own))
            shown = await self._draw(card)
            self._note_frozen(target, own if shown == place.card else shown)
        await self._sweeping.tidy(place.chat, _without(place.litter, shown))

    def _note_frozen(self, target: Target, sent: int) -> None:
        place, now = target.place, asyncio.get_running_loop().time()
        key = target.taken.key
        self._frozen.note(
            FrozenCard(place.chat, key, target.earlier, place.newest, sent, since=now)
        )

    async def _empty(self, target: Target) -> None:
        """Harm prevented: first words that say nothing, since deleting may fail for good."""
        place = target.place
        stood = await self._quietened(place, target.card)
        # What is known to stand goes first: to sweep for what may stand takes ten calls more.
        await self._sweeping.tidy(place.chat, (*place.litter, place.card))
        # A card sent after one in doubt, and not yet told to the store, says nothing about that one.
        doubtful = target.doubtful and not (stood and place.card == target.kept_card)
        if place.unsure or doubtful or (not stood and place.card):
            await self._sweeping.beside(place, place.card)
        if target.taken.version:
            await self._turns.forget(target.taken.key, target.taken.version)

    async def _quietened(self, place: Place, card: Card) -> bool:
        """Whether the card stood there; if so it says nothing any more."""
        if not place.card:
            return False
        try:
            await self._api.edit(place.chat, place.card, draw(card))
        except TelegramFault as fault:
            if fault.fault not in {Fault.GONE, Fault.REFUSED}:
                raise
            return False
        return True

    def _settle(self, key: str, version: int, card: Card) -> None:
        self._painted[key] = (version, self._stays(card))

    def _stays(self, card: Card) -> float:
        """Seconds until the card is hidden.

        Harm prevented: a number must not go while she rings, nor a sentence while she says it.
        """
        if card.state != "open":
            return UNTIL_EXPIRY
        used = any(
            isinstance(block, Script) or (isinstance(block, Result) and block.ways)
            for block in card.blocks
        )
        return max(NUMBER_SECONDS, self._hide_seconds) if used else self._hide_seconds


def _without(messages: tuple[int, ...], card: int) -> tuple[int, ...]:
    """Harm prevented: a message that was to go may have become the card, see `_other_card`."""
    return tuple(number for number in messages if number != card)


class _Moved:
    """What was painted changes this about the place; `known` is the card as it was before.

    Harm prevented: a start that came in between has given the card up. Were it the card again, the
    one sent for that start would stay beside it for good.
    """

    def __init__(self, begun: int, card: int, known: int, gone: tuple[int, ...]) -> None:
        self._begun = begun
        self._card = card
        self._known = known
        self._gone = gone
        self.another_talk = False  # was found there, which is not painted

    def __call__(self, before: str) -> str:
        """The place as text, from the place before."""
        place = unpack_place(before)
        if place is None:
            return before
        self.another_talk = place.begun != self._begun
        if self.another_talk or place.card not in {self._known, self._card}:
            # Another worker may have sent a card of its own: then this one is to go.
            return place.without_litter(self._gone).with_litter(self._card).packed()
        gone = (*self._gone, self._card)
        return place._replace(card=self._card, unsure=0).without_litter(gone).packed()

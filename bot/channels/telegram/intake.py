"""Intake: one update in, kept before it is confirmed, and her card marked to be painted.

`take` returns when the update has had its effect in the store, or can have none. Only then may it
be confirmed to Telegram. Painting comes after; a crash in between is repaired from the mark.
What the gate holds back is confirmed too, and neither kept nor painted.

A press that the store did not take is to come again, with urgent help on her card until then, but
only for about ten seconds: her next presses stand behind it in Telegram's queue, and one of them may
be "Leave". After that the card asks her to try again. What she typed is not to come again, because
her next words, perhaps "help", would stand behind it.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Protocol

from bot.channels.buttons import Pressed, pressed
from bot.channels.limits import HELP, calls_for_help
from bot.channels.telegram.calls import Api
from bot.channels.telegram.faults import TelegramFault
from bot.channels.telegram.gate import Gate, begins
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.painter import Painter, Target
from bot.channels.telegram.payload import read_payload
from bot.channels.telegram.place import Place, unpack_place
from bot.channels.telegram.updates import (
    Blocked,
    Elsewhere,
    Event,
    Litter,
    Press,
    Text,
    read,
)
from bot.conversation.listening import PLAY
from bot.conversation.messages import Act, Again, Incoming, Late, Start, Taken, Typed, Word
from bot.conversation.turns import Turns
from bot.exceptions import StoreUnavailable

TRIES = 3  # of an update that makes the program fail, before it is dropped
IN_FLIGHT = 200  # updates handled at once
AGAIN = 6  # times that an update comes once more, by either way at most about a second apart
MOST_LATER = (
    10_000  # updates that are to come again; the oldest is forgotten, and is new if it comes
)
SMALL_CALLS = 50  # in the air, above which what was held back costs none
COMMANDS: Mapping[str, str] = {
    "leave": "leave", "stop": "leave", "language": "language", "privacy": "privacy",
    "help": "urgent", "urgent": "urgent",
}  # fmt: skip
_COMMAND = re.compile(r"/([a-z]{1,32})(?:@\w{1,64})?(?:\s+(.*))?", re.ASCII | re.DOTALL)

log = logging.getLogger("linnet")


class Keys(Protocol):
    """Makes the opaque keys of a person: today's and yesterday's."""

    def __call__(self, person: str) -> tuple[str, str]:
        """Both keys."""
        ...


class Intake:
    """Takes updates as decoded from JSON. `fresh` gives a new random nonce each time.

    `pause` waits a moment before what the store did not take is tried once more; without it
    nothing is tried again.
    """

    def __init__(
        self,
        turns: Turns,
        api: Api,
        painter: Painter,
        keys: Keys,
        fresh: Callable[[], str],
        gate: Gate,
        pause: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._turns = turns
        self._api = api
        self._painter = painter
        self._keys = keys
        self._fresh = fresh
        self._gate = gate
        self._pause = pause
        self._lanes = Lanes()
        self._room = asyncio.Semaphore(IN_FLIGHT)
        self._beside: set[asyncio.Task[None]] = set()
        self._later: dict[int, int] = {}  # update → how often it was to come again

    async def take(self, update: object) -> bool:
        """Whether the update is to come again, and so must not be confirmed.

        Never raises: an update that cannot be handled is counted and dropped.
        """
        event = read(update)
        if event is None:
            log.info("update-ignored")
            return False
        async with self._room:
            for _ in range(TRIES):
                try:
                    return await self._handle(event)
                except Exception as fault:  # noqa: BLE001  # one update must not stop the others
                    log.error("update-failed %s", type(fault).__name__)
        log.error("update-dropped")
        return False

    async def rest(self, seconds: float | None = None) -> None:
        """Wait for the small calls beside the cards, at the most for `seconds`; then end them."""
        if self._beside:
            _, late = await asyncio.wait(self._beside, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _handle(self, event: Event) -> bool:
        match event:
            case Elsewhere():
                # Harm prevented: in a group everybody would see whom the bot talks to.
                self._call(self._api.leave(event.chat))
            case Blocked():
                async with self._lanes.of(event.chat):
                    kept = await self._forgotten(event.chat)
                return self._comes_again(event.update, kept=kept)
            case _:
                # What is to come again was let in the first time. Harm prevented: held back now, it
                # would be neither kept nor told.
                known = event.update in self._later
                found = self._meaning(event) if known else await self._let_in(event)
                if found is None:
                    self._hold_back(event)
                    return False
                if isinstance(event, Press):
                    self._call(self._api.answer(event.query))
                async with self._lanes.of(event.chat):
                    kept = not await self._act(event, found)
                if again := self._comes_again(event.update, kept=kept):
                    await self._painter.before_it_comes_again(event.chat)
                return again
        return False

    def _comes_again(self, update: int, *, kept: bool) -> bool:
        """Whether the update is to come again: it was not kept, and did not come too often yet."""
        times = self._later.pop(update, 0) + 1
        if kept or times > AGAIN:
            return False
        if len(self._later) >= MOST_LATER:
            del self._later[next(iter(self._later))]
        self._later[update] = times
        return True

    async def _forgotten(self, chat: int) -> bool:
        """Whether the store took it that nothing is left of her."""
        try:
            for key in self._keys(str(chat)):
                await self._turns.forget(key)
        except StoreUnavailable:
            return False
        return True

    async def _let_in(self, event: Press | Text | Litter) -> Pressed | None:
        """What the event means, where there is room for it."""
        found = self._meaning(event)
        keys = self._keys(str(event.chat))
        act = await self._gate.passes(
            str(event.chat), found.act, self._turns.in_need, lambda: self._turns.stands(*keys)
        )
        return None if act is None else replace(found, act=act)

    def _hold_back(self, event: Press | Text | Litter) -> None:
        """Her button spins no more, and what she sent does not stay in the chat for others.

        In a flood even that is left out: her phone ends the spinning by itself.
        """
        log.debug("update-held-back")
        if len(self._beside) >= SMALL_CALLS:
            return
        if isinstance(event, Press):
            self._call(self._api.answer(event.query))
        else:
            self._call(self._api.delete(event.chat, [event.message]))

    async def _act(self, event: Press | Text | Litter, found: Pressed) -> bool:
        key, earlier = self._keys(str(event.chat))
        incoming = Incoming(
            key,
            found.act,
            earlier,
            nonce=found.nonce if isinstance(event, Press) else None,
            fresh=self._fresh(),
            update=f"telegram:{event.update}",
            moved=_moved(event, found),
            late=_late(event, found),
        )
        if isinstance(event, Press) and isinstance(found.act, Start):
            incoming = replace(incoming, nonce=None)
        taken = await self._turns.turn(incoming)
        if taken.unkept and self._pause and not calls_for_help(found.act, self._turns.in_need):
            # A store that changes hands is back in a moment; a card of a fault would frighten her.
            await self._pause()
            taken = await self._turns.turn(incoming)
        if taken.version == 1 or begins(found.act):
            self._gate.began()
        target = _target(event, taken, found, earlier)
        if target is not None:
            self._painter.show(target)
        kept = unpack_place(taken.place)
        if not isinstance(event, Press) and (kept is None or event.message not in kept.litter):
            # Nothing is kept that would have it deleted after a crash.
            self._call(self._api.delete(event.chat, [event.message]))
        return taken.unkept and isinstance(event, Press)

    def _meaning(self, event: Press | Text | Litter) -> Pressed:
        match event:
            case Press():
                return pressed(event.data, self._turns.world.codes)
            case Text():
                return Pressed(_typed(event.text), "", 0)
        return Pressed(Again(), "", 0)

    def _call(self, call: Coroutine[object, object, None]) -> None:
        """Something small that need not succeed and that nothing waits for."""
        task = asyncio.create_task(_quietly(call))
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)


async def _quietly(call: Coroutine[object, object, None]) -> None:
    try:
        await call
    except TelegramFault as fault:
        log.info("call-failed %s", fault.fault.name)


def _typed(text: str) -> Act:
    """What a typed message is: a command, or words."""
    command = _COMMAND.fullmatch(text)
    if command is None:
        return Typed(text)
    if command[1] == "start":
        return read_payload(command[2] or "")
    intent = COMMANDS.get(command[1])
    return Word(intent) if intent else Typed(text)


# ---- where the card stands after it


def _moved(event: Press | Text | Litter, found: Pressed) -> Callable[[str], str]:
    """What the event changes about the place: a function, because the place is read later."""

    def moved(before: str) -> str:
        place = unpack_place(before) or Place(event.chat, after=event.message, begun=event.update)
        match event:
            case Press():
                place = _after_press(place, event.message, found)
            case Text() if isinstance(found.act, Start):
                # A new card at the end of the chat: she may have cleared what stood above.
                # The old card goes first: what comes after it may be more than can be kept.
                gone = (place.card, *place.litter, event.message)
                # A card in doubt was sent after what is known, not after this message.
                after = place.after if place.unsure else max(place.after, place.card)
                place = Place(event.chat, after=after, begun=event.update).with_litter(*gone)
            case _:
                place = place.with_litter(event.message)
        return place.with_update(event.update, _help_of(found.act)).packed()

    return moved


def _late(event: Press | Text | Litter, found: Pressed) -> Callable[[str], Late]:
    """Whether the event happened before another that had its effect already.

    After a failure Telegram may bring an old press after a newer one. A second press on "Leave"
    would then end the next talk, and one on "Hide" hide what she opened again. A press that asks
    for help and had no effect yet has it however late it comes.
    """

    def late(before: str) -> Late:
        place = unpack_place(before)
        if place is None or event.update >= place.newest:
            return Late.NO
        intent = found.act.intent if isinstance(found.act, Word) else ""
        if event.update < place.begun:
            # A press on "Urgent help" of the talk before was answered there, or it is too old.
            return Late.NO if isinstance(event, Text) and intent == "urgent" else Late.BEFORE
        again = _help_of(found.act) in place.helped
        return Late.NO if intent in HELP and not again else Late.PASSED

    return late


def _help_of(act: Act) -> int | None:
    """A press that asks for help, as a number: by its turn it is told from a later one."""
    if not isinstance(act, Word) or act.intent not in HELP or act.turn is None:
        return None
    return act.turn * len(HELP) + HELP.index(act.intent)


def _after_press(place: Place, message: int, found: Pressed) -> Place:
    if message > place.card or isinstance(found.act, Start):
        # The newest card she sees and presses is the card, whatever was known of it before.
        place = place._replace(card=message, unsure=1).with_litter(place.card)
    elif message != place.card:
        place = place.with_litter(message)
    if found.page is not None:
        return place._replace(page=found.page, turn=found.turn)
    return place


def _target(
    event: Press | Text | Litter, taken: Taken, found: Pressed, earlier: str
) -> Target | None:
    """What is to be painted. Nothing where she sent something meaningless and no talk stands."""
    place = unpack_place(taken.place)
    message = event.message if isinstance(event, Press) else 0
    asked = isinstance(event, Text)
    if place is None:
        if isinstance(event, Litter):
            return None
        place = Place(event.chat, card=message, after=event.message, newest=event.update)
        return Target(taken, place.with_litter(event.message), asked=asked, earlier=earlier)
    if taken.over and taken.card.state == "closed" and message:
        # Her time was over when she pressed: the card she pressed says so, the rest goes.
        unsure = place.unsure if place.card else 1
        place = place._replace(card=message, unsure=unsure).with_litter(place.card)
    # Harm prevented: a voice message comes with her own press and never later, when somebody else
    # may hold the phone: not with an update that comes twice, nor after a start of the program.
    plays = isinstance(event, Press) and taken.new and found.act == Word(PLAY, found.turn)
    return Target(taken, place, asked=asked, plays=plays)

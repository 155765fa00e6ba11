"""Speaking: voice messages after a card, sent once at the most and never left behind.

Harm prevented: an end at any moment, or an answer that is lost, must leave no voice message in her
chat. Before the first is sent, the store knows that what stands after the card is to be swept; when
all are sent, it knows each by its number, to be deleted with the next card. Until it knows, this
remembers.
"""

from collections.abc import Callable

from bot.channels.telegram.calls import Api
from bot.channels.telegram.faults import Fault, TelegramFault
from bot.channels.telegram.place import Place, unpack_place
from bot.conversation.messages import Taken
from bot.conversation.turns import Turns


class Speaking:
    """Sends what a card has to be heard. It is told when a chat was swept or is not painted now."""

    def __init__(self, api: Api, turns: Turns) -> None:
        self._api = api
        self._turns = turns
        self._sent: dict[int, tuple[int, ...]] = {}  # by chat
        self._unseen: set[int] = set()  # chats in which one may stand whose number is not known
        self._newest = 0  # the newest message of all chats, whose ids are one sequence

    def seen(self, *messages: int) -> None:
        """These messages stand, or stood, somewhere: whatever is sent from now on is newer."""
        self._newest = max(self._newest, *messages)

    def known(self, place: Place) -> Place:
        """The place with what the store may not know yet."""
        place = place.with_litter(*self._sent.get(place.chat, ()))
        return place._replace(unsure=1) if place.chat in self._unseen else place

    def swept(self, chat: int) -> None:
        """What stood after the card is gone."""
        self._unseen.discard(chat)

    def rest(self, chat: int) -> None:
        """Nothing is painted there any more: the store knows all."""
        self._sent.pop(chat, None)
        self._unseen.discard(chat)

    async def say(
        self, taken: Taken, chat: int, version: int, overtaken: Callable[[], bool]
    ) -> int | None:
        """Send the recordings of the card; the new version, see `Turns.move`.

        When `overtaken` she did something else meanwhile, and hears no more. Raises TelegramFault
        where it is not known whether one was sent, and StoreUnavailable.
        """
        sounds = [sound for name in taken.card.sounds if (sound := self._turns.sound(name))]
        if not sounds:
            return version
        marked = await self._turns.move(taken.key, version, _with_more_to_come(self._newest))
        if marked is None:
            return None
        self._unseen.add(chat)
        try:
            for sound in sounds:
                if overtaken() or not await self._is_sent(chat, sound):
                    break
        except TelegramFault as fault:
            if fault.fault is Fault.BLOCKED:
                await self._turns.forget(taken.key, marked)  # the painter knows the version before
            raise
        sent = self._sent.get(chat, ())
        after = await self._turns.move(taken.key, marked, _with_voices(sent))
        self._unseen.discard(chat)
        return after

    async def _is_sent(self, chat: int, sound: bytes) -> bool:
        try:
            number = await self._api.say(chat, sound)
        except TelegramFault as fault:
            if fault.fault not in {Fault.WAIT, Fault.REFUSED}:
                raise
            # It was not sent, and is not sent later: she may have put the phone away. Nor is a word
            # of it written: the log must not say when somebody listened.
            return False
        self.seen(number)
        self._sent[chat] = (*self._sent.get(chat, ()), number)
        return True


def _with_more_to_come(newest: int) -> Callable[[str], str]:
    """One may stand, newer than this message.

    Harm prevented: the card may be old, and what others wrote since be more than is ever swept.
    """

    def moved(before: str) -> str:
        place = unpack_place(before)
        if place is None:
            return before
        return place._replace(unsure=1, after=max(place.after, newest)).packed()

    return moved


def _with_voices(numbers: tuple[int, ...]) -> Callable[[str], str]:
    """These are to be deleted with the next card, and no other one stands."""

    def moved(before: str) -> str:
        place = unpack_place(before)
        if place is None:
            return before
        first = place._replace(unsure=0, litter=()).with_litter(*numbers)  # of much, the last stay
        return first.with_litter(*place.litter).packed()

    return moved

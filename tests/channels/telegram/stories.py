"""A story of one chat: what she, Telegram and the bot do, drawn at random, told step by step."""

import asyncio
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from bot.channels.telegram.faults import Fault
from tests.channels.telegram.fakes import HER, Wired, data_of, message, quiet

texts = st.sampled_from(
    ["/start", "leave", "Birmingham", "xyzzy", "help", "/language", "1", "back"]
)
unreachable, waits = st.just(Fault.UNREACHABLE), st.just(Fault.WAIT)
happenings = st.one_of(
    st.tuples(st.just("types"), texts),
    st.tuples(st.just("types at once"), texts, texts),
    st.tuples(st.just("presses"), st.integers(0, 20), st.integers(0, 2)),
    st.tuples(st.just("presses again"), st.integers(0, 20)),
    st.tuples(st.just("sends a picture")),
    st.tuples(st.just("deletes the card")),
    st.tuples(st.just("loses the answer"), st.just("send"), unreachable, st.just(True)),
    st.tuples(
        st.just("fails"),
        st.sampled_from(["send", "edit", "delete"]),
        unreachable | waits,
        st.booleans(),
    ),
    st.tuples(st.just("waits"), st.sampled_from([0.2, 1, 3, 200, 2000])),
    st.tuples(st.just("crashes")),
)


class Story:
    """A story of one chat, told step by step."""

    def __init__(self, wired: Wired) -> None:
        self.wired = wired
        self.pressed: list[tuple[int, str]] = []

    async def tell(self, what: str, *rest: Any) -> None:
        """The next step, one of `happenings`; one that is not possible now is passed over."""
        wired, cards = self.wired, self.wired.api.cards()
        match what:
            case "types" | "types at once":
                await asyncio.gather(*map(wired.text, rest))
            case "presses" if cards:
                number = sorted(cards)[rest[1] % len(cards)]
                await self.press(number, list(data_of(cards[number]).values()), rest[0])
            case "presses again" if self.pressed:
                number, data = self.pressed[rest[0] % len(self.pressed)]
                await wired.press_data(data, number)
            case "sends a picture":
                await wired.take(message=message(wired.api.wrote(), photo=[]))
            case "deletes the card" if cards:
                del wired.api.chats[HER][max(cards)]
            case "loses the answer" | "fails":
                wired.api.fail(rest[0], rest[1], seconds=1, effect=rest[2])
            case "waits":
                await self.wait(rest[0])
            case "crashes":
                await wired.painter.close()
                wired.begin()
                await wired.tending.tend(unpainted=True)
                await quiet()

    async def press(self, number: int, buttons: Sequence[str], which: int) -> None:
        """She presses one of the buttons that carry something."""
        if any(buttons):
            data = [one for one in buttons if one][which % len([one for one in buttons if one])]
            self.pressed.append((number, data))
            await self.wired.press_data(data, number)

    async def wait(self, seconds: float, times: int = 1) -> None:
        """So many seconds pass so many times, and the bot looks after its cards after each."""
        for _ in range(times):
            await self.wired.clock.move(seconds)
            await self.wired.tending.tend()
            await quiet()

    def telling(self) -> list[int]:
        """The cards that say something: a closed one says nothing and may stay."""
        cards = self.wired.api.cards().items()
        return [number for number, drawn in cards if [*data_of(drawn).values()] != [".0.b"]]

    def of_hers(self) -> list[int]:
        """The messages of hers that still stand."""
        return [number for number, drawn in self.wired.api.chats[HER].items() if drawn is None]

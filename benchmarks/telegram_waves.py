"""Waves: 120 people take the measured talk with a bot in this process, all at the same question.

What a contestant gets is bytes and what it gives is bytes; there is no network. Only the time in
which the contestant works is counted: the people act and are looked at between the waves.
"""

import json
import time
from collections.abc import Awaitable, Callable

from benchmarks.telegram_people import (
    ANSWERS,
    DONE,
    UPDATES,
    Look,
    Phones,
    fields_of,
)

PEOPLE = 120
WARMING = 12  # people who talk before, uncounted

Take = Callable[[bytes], Awaitable[None]]
Rest = Callable[[], Awaitable[None]]


class Calls:
    """The Bot API without network: notes the bytes of a call, gives bytes that are ready."""

    def __init__(self, looks: list[Look]) -> None:
        self.made: list[tuple[str, bytes]] = []
        self._ready = dict(ANSWERS)
        self._shown = [_message(look, edited=number > 0) for number, look in enumerate(looks)]

    def answer(self, method: str, body: bytes) -> bytes:
        """The answer to a call; `method` may be an address that ends with it."""
        method = method[method.rfind("/") + 1 :]
        self.made.append((method, body))
        return self._ready.get(method, DONE)

    def begin_wave(self, number: int) -> None:
        """From now on messages are answered as those with the card `number`."""
        self.made.clear()
        self._ready["sendMessage"] = self._ready["editMessageText"] = self._shown[number]


def _message(look: Look, *, edited: bool) -> bytes:
    phones = Phones(range(1), [look])
    fields = {"chat_id": phones.people[0].chat, "text": look.text, "reply_markup": look.keyboard}
    return phones.called("editMessageText" if edited else "sendMessage", fields)[0]


async def _nothing() -> None:
    """Most contestants are done when they have taken an update."""


async def measure(looks: list[Look], calls: Calls, take: Take, rest: Rest = _nothing) -> None:
    """Print seconds of CPU, updates, and what went wrong, as one line of JSON.

    `take` gets an update as the bytes that Telegram delivers; after `rest` everything is painted.
    """
    await _talk(Phones(range(1, 1 + WARMING), looks), calls, take, rest)
    phones = Phones(range(1000, 1000 + PEOPLE), looks)
    seconds = await _talk(phones, calls, take, rest)
    found = {"seconds": seconds, "updates": PEOPLE * UPDATES, "wrong": phones.wrong_at_the_end()}
    print(json.dumps(found))


async def _talk(phones: Phones, calls: Calls, take: Take, rest: Rest) -> float:
    seconds = 0.0
    for number in range(UPDATES):
        people = phones.people
        updates = [one.answers_question() if number else one.starts() for one in people]
        calls.begin_wave(number)
        seconds += await _wave(updates, take, rest)
        for method, body in calls.made:
            phones.called(method, fields_of(body))
        if phones.wrong():
            break  # the run is void
    return seconds


async def _wave(updates: list[bytes], take: Take, rest: Rest) -> float:
    begin = time.process_time()
    for update in updates:
        await take(update)
    await rest()
    return time.process_time() - begin

"""Load: people who talk with a served bot over HTTP, and the Bot API that it calls.

The loop is closed: a person's next press goes out when the bot has answered her last one with 2xx
and has shown its card, so no card is left out by any bot. After 5 seconds she gives up, and the
run is void.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator

from benchmarks.telegram_http import Messages, message
from benchmarks.telegram_people import UPDATES, Look, Person, Phones, fields_of
from benchmarks.telegram_served import PATH, SECRET

SIDE_BY_SIDE = 16
TALKS = 3  # of each of them, one after the other, every time as somebody new
PATIENCE = 5.0  # seconds
QUIET = 0.3  # seconds without a call: what the bot does beside the cards is done


class Api:
    """The Bot API: answers at once, and tells who waits for a card that it is there.

    `announced` is set when the bot has said that it takes updates.
    """

    def __init__(self, looks: list[Look]) -> None:
        self._looks = looks
        self._phones = Phones(range(0), looks)
        self._shown: dict[int, asyncio.Event] = {}
        self._last = time.monotonic()
        self.announced = asyncio.Event()

    def new_phones(self, numbers: range) -> Phones:
        """From now on the bot talks with these people."""
        self._phones = Phones(numbers, self._looks)
        return self._phones

    def card_of(self, person: Person) -> asyncio.Event:
        """Set as soon as her card is next changed."""
        self._shown[person.chat] = event = asyncio.Event()
        return event

    async def quiet(self) -> None:
        """Wait until nothing was asked for some time."""
        while (left := self._last + QUIET - time.monotonic()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(left)  # no event says that nothing comes any more

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[int]:
        """Serve; the port."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Messages(self._got), "127.0.0.1", 0)
        async with server:
            yield server.sockets[0].getsockname()[1]

    def _got(self, connection: Messages, first: str, body: bytes) -> None:
        method = first.split(" ")[1].rpartition("/")[2]
        answer, changed = self._phones.called(method, fields_of(body))
        connection.send(message("HTTP/1.1 200 OK", answer, "Connection: keep-alive"))
        self._last = time.monotonic()
        if method == "setWebhook":
            self.announced.set()
        if changed:
            self._shown[changed.chat].set()


async def measure(port: int, api: Api, pid: int) -> tuple[float, int, str]:
    """CPU seconds of the bot's process, updates it got, and what went wrong.

    One talk of everybody goes before and is not counted: connections are opened in it.
    """
    await _talk(port, api, api.new_phones(range(1, 1 + SIDE_BY_SIDE)))
    phones = api.new_phones(range(1000, 1000 + SIDE_BY_SIDE * TALKS))
    begin = cpu_seconds(pid)
    await _talk(port, api, phones)
    seconds = cpu_seconds(pid) - begin
    return seconds, sum(1 + person.presses for person in phones.people), phones.wrong_at_the_end()


def cpu_seconds(pid: int) -> float:
    """CPU time of another process, all its threads, by the clock that Linux keeps for it."""
    return time.clock_gettime((~pid << 3) | 2)


async def _talk(port: int, api: Api, phones: Phones) -> None:
    """All of them talk, `SIDE_BY_SIDE` at a time."""
    waiting = iter(phones.people)
    await asyncio.gather(*(_lane(port, api, waiting) for _ in range(SIDE_BY_SIDE)))
    await api.quiet()


async def _lane(port: int, api: Api, waiting: Iterator[Person]) -> None:
    """One connection to the webhook; people use it one after the other."""
    answers: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(
        lambda: Messages(lambda _, first, __: answers.put_nowait(first)), "127.0.0.1", port
    )
    with contextlib.closing(connection), contextlib.suppress(TimeoutError):
        for person in waiting:
            for number in range(UPDATES):
                shown = api.card_of(person)
                connection.send(_post(person.answers_question() if number else person.starts()))
                async with asyncio.timeout(PATIENCE):
                    if not (await answers.get()).split(" ")[1].startswith("2"):
                        return
                    await shown.wait()


def _post(update: bytes) -> bytes:
    secret = f"X-Telegram-Bot-Api-Secret-Token: {SECRET}"
    return message(f"POST /{PATH} HTTP/1.1", update, "Host: 127.0.0.1", secret)

"""A flood on the web page: who is in a talk loses no answer, and whoever calls for help has it."""

import asyncio
import json
import random
import re
import secrets
from http import HTTPStatus

import aiohttp
import pytest

from bot import app
from bot.channels.web import talk
from bot.settings import Settings
from tests.channels.web.served import pressed
from tests.flood.flooding import FLOODS, HONEST, URGENT, Told, resident, stays
from tests.telegram.crowd import right_turns
from tests.web.running import Site

CONNECTIONS = 200  # that a flood holds open at once
BUTTON = re.compile(r'<button [^>]*value="([^"]*)"[^>]*>([^<]*)</button>')


def new_token():
    return secrets.token_urlsafe(32)


class Visitor:
    """Somebody at the page. `right` is a talk in memory without any flood, beside hers."""

    def __init__(self, session, address, world=None, seed=0):
        self._session, self._address = session, address
        self._token = new_token()
        self._turn = "1"
        self._chance = random.Random(seed)  # noqa: S311
        self._right = talk.Talk(right_turns(world), new_token) if world else None
        self.buttons = {}
        self.seconds = []
        self.wrong = []

    async def open(self):
        async with self._session.get(self._address) as answer:
            found = BUTTON.findall(await answer.text())
        self.buttons = {label: carried for carried, label in found}

    async def press(self, label):
        """The status, what the page says, what was asked. Without a label she types for help."""
        asks = {"a": self.buttons[label]} if label else {"a": "say", "say": "help"}
        body = json.dumps({**asks, "n": self._turn}).encode()
        headers = {"X-Session": self._token, "Content-Type": "application/json"}
        async with self._session.post(self._address, data=body, headers=headers) as answer:
            said = await answer.read()
        if answer.status == HTTPStatus.OK:
            self._turn = answer.headers["X-Turn"]
            self.buttons = dict(pressed(json.loads(said)["card"]))
        return answer.status, said.decode(), body

    async def walk(self, stop, rest):
        """Answer until told to stop, or until an answer was lost."""
        while not stop.is_set() and not self.wrong:
            codes = self._right.turns.world.codes
            staying = [label for label, data in self.buttons.items() if stays(data, codes)]
            await self.answer(self._chance.choice(staying) if staying else "")  # under the cover
            await asyncio.sleep(rest)

    async def answer(self, label):
        clock = asyncio.get_running_loop().time
        began = clock()
        status, _, body = await self.press(label)
        self.seconds.append(clock() - began)
        act = self._right.act(talk.from_script(self._token, body))
        card = await self._right.take(self._token, act)
        if (status, self._turn) != (HTTPStatus.OK, str(card.turn)):
            self.wrong.append(f"after {label!r}: {status}, {self._turn} instead of {card.turn}")


async def flooded(flood, session, crowd, address, world, told):
    """The flood of `crowd` over honest people and a newcomer; what went wrong for the honest.

    They have connections of their own: people do not wait in the queue of somebody's machine.
    """
    stop = asyncio.Event()
    honest = [Visitor(session, address, world, number) for number in range(HONEST)]
    for each in honest:
        await each.open()
        await each.answer("English")
        each.seconds.clear()
    walks = [asyncio.create_task(each.walk(stop, flood.rest)) for each in honest]
    first = Visitor(session, address)
    await first.open()

    async def one(number):
        visitor = Visitor(crowd, address)
        visitor.buttons = first.buttons
        calls = flood.calls(number)
        status, said, _ = await visitor.press("Urgent help" if calls else "English")
        told.taken += status == HTTPStatus.OK and not calls
        told.refused += status == HTTPStatus.TOO_MANY_REQUESTS
        told.helped += calls and URGENT in said

    newcomer = asyncio.create_task(come_new(Visitor(session, address), flood.seconds / 15))
    await flood.pour(one)
    stop.set()
    await asyncio.gather(*walks)
    told.tries = await newcomer
    for each in honest:
        told.seconds += each.seconds
        _, said, _ = await each.press("")
        if URGENT not in said:
            each.wrong.append("no help for one of the honest")
    return [words for each in honest for words in each.wrong]


async def come_new(visitor, pause):
    """Answer the first card until that counts; how often that was."""
    await visitor.open()
    for tries in range(1, 100):
        status, _, _ = await visitor.press("English")
        if status == HTTPStatus.OK:
            return tries
        await asyncio.sleep(pause)
    return 100


@pytest.mark.parametrize("flood", FLOODS)
async def test_threat_14_who_is_in_a_talk_feels_nothing_of_a_flood(data, tmp_path, capsys, flood):
    world = app.build_world(data, Settings(), app.today())
    told = Told()
    async with (
        Site(tmp_path, "http://127.0.0.1:9/") as site,
        aiohttp.ClientSession() as session,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS)) as crowd,
    ):
        told.before = resident(site.process)
        wrong = await flooded(flood, session, crowd, site.address, world, told)
        told.after = resident(site.process)
    with capsys.disabled():
        told.write("Page", flood)
    assert wrong == []
    assert told.tries < 100
    told.check(flood)

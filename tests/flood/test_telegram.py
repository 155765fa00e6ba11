"""A flood on Telegram: who is in a talk loses no tap, and whoever calls for help has it."""

import asyncio
import sys
import time

import aiohttp
import pytest

from bot import app
from bot.settings import Settings
from tests.flood.flooding import FLOODS, HONEST, URGENT, Told, resident, stays
from tests.telegram.crowd import PRESSED, RARE, Tally, Walker
from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.running import Served, eventually

NEWCOMERS = 3
FIRST_OF_THE_FLOOD = 8_000_000_000
FORGED = 500
LONG = 60  # seconds, for what a busy machine does late


class Staying(Walker):
    """Somebody who is in a talk and neither leaves it nor begins anew."""

    async def begin(self):
        await self._begin()
        self.tally.seconds.clear()

    async def _one(self):
        words = self._chance.random() < 0.03
        if words or not self._staying():
            await self._type("hello" if words else "help")  # under the cover only words stay
        else:
            await self._press()

    def _choice(self, message):
        staying = self._staying()
        return self._chance.choices(staying, [RARE.get(label, 1.0) for label, _ in staying])[0]

    def _staying(self):
        rows = [each for row in self.person.card.keyboard for each in row]
        codes = self._world.codes
        return [one for one in rows if PRESSED.match(one[1]) and stays(one[1], codes)]


def has_help(person):
    return person.card is not None and URGENT in person.card.text


async def come_new(person, stop, pause):
    """Press Start until a card comes; how often that was."""
    for tries in range(1, 100):
        await person.start()
        if await eventually(lambda: person.card, LONG if stop.is_set() else pause):
            return tries
    return 100


async def flooded(flood, fake, world, told):
    """The flood over honest people and newcomers; what went wrong for the honest."""
    tally, stop = Tally(), asyncio.Event()
    honest = [
        Staying(fake.person(number), world, number, tally, flood.rest)
        for number in range(1, HONEST + 1)
    ]
    for each in honest:
        await each.begin()
    walks = [asyncio.create_task(each.walk(stop)) for each in honest]
    people = [fake.person(FIRST_OF_THE_FLOOD + number) for number in range(flood.sessions)]

    async def one(number):
        await people[number].send("help" if flood.calls(number) else "/start")

    newcomers = [
        asyncio.create_task(come_new(fake.person(1000 + number), stop, flood.seconds / 15))
        for number in range(NEWCOMERS)
    ]
    await flood.pour(one)
    stop.set()
    await asyncio.gather(*walks)
    told.seconds = tally.seconds
    calling = [person for number, person in enumerate(people) if flood.calls(number)]
    await eventually(lambda: all(map(has_help, calling)), LONG)
    told.helped = sum(map(has_help, calling))
    told.tries = max(await asyncio.gather(*newcomers))
    told.taken = sum(person.card is not None for person in people) - told.helped
    for each in honest:
        person = each.person
        if not tally.wrong and not has_help(person):
            await person.send("help")
            if not await eventually(lambda person=person: has_help(person), LONG):
                tally.wrong.append("no help for one of the honest")
    return tally.wrong


@pytest.mark.parametrize("flood", FLOODS)
async def test_threat_14_who_is_in_a_talk_feels_nothing_of_a_flood(data, tmp_path, capsys, flood):
    world = app.build_world(data, Settings(), app.today())
    told = Told()
    async with (
        FakeTelegram(keep_calls=100) as fake,
        Served(fake, tmp_path, "webhook") as served,
    ):
        assert await eventually(lambda: fake.webhook, LONG)
        told.before = resident(served.process)
        wrong = await flooded(flood, fake, world, told)
        told.after = resident(served.process)
        told.refused = served.events("update-held-back")
    with capsys.disabled():
        told.write("Telegram", flood)
    assert wrong == []
    assert told.tries < 100
    told.check(flood)


async def test_a_flood_of_forged_updates_leaves_no_line_and_no_talk(tmp_path, capsys):
    async with (
        FakeTelegram(keep_calls=100) as fake,
        Served(fake, tmp_path, "webhook") as served,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=20)) as session,
    ):
        assert await eventually(lambda: fake.webhook, LONG)
        before, calls = served.log(), len(fake.calls)
        headers = {"X-Telegram-Bot-Api-Secret-Token": "f" * 40}

        async def forge(number):
            update = {"update_id": number, "message": {"text": "/start"}}
            async with session.post(fake.webhook.url, headers=headers, json=update) as answer:
                return answer.status, await answer.read()

        began = time.monotonic()
        answers = await asyncio.gather(*map(forge, range(FORGED)))
        each = (time.monotonic() - began) / FORGED
        assert set(answers) == {(403, b"")}
        assert served.log() == before
        assert [call.method for call in list(fake.calls)[calls:] if call.chat] == []
    with capsys.disabled():
        sys.stdout.write(f"{FORGED} forged updates, {each * 1000:.2f} ms each\n")

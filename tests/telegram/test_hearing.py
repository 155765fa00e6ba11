"""Hearing a card against the strict fake, with ends of the bot between every two steps of it."""

import asyncio
import random

import pytest

from bot.locales import phrases as say
from tests.telegram.fakeapi.faults import Fault
from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.rig import HIDE, IDLE, Clock, card_of, life
from tests.telegram.running import eventually

ID = 7_123_456_790
LISTEN, PLAY = say.LISTEN.text, say.PLAY.text
LEAVE = "Leave and wipe"
ROUNDS = 25


@pytest.fixture
async def fake():
    async with FakeTelegram(keep_calls=2000) as found:
        yield found


@pytest.fixture
def clock(moment):
    return Clock(moment)


@pytest.fixture
def begin(fake, recorded, tmp_path, clock):
    """Begins a life of the bot on the folder of the one before."""
    return lambda: life(fake, recorded, tmp_path, clock)


def cards(person):
    return [one for one in person.visible if one.from_bot and one not in person.voices]


async def press(rig, person, label):
    await person.press(person.card.id, label)
    await rig.settle()


async def to_player(fake, rig):
    person = fake.person(ID)
    await person.start("l-en")
    await rig.settle()
    await press(rig, person, LISTEN)
    return person


async def test_she_hears_the_card_after_the_warning_and_it_goes_when_she_leaves(fake, begin):
    async with begin() as rig:
        person = await to_player(fake, rig)
        assert card_of(person).text.startswith(say.LISTEN_WARNING.text)
        await press(rig, person, PLAY)
        assert len(person.voices) == 2
        assert person.voices[0].id > person.card.id
        await press(rig, person, LEAVE)
        assert person.visible == []
    assert fake.chats.violations == []
    assert fake.chats.silent_all()


@pytest.mark.parametrize("seconds", [HIDE + 1, IDLE + 1])
async def test_it_goes_with_the_card(fake, begin, seconds):
    async with begin() as rig:
        person = await to_player(fake, rig)
        await press(rig, person, PLAY)
        await rig.later(seconds)
        assert person.voices == []
        assert len(cards(person)) == (seconds < IDLE)


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "garbled", "server_error"])
async def test_a_voice_message_in_doubt_is_gone_with_the_next_paint(fake, begin, kind):
    async with begin() as rig:
        person = await to_player(fake, rig)
        fake.faults.next("sendVoice", Fault(kind))
        await press(rig, person, PLAY)
        await rig.later(1)
        assert (person.voices, len(cards(person))) == ([], 1)
        assert fake.chats.sends(ID) <= 3


# Where the bot hangs when it ends: before or after the effect of one of its calls.
ENDS = [
    (method, kind)
    for method in ("editMessageText", "sendVoice")
    for kind in ("hang_before", "hang_after")
]


async def end_in(fake, begin, method, kind, skipped=0):
    """She plays the card, and the bot ends in this call; after so many that were answered."""
    async with begin() as rig:
        person = await to_player(fake, rig)
        before = sum(call.method == method for call in fake.calls)
        for _ in range(skipped):
            fake.faults.next(method, Fault("slow", seconds=0))
        fake.faults.next(method, Fault(kind))
        await person.press(person.card.id, PLAY)
        await rig.polling.once()
        assert await eventually(lambda: hung(fake, method, before + skipped))
    return person


def hung(fake, method, before):
    return sum(call.method == method for call in fake.calls) > before


async def assert_nothing_stays(fake, begin, person, way):
    async with begin() as rig:
        await rig.tending.tend(unpainted=True)
        await rig.painter.rest(30)
        assert (person.voices, len(cards(person))) == ([], 1)
        await rig.settle()
        assert (person.voices, len(cards(person))) == ([], 1)
        await (press(rig, person, LEAVE) if way == "press" else person.send("leave"))
        await rig.settle()
        assert person.visible == []
    assert {violation.rule for violation in fake.chats.violations} <= {"unprompted"}


@pytest.mark.parametrize(("method", "kind"), ENDS)
@pytest.mark.parametrize("way", ["press", "type"])
async def test_an_end_in_any_of_its_calls_leaves_no_voice_message(fake, begin, method, kind, way):
    person = await end_in(fake, begin, method, kind)
    assert len(person.voices) == ((method, kind) == ("sendVoice", "hang_after"))
    await assert_nothing_stays(fake, begin, person, way)


@pytest.mark.parametrize("kind", ["hang_before", "hang_after"])
async def test_an_end_in_the_second_of_two_leaves_neither(fake, begin, kind):
    person = await end_in(fake, begin, "sendVoice", kind, skipped=1)
    assert len(person.voices) == 1 + (kind == "hang_after")
    await assert_nothing_stays(fake, begin, person, "press")


async def test_an_end_at_any_moment_leaves_no_voice_message(fake, begin):
    """Random moments, to find what the ends in its calls do not."""
    chance = random.Random(7)  # noqa: S311
    for _ in range(ROUNDS):
        async with begin() as rig:
            person = await to_player(fake, rig)
            await person.press(person.card.id, PLAY)
            taking = asyncio.create_task(rig.settle())
            await asyncio.sleep(chance.uniform(0, 0.06))
            taking.cancel()
            await asyncio.gather(taking, return_exceptions=True)
        async with begin() as rig:
            await rig.tending.tend(unpainted=True)
            await rig.settle()
            # What was sent and told to the store stands until she does the next thing.
            await press(rig, person, "Hide")
            assert (person.voices, [one.text for one in cards(person)]) == ([], [say.HIDDEN.text])
            await person.send("leave")
            await rig.settle()
            assert person.visible == []

"""A fake Telegram, one life of the bot against it, and a person in the middle of a talk."""

import pytest

from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.rig import ID, Clock, life


@pytest.fixture
async def fake():
    async with FakeTelegram() as found:
        yield found


@pytest.fixture
def clock(moment):
    return Clock(moment)


@pytest.fixture
async def rig(fake, world, tmp_path, clock):
    async with life(fake, world, tmp_path, clock) as found:
        yield found


@pytest.fixture
async def talk(fake, rig):
    """A person at the first question after the language."""
    person = fake.person(ID)
    await person.start("l-en")
    await rig.settle()
    return person

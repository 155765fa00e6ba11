"""Lengths of what is sealed: they say nothing about how far a talk is, or what she answered."""

import random

from bot.channels.telegram.place import Place
from bot.conversation import engine
from bot.conversation.plan import Chosen
from bot.sessions.model import pack
from bot.sessions.sealing import KEY_BYTES
from bot.sessions.shared_epochs import SharedEpochs

ROW = b"row"
TALKS = 100
ANSWERS = 14


def sessions(world, services):
    """Every session of many talks, answers picked by chance: one or several, and a full list."""
    plan, chance = world.material.plan, random.Random(1)  # noqa: S311  # no key

    def number():
        return chance.randrange(10**8, 10**10)

    for _ in range(TALKS):
        session = engine.start(plan, "en").session
        for _ in range(ANSWERS):
            options = session and plan.options(session)
            if not options:
                break
            helped, litter = (number(), number()), tuple(number() for _ in range(4))
            place = Place(
                number(), number(), number(), 0, 1, 12, number(), number(), helped, litter
            )
            yield session._replace(
                nonce=f"{number():08x}",
                place=place.packed(),
                shown=tuple(chance.sample([service.id for service in services], 10)),
            )
            some = chance.sample(list(options), min(len(options), chance.choice([1, 1, 3])))
            session = engine.step(plan, session, Chosen(tuple(some))).session


def test_every_session_of_a_hundred_talks_has_one_length(world, data):
    sealing = SharedEpochs(bytes(KEY_BYTES), lambda: 0.0, 60)
    packed = [pack(session) for session in sessions(world, data.services)]
    assert len(packed) > TALKS * 5
    assert len({len(each) for each in packed}) > 100
    assert len({len(sealing.seal(each, ROW)) for each in packed}) == 1

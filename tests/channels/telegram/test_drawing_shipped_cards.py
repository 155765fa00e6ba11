"""Drawing: every card of the shipped flows and directory is taken by Telegram, page by page."""

import asyncio
import itertools

import pytest

from bot.channels.buttons import pressed
from bot.channels.telegram.drawing import draw
from bot.conversation.messages import Incoming, Start, Typed
from bot.conversation.turns import Turns
from bot.locales import phrases as say
from bot.sessions.memory import MemoryStore
from bot.sessions.model import unpack
from tests.channels.telegram.drawn_cards import accepted, every_page
from tests.channels.telegram.fakes import data_of
from tests.talk import Talk


async def walk(world, moment, language):
    """Every card she can come to by pressing what is drawn, and by typing on each first card."""
    store, keys, seen = MemoryStore(lambda: 0.0), itertools.count(), set()
    turns = Turns(world, store, lambda: moment, say.TELEGRAM_KEEPS, quiet_end=True)
    waiting = [(b"", [Start(language)])]
    while waiting:
        packed, acts = waiting.pop(0)
        for act in acts:
            key = str(next(keys))
            await store.save(key, packed, 0)
            card = await turns.take(Incoming(key, act, fresh="a_nonce-"))
            yield card
            kept = await store.load(key)
            session = unpack(kept.data) if kept else None
            if session and not session.misses and mark(card, session) not in seen:
                seen.add(mark(card, session))
                waiting.append((kept.data, [*drawn_acts(card, world), *TYPED]))


TYPED = (Typed("b43"), Typed("LE1"), Typed("xyzzy"))


def mark(card, session):
    outside = ("triage.area", "LE1") in session.trail
    located = any(name == "triage.area" for name, _ in session.trail)
    return card.step, card.state, outside, located, any(option.picked for option in card.options)


def drawn_acts(card, world):
    return [pressed(data, world.codes).act for data in data_of(draw(card)).values() if data]


@pytest.mark.parametrize("language", ["en", "ur", "pl"])
def test_every_card_of_the_shipped_flows_is_taken_by_telegram(world, moment, language):
    async def walking():
        steps = set()
        async for card in walk(world, moment, language):
            steps.add(card.step)
            assert all(accepted(page) for page in every_page(card))
        return steps

    every = {name for name, planned in world.material.plan.steps.items() if planned.waits}
    assert every - asyncio.run(walking()) == set()


@pytest.mark.parametrize("language", ["en", "ur", "pl"])
def test_the_services_of_every_council_are_taken_by_telegram(world, moment, language):
    for council in world.places.councils.values():
        talk = Talk(world, moment, language)
        talk.type("1", council.name, "1")
        assert talk.card.step in {"triage.first", "triage.lines"}
        assert all(accepted(page) for page in every_page(talk.card))

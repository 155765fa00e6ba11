"""Crisis everywhere: urgent help is one act away at every step, whatever of the program is broken."""

import asyncio
import logging
from dataclasses import replace

import pytest

from bot.channels.telegram.drawing import draw as as_message
from bot.channels.terminal import as_text
from bot.conversation.messages import Incoming, Typed, Word
from bot.conversation.turns import Turns
from bot.exceptions import StoreUnavailable
from bot.sessions.memory import MemoryStore
from bot.sessions.model import pack

LANGUAGES = ("en", "ur", "ta")
ACTS = (Word("urgent"), Typed("999"), Typed("please help me"), Typed("he has a knife zq9"))
# Under the cover somebody may look on: there only a word of safety that is the whole message counts.
COVERED = (Word("urgent"), Typed("999"))


class Away(MemoryStore):
    """A store that stops answering while she talks: `broken` names the calls that fail."""

    broken: tuple[str, ...] = ()

    async def load(self, key):
        if "load" in self.broken:
            raise StoreUnavailable
        return await super().load(key)

    async def save(self, key, data, expected_version, **more):
        if "save" in self.broken:
            raise StoreUnavailable
        return await super().save(key, data, expected_version, **more)


class NoWords:
    """Catalogues that have turned to rubbish in memory."""

    def voice(self, _):
        raise KeyError("a catalogue is broken")


def without_services(world):
    """The directory has no entry that may be shown: all were edited and nobody signed."""
    return replace(world, material=replace(world.material, services={}, drawn={}))


WORLDS = {
    "as it ships": lambda world: world,
    "no service left": without_services,
    "no words left": lambda world: replace(world, catalogues=NoWords()),
    "no flow left": lambda world: replace(world, material=replace(world.material, plan=None)),
}
TALKING = {"as it ships", "no service left"}
STORES = {"as it is": (), "cannot be read": ("load",), "cannot be written": ("save",)}


async def answers(turns, store, session, act):
    """The card after an act at this step, while the store is as it is."""
    whole, store.broken = store.broken, ()
    key = f"{session.at} {session.stack}"
    await store.delete(key)
    await store.save(key, pack(session), 0)
    store.broken = whole
    return await turns.take(Incoming(key, act))


# Where words or flows are gone, the card is the frozen one, which has no other language.
CASES = [
    pytest.param(wrong, broken, language, id=f"{world}, store {store}, {language}")
    for world, wrong in WORLDS.items()
    for store, broken in STORES.items()
    for language in (LANGUAGES if world in TALKING else LANGUAGES[:1])
]


@pytest.mark.parametrize(("wrong", "broken", "language"), CASES)
def test_threat_04_help_is_one_act_away_at_every_step_whatever_is_broken(
    world, moment, sessions, wrong, broken, language
):
    logging.getLogger("linnet").setLevel(logging.CRITICAL)
    steps = world.material.plan.steps
    if language != "en":  # in one language every interrupt that a step can stand in, too
        sessions = {session.at: session for session in sessions}.values()
    store = Away(lambda: 0.0)
    store.broken = broken
    turns = Turns(wrong(world), store, lambda: moment)

    async def everywhere():
        for number, session in enumerate(sessions):
            acts = COVERED if steps[session.at].step.plain else ACTS
            act = acts[number % len(acts)]
            card = await answers(turns, store, session._replace(language=language), act)
            yield session.at, act, card

    async def look():
        async for at, act, card in everywhere():
            assert "999" in as_text(card), (at, act)
            assert "999" in as_message(card).text, (at, act)
            assert {"urgent", "leave"} & {one.id for one in card.controls}, (at, act)

    try:
        asyncio.run(look())
    finally:
        logging.getLogger("linnet").setLevel(logging.NOTSET)

"""Looking at the screen: what he sees who takes the phone now, or when a message comes."""

import asyncio

import pytest

from bot.channels.telegram.drawing import draw
from bot.conversation.messages import Incoming, Word
from bot.conversation.turns import Turns
from bot.locales import phrases as say
from bot.locales.rendering import strip_marks
from bot.locales.word_checks import SHOWN
from bot.locales.wordlists import read_wordlists
from bot.sessions.memory import MemoryStore
from bot.sessions.model import pack
from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.rig import HIDE, IDLE, Clock, life

LANGUAGES = ("en", "ur", "pl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_threat_01_one_press_on_hide_leaves_one_harmless_word_at_every_step(
    world, moment, sessions, language
):
    """A card under the cover shows a recipe already; "Hide" keeps it."""
    voice = world.catalogues.voice(language)
    neutral = [voice(say.HIDDEN)]
    steps = world.material.plan.steps
    covered = 0

    async def look():
        nonlocal covered
        for session in sessions:
            store = MemoryStore(lambda: 0.0)
            await store.save("her", pack(session._replace(language=language)), 0)
            turns = Turns(world, store, lambda: moment)
            message = draw(await turns.take(Incoming("her", Word("hide"))))
            if steps[session.at].step.plain:
                covered += 1
            else:
                assert message.text.splitlines() == neutral, session.at
                assert len([one for row in message.keyboard for one in row]) <= 2, session.at

    asyncio.run(look())
    assert 0 < covered < len(sessions) / 10


async def test_threat_03_one_silent_message_a_talk_and_nothing_telling_on_a_locked_phone(
    world, data, moment, tmp_path
):
    """In every language: the only message that is sent is the answer to hers, and begins harmless."""
    words, _ = read_wordlists([data.folders.locales])
    codes = [language.code for language in world.catalogues.offered]
    async with FakeTelegram() as fake, life(fake, world, tmp_path, Clock(moment)) as rig:
        for number, code in enumerate(codes):
            person = fake.person(8_100_000_000 + number)
            await person.start(f"l-{code}")
            await rig.settle()
            card = person.card
            assert card.silent, code
            shown = strip_marks(card.text)[:SHOWN]
            assert words[code].find("gives-away", shown) is None, (code, shown)
            await person.press(card.id, card.labels[0])
            await rig.settle()
        for seconds in (HIDE + 1, IDLE, 5 * 3600):
            await rig.later(seconds)  # nobody does anything
        assert {fake.chats.sends(8_100_000_000 + n) for n in range(len(codes))} == {1}
        assert fake.chats.silent_all()
        assert fake.chats.violations == []

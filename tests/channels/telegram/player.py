"""Her way to the player of a card that has a recording."""

from bot.locales import phrases as say
from tests.channels.telegram.fakes import HER

LISTEN, PLAY = say.LISTEN.text, say.PLAY.text


async def to_player(wired, chat=HER):
    """She has pressed "Listen" and reads the warning."""
    await wired.to_question(chat)
    await wired.press(LISTEN, chat)
    return max(wired.api.cards(chat))

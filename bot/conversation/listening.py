"""Listening: hearing a card's words, after a warning, and only when she asks for it twice.

Harm prevented: whoever sits beside her would hear what this is. So no press plays anything before
she was told, and whatever else she does takes the sound away.
"""

from collections.abc import Iterable
from enum import StrEnum

from bot.conversation.messages import Block, Control
from bot.conversation.telling import tell
from bot.locales import phrases as say
from bot.locales.phrases import Phrase
from bot.locales.voice import Voice, Words

LISTEN, PLAY, NOT_NOW = "listen", "play", "not_now"  # on buttons that no flow names
LISTENING = (LISTEN, PLAY, NOT_NOW)


class Sound(StrEnum):
    """How far she is with the sound of the present card, as the session keeps it."""

    NONE = ""
    WARNED = "warned"
    WANTED = "wanted"


def after(now: str, intent: str) -> str:
    """What a press on one of the buttons makes of it."""
    if intent == NOT_NOW:
        return Sound.NONE
    # Harm prevented: a button that was pressed by mistake, or comes late, plays nothing unwarned.
    warned = now in {Sound.WARNED, Sound.WANTED}
    return Sound.WANTED if intent == PLAY and warned else Sound.WARNED


def recordings(voice: Voice, texts: Iterable[Words | None]) -> tuple[str, ...]:
    """The names of the recordings of these words, in order; words without one are passed over."""
    found = (voice.recording(text) for text in texts if text)
    return tuple(dict.fromkeys(name for name in found if name))


def warning(voice: Voice, now: str) -> list[Block]:
    """What stands on top of the card before she can play anything."""
    return [*tell(voice, say.LISTEN_WARNING, "alert")] if now == Sound.WARNED else []


def controls(voice: Voice, now: str) -> tuple[Control, ...]:
    """The buttons of a card that has recordings."""
    if now == Sound.WARNED:
        return _control(voice, PLAY, say.PLAY), _control(voice, NOT_NOW, say.NOT_NOW)
    return (_control(voice, LISTEN, say.LISTEN),)


def _control(voice: Voice, id: str, label: Phrase) -> Control:
    return Control(id, voice(label), "" if voice.has(label) else "en")

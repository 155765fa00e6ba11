"""Blank cards: what stands when a talk is hidden, over or not begun, and what every card shares."""

from functools import lru_cache
from typing import Literal

from bot.conversation.messages import Card, Labels, Paragraph
from bot.conversation.telling import tell
from bot.flows.model import Text
from bot.locales import phrases as say
from bot.locales.voice import Voice
from bot.sessions.model import Session


@lru_cache(maxsize=64)
def labels(voice: Voice) -> Labels:
    """The words on the buttons that a channel adds by itself; the same on every card."""
    return Labels(
        hide=voice(say.HIDE),
        open=voice(say.OPEN),
        close=voice(say.CLOSE),
        done=voice(say.DONE),
        page=voice(say.PAGE),
        copy=voice(say.COPY),
        type=voice(say.TYPE),
        send=voice(say.SEND),
    )


def hidden(voice: Voice, session: Session) -> Card:
    """The card that stands while she has hidden the talk. Harm prevented: it says nothing of it."""
    return _blank(voice, voice(say.HIDDEN), "hidden", session)


def closed(voice: Voice) -> Card:
    """The card where no talk stands any more: it offers to begin, and tells of no earlier one."""
    return _blank(voice, voice(say.CLOSED), "closed", None)


def _blank(
    voice: Voice, words: str, state: Literal["hidden", "closed"], session: Session | None
) -> Card:
    return Card(
        language=voice.language.code,
        direction="rtl" if voice.language.rtl else "ltr",
        blocks=(Paragraph(words),),
        state=state,
        turn=session.turn if session else 0,
        nonce=session.nonce if session else "",
        labels=labels(voice),
    )


def farewell(voice: Voice, words: tuple[Text, ...] = (), *, covered: bool = False) -> Card:
    """The last card: nothing on it can be pressed, nothing of the talk stands on it.

    `covered` says that somebody may be looking: then it says nothing of what the chat was.
    """
    said = (say.PLAIN_BYE,) if covered else words or (say.GOODBYE,)
    blocks = tuple(paragraph for text in said for paragraph in tell(voice, text))
    direction: Literal["ltr", "rtl"] = "rtl" if voice.language.rtl else "ltr"
    hint = voice(say.PRESS_ENTER)
    return Card(voice.language.code, direction, blocks, hint=hint, ended=True)

"""Telling: words as the paragraphs of a card, words about safety with the English beside them."""

from bot.conversation.messages import Paragraph, Tone
from bot.locales.voice import Voice, Words


def tell(voice: Voice, words: Words, tone: Tone = "say") -> list[Paragraph]:
    """The words in her language; where nobody has translated them back yet, English under them.

    That is for words about safety only, see `Voice.beside`. What has no translation is English
    and marked so.
    """
    told = [Paragraph(voice(words), tone, english=not voice.has(words))]
    beside = voice.beside(words)
    return [*told, Paragraph(beside, "beside", english=True)] if beside else told

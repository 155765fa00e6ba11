"""Explaining: what fits of what she asked for, what does not, and what is not known."""

from collections.abc import Sequence

from bot.conversation.messages import Asking, Listing, Question
from bot.directory.matching import Match
from bot.locales import phrases as say
from bot.locales.phrases import Phrase
from bot.locales.rendering import Kind
from bot.locales.voice import Voice
from bot.needs import Needs, Vocabulary

ASKS_SHOWN = 4


def explain(
    match: Match, needs: Needs, vocabulary: Vocabulary, voice: Voice
) -> tuple[Listing | None, Listing | None, Asking | None]:
    """What fits, what does not, and what is not known with the sentence to ask.

    What she must have comes first. After a few sentences the rest is only named: a long list of
    questions is no help to somebody who is tired, but what is not known is never left out, nor
    what a service does not have. What fits of her sensitive answers is not named: the heading
    stands alone where nothing else fits.
    """
    unknown = sorted(match.unknown, key=lambda need: need not in needs.must)
    return (
        _fitting(match.has, needs, vocabulary, voice),
        _listing(say.LACKS, match.lacks, vocabulary, voice),
        _asking(unknown, vocabulary, voice) if unknown else None,
    )


def _fitting(
    has: tuple[str, ...], needs: Needs, vocabulary: Vocabulary, voice: Voice
) -> Listing | None:
    """What fits, without what she told a sensitive question; None where nothing fits at all.

    Harm prevented: whoever looks over her shoulder at a list of places would read her answers.
    """
    weaker = {
        vocabulary.needs[need].relaxes_to for need in needs.sensitive & vocabulary.needs.keys()
    }
    untold = needs.sensitive | (weaker - needs.must - needs.prefer)
    told = tuple(need for need in has if need not in untold)
    bare = Listing(voice(say.FITS), ()) if has else None
    return _listing(say.FITS, told, vocabulary, voice) or bare


def _asking(unknown: Sequence[str], vocabulary: Vocabulary, voice: Voice) -> Asking:
    rest = [voice(vocabulary.needs[need].tag) for need in unknown[ASKS_SHOWN:]]
    return Asking(
        heading=voice(say.ASKS),
        questions=tuple(
            question(vocabulary.needs[need].ask, voice) for need in unknown[:ASKS_SHOWN]
        ),
        rest=voice(say.ASKS_TOO, words=" · ".join(rest)) if rest else "",
    )


def _listing(
    heading: Phrase, needs: tuple[str, ...], vocabulary: Vocabulary, voice: Voice
) -> Listing | None:
    tags = tuple(voice(vocabulary.needs[need].tag) for need in needs)
    return Listing(voice(heading), tags) if tags else None


def question(english: str, voice: Voice) -> Question:
    """An English sentence of the catalogue in her language, with the English beside it."""
    words = voice(english)
    return Question(words, voice.isolate(english, Kind.NAME) if words != english else "")

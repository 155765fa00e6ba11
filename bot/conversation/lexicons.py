"""Lexicons: the typed words that mean something at a step, in her language and in all others."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.conversation.plan import Plan, PlannedStep
from bot.conversation.reading import Lexicon, lexicon_words
from bot.conversation.safety import SAFETY_INTENTS, SafetyWords, safety_words
from bot.conversation.wording import IN_ENGLISH, IN_HERS
from bot.flows.model import Choice, Intent, Text
from bot.locales import phrases as say
from bot.locales.catalogues import Catalogues
from bot.locales.voice import Voice
from bot.sessions.model import Session


class Voices(NamedTuple):
    """Whose words may be typed: hers, English, and every language that is offered.

    Of `every` only what is listed for typing counts, not what stands on the buttons. Hers and
    English may stand among them too: whatever they say is hers already.
    """

    hers: Voice
    english: Voice
    every: tuple[Voice, ...] = ()


def voices_for(code: str, catalogues: Catalogues) -> Voices:
    """Those voices, for a talk in the language `code`; `every` is the same for everybody."""
    return Voices(catalogues.voice(code), catalogues.voice("en"), catalogues.typed_voices())


def all_safety_words(plan: Plan, voices: Sequence[Voice]) -> SafetyWords:
    """The words that leave, hide and bring urgent help, of every language at once."""
    return safety_words(
        [
            (name, _line(plan.intents[name].words, voice))
            for name in SAFETY_INTENTS
            if name in plan.intents
            for voice in voices
        ]
    )


def lexicon(
    plan: Plan,
    session: Session,
    voices: Voices,
    names: Mapping[str, Mapping[str, str]],
    aliases: Mapping[str, Mapping[str, Sequence[str]]],
) -> Lexicon:
    """What typed text may mean where the session stands. Her language comes before English.

    A word of a third language counts where it has one meaning in all of those, and no other in
    hers. `names` and `aliases` give, by source, what stands on a choice that comes from data, and
    what else people type for it. Words of safety are looked at before, see `all_safety_words`.
    """
    planned = plan.steps[session.at]
    options = plan.options(session)
    first = (voices.hers, voices.english)
    intents = lexicon_words(
        [
            *(pair for voice in first for pair in _lines_of(plan.intents.values(), voice)),
            (IN_ENGLISH, voices.hers(say.SEE_ENGLISH)),
            (IN_HERS, voices.hers(say.SEE_MINE)),
        ]
    )
    answers = lexicon_words(
        [
            *(pair for voice in first for pair in _from_choices(planned.step.choices, voice)),
            *_from_data(planned, options, names, aliases),
        ]
    )
    # Harm prevented: her own word for leaving must leave, whatever else it is elsewhere. A call for
    # help never comes as far as here.
    own = {
        word
        for voice in first
        for name in ("leave", "cover")
        if name in plan.intents
        for word in lexicon_words([(name, _line(plan.intents[name].words, voice))])
    }
    taken = own | intents.keys() | answers.keys()
    meant = _words_everywhere(tuple(plan.intents.values()), voices.every)
    chosen = _answers_everywhere(planned.step.choices, voices.every)
    return Lexicon(
        intents=_sure(meant, taken, chosen) | intents,
        answers=_sure(chosen, taken, meant) | answers,
        options=options,
        many=planned.step.many is not None,
        parse=planned.parser.read if planned.parser else None,
    )


def _sure(
    found: Mapping[str, str | None], taken: Collection[str], elsewhere: Collection[str]
) -> dict[str, str]:
    """The words of other languages with one meaning, which is not that of a word of hers.

    "Jo" is yes in one language and no in another; then she is asked again.
    """
    return {
        word: id
        for word, id in found.items()
        if id is not None and word not in taken and word not in elsewhere
    }


# Only words of flows and catalogues go in. A step is kept once for all languages: kept for each
# language by itself, five hundred steps held 200 MB.


@lru_cache(maxsize=16)
def _words_everywhere(
    intents: tuple[Intent, ...], voices: tuple[Voice, ...]
) -> Mapping[str, str | None]:
    """What a typed word means in all these languages together; None for one with two meanings."""
    return _one_meaning(
        lexicon_words(
            [
                (intent.id, _line(intent.words, voice))
                for intent in intents
                if intent.id not in SAFETY_INTENTS
            ]
        )
        for voice in voices
    )


@lru_cache(maxsize=1024)
def _answers_everywhere(
    choices: tuple[Choice, ...], voices: tuple[Voice, ...]
) -> Mapping[str, str | None]:
    """The same for the answers of one step."""
    return _one_meaning(
        lexicon_words([(choice.id, _line(choice.also, voice)) for choice in choices])
        for voice in voices
    )


def _one_meaning(found: Iterable[Mapping[str, str]]) -> Mapping[str, str | None]:
    meant: dict[str, str | None] = {}
    for words in found:
        for word, id in words.items():
            meant[word] = id if meant.get(word, id) == id else None
    return meant


def _lines_of(intents: Iterable[Intent], voice: Voice) -> list[tuple[str, str]]:
    return [(intent.id, line) for intent in intents for line in _spoken(intent, voice)]


def _spoken(intent: Intent, voice: Voice) -> tuple[str, ...]:
    label = voice(intent.label)
    return (label,) if intent.id in SAFETY_INTENTS else (label, _line(intent.words, voice))


def _from_choices(choices: Iterable[Choice], voice: Voice) -> list[tuple[str, str]]:
    return [
        (choice.id, line)
        for choice in choices
        for text in (choice.label, choice.for_other)
        if text
        for line in (voice(text), _line(choice.also, voice))
        if line
    ]


def _from_data(
    planned: PlannedStep,
    options: Sequence[str],
    names: Mapping[str, Mapping[str, str]],
    aliases: Mapping[str, Mapping[str, Sequence[str]]],
) -> list[tuple[str, str]]:
    if planned.step.choices_from is None:
        return []
    source = planned.step.choices_from.text
    shown, typed = names.get(source, {}), aliases.get(source, {})
    return [
        (id, line) for id in options if id in shown for line in (shown[id], id, *typed.get(id, ()))
    ]


def _line(text: Text | None, voice: Voice) -> str:
    return "|".join(voice.typed(text)) if text else ""

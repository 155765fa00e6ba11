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
    """Whose words may be typed: hers, English, and every other language that is offered.

    Of the others only what is listed for typing counts, not what stands on their buttons.
    """

    hers: Voice
    english: Voice
    others: tuple[Voice, ...] = ()


def voices_for(code: str, catalogues: Catalogues) -> Voices:
    """Those voices, for a talk in the language `code`."""
    others = (one.code for one in catalogues.offered if one.code not in {code, "en"})
    return Voices(
        catalogues.voice(code), catalogues.voice("en"), tuple(map(catalogues.typed_voice, others))
    )


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
    hers. `names` and `aliases` give, by source, what
    stands on a choice that comes from data, and what else people type for it. Words of safety are
    looked at before, see `all_safety_words`.
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
    more_intents, more_answers = _from_others(plan, planned, voices.others, taken)
    return Lexicon(
        intents=more_intents | intents,
        answers=more_answers | answers,
        options=options,
        many=planned.step.many is not None,
        parse=planned.parser.read if planned.parser else None,
    )


def _from_others(
    plan: Plan, planned: PlannedStep, voices: Sequence[Voice], taken: Collection[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The words of other languages with one meaning: those for everywhere, and those for answers.

    "Jo" is yes in one language and no in another; then she is asked again.
    """
    every = tuple(plan.intents.values())
    intents, answers = _elsewhere(every, planned.step.choices, tuple(voices))
    return _sure(intents, taken, answers), _sure(answers, taken, intents)


# Only words of flows and catalogues go in; the same few steps are asked for again and again.


@lru_cache(maxsize=512)
def _elsewhere(
    intents: tuple[Intent, ...], choices: tuple[Choice, ...], voices: tuple[Voice, ...]
) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
    """What each word means in these languages: the intents, and the choices."""
    meant: dict[str, set[str]] = {}
    chosen: dict[str, set[str]] = {}
    for voice in voices:
        for found, pairs in (
            (meant, _lines_of(intents, voice)),
            (chosen, _from_choices(choices, voice)),
        ):
            for word, id in lexicon_words(pairs).items():
                found.setdefault(word, set()).add(id)
    return meant, chosen


def _sure(
    found: Mapping[str, set[str]], taken: Collection[str], elsewhere: Collection[str]
) -> dict[str, str]:
    return {
        word: next(iter(ids))
        for word, ids in found.items()
        if len(ids) == 1 and word not in taken and word not in elsewhere
    }


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

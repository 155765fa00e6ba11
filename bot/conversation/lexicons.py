"""Lexicons: the typed words that mean something at a step, in her language and in English."""

from collections.abc import Mapping, Sequence

from bot.conversation.plan import Plan, PlannedStep
from bot.conversation.reading import Lexicon, lexicon_words
from bot.conversation.safety import SAFETY_INTENTS, SafetyWords, safety_words
from bot.flows.model import Intent, Text
from bot.locales.voice import Voice
from bot.sessions.model import Session


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
    voice: Voice,
    english: Voice,
    names: Mapping[str, Mapping[str, str]],
    aliases: Mapping[str, Mapping[str, Sequence[str]]],
) -> Lexicon:
    """What typed text may mean where the session stands. Her language comes before English.

    `names` and `aliases` give, by source, what stands on a choice that comes from data, and what
    else people type for it. Words of safety are looked at before, see `all_safety_words`.
    """
    planned = plan.steps[session.at]
    options = plan.options(session)
    return Lexicon(
        intents=lexicon_words(
            [
                (intent.id, line)
                for speaker in (voice, english)
                for intent in plan.intents.values()
                for line in _spoken(intent, speaker)
            ]
        ),
        answers=lexicon_words(
            [
                *_from_choices(planned, voice, english),
                *_from_data(planned, options, names, aliases),
            ]
        ),
        options=options,
        many=planned.step.many is not None,
        parse=planned.parser.read if planned.parser else None,
    )


def _spoken(intent: Intent, voice: Voice) -> tuple[str, ...]:
    label = voice(intent.label)
    return (label,) if intent.id in SAFETY_INTENTS else (label, _line(intent.words, voice))


def _from_choices(planned: PlannedStep, voice: Voice, english: Voice) -> list[tuple[str, str]]:
    return [
        (choice.id, line)
        for speaker in (voice, english)
        for choice in planned.step.choices
        for text in (choice.label, choice.for_other)
        if text
        for line in (speaker(text), _line(choice.also, speaker))
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

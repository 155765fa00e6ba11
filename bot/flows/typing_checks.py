"""Checks of what she may type, in every language: one word, one meaning, and always a way to help."""

from collections.abc import Iterator

from bot.flows.model import Choice, Flow, Intent, Step, Text
from bot.flows.rules import Finding, Rule
from bot.flows.spoken import Spoken, finding
from bot.locales.tongues import Tongue
from bot.locales.typed import normalise

ALWAYS = ("leave", "urgent")


def _intents(spoken: Spoken) -> tuple[Flow | None, tuple[Intent, ...]]:
    start = spoken.flows.by_id.get(spoken.flows.start)
    return start, start.everywhere if start else ()


def _means(tongue: Tongue, label: Text, typed: Text | None) -> set[str]:
    """The words that stand for a choice or an intent in one language, as they are compared."""
    words = [tongue.of(label.text), *((typed and tongue.typed(typed.text)) or ())]
    return {normalise(word) for word in words} - {""}


def _no_words_for_help(spoken: Spoken) -> Iterator[Finding]:
    start, intents = _intents(spoken)
    for tongue in spoken.tongues:
        for intent in intents if start else ():
            if intent.id in ALWAYS and start:
                typed = tongue.typed(intent.words.text)
                # Harm prevented: she types for help in her language and is not understood. Where
                # nothing is translated, the English words work.
                if typed is not None and not any(map(normalise, typed)):
                    sentence = f"'{intent.id}' has no words here; every step must offer it"
                    yield finding(tongue, start, intent.words, sentence, typed=True)


def _translated_clash(spoken: Spoken) -> Iterator[Finding]:
    # English is looked at by `word-clash`, before there is any translation.
    for tongue in spoken.tongues[1:]:
        taken = _taken(spoken, tongue)
        for flow, _, choice in spoken.choices():
            means = _means(tongue, choice.label, choice.also)
            if choice.for_other:
                means |= _means(tongue, choice.for_other, None)
            for word in sorted(means & taken.keys()):
                sentence = (
                    f"typing '{word}' always means '{taken[word]}', so choice '{choice.id}' needs"
                    " other words"
                )
                shown = filter(None, (choice.label, choice.for_other))
                own = (text for text in shown if normalise(tongue.of(text.text)) == word)
                text = next(own, None) or choice.also or choice.label
                yield finding(tongue, flow, text, sentence, typed=text is choice.also)


def _taken(spoken: Spoken, tongue: Tongue) -> dict[str, str]:
    """The words that work everywhere in one language, each with the intent that has it first."""
    taken: dict[str, str] = {}
    _, intents = _intents(spoken)
    for intent in intents:
        for word in _means(tongue, intent.label, intent.words):
            taken.setdefault(word, intent.id)
    return taken


def _same_label(spoken: Spoken) -> Iterator[Finding]:
    for tongue in spoken.tongues:
        for flow, step in spoken.steps():
            yield from _alike(tongue, flow, step)


def _alike(tongue: Tongue, flow: Flow, step: Step) -> Iterator[Finding]:
    shown: dict[str, Choice] = {}
    typed: dict[str, Choice] = {}
    drawn = [choice for choice in step.choices if not choice.typed_only]
    for choice in drawn:
        label = normalise(tongue.of(choice.label.text))
        first = shown.setdefault(label, choice) if label else choice
        if first is not choice:
            sentence = f"choices '{first.id}' and '{choice.id}' look the same; say how they differ"
            yield finding(tongue, flow, choice.label, sentence)
            continue
        for word in sorted(_means(tongue, choice.label, choice.also)):
            first = typed.setdefault(word, choice)
            if first is not choice:
                sentence = f"typing '{word}' means '{first.id}' and '{choice.id}'; take one out"
                yield finding(tongue, flow, choice.label, sentence)


RULES: tuple[Rule[Spoken], ...] = (
    Rule("no-words-for-help", "no word for help or for leaving in a language", _no_words_for_help),
    Rule(
        "translated-clash",
        "in a translation, typing one thing would mean two",
        _translated_clash,
    ),
    Rule("same-label", "two choices of a question look the same, or share a word", _same_label),
)

"""Checks of words: what a text may show, and what she may type."""

import re
from collections.abc import Iterator
from itertools import chain

from bot.flows.model import Choice, Flow, Step, Text
from bot.flows.rules import Checked, Finding, Rule
from bot.locales.typed import normalise
from bot.problems import did_you_mean

_SLOT = re.compile(r"\$\{?([A-Za-z_]\w*)")


def _unknown_slot(checked: Checked) -> Iterator[Finding]:
    for flow in checked.flows.by_id.values():
        for text in texts_of(flow):
            for slot in _SLOT.findall(text.text):
                if slot not in checked.slots:
                    near = did_you_mean(slot, checked.slots)
                    sentence = f"a text cannot show '${slot}'{near}"
                    yield Finding(flow.path, text.mark, sentence)


def texts_of(flow: Flow) -> Iterator[Text]:
    """Every text of a flow, what she may type among them."""
    for intent in flow.everywhere:
        yield from (intent.label, intent.words)
    for step in flow.steps:
        yield from filter(None, (step.text, step.for_other, step.why, step.retry))
        for choice in step.choices:
            yield from filter(None, (choice.label, choice.for_other, choice.also))


def texts_of_step(step: Step) -> Iterator[Text]:
    """Every text of a step that may be shown, also to a woman who worries about somebody else."""
    yield from filter(None, (step.text, step.for_other, step.why, step.retry))
    for choice in step.choices:
        yield from filter(None, (choice.label, choice.for_other))


def _spoken(text: Text | None) -> set[str]:
    """The typed words a text stands for, as they are compared when she types."""
    return {normalise(part) for part in text.text.split("|")} - {""} if text else set()


def _taken(checked: Checked) -> dict[str, str]:
    """The words that work everywhere, each with the intent that has it first."""
    start = checked.flows.by_id.get(checked.flows.start)
    taken: dict[str, str] = {}
    for intent in start.everywhere if start else ():
        for word in _spoken(intent.words) | _spoken(intent.label):
            taken.setdefault(word, intent.id)
    return taken


def _typed_for(choice: Choice) -> set[str]:
    return _spoken(choice.label) | _spoken(choice.for_other) | _spoken(choice.also)


def _word_clash(checked: Checked) -> Iterator[Finding]:
    taken = _taken(checked)
    for flow in checked.flows.by_id.values():
        for intent in flow.everywhere:
            for word in sorted(_spoken(intent.words) | _spoken(intent.label)):
                if taken[word] != intent.id:
                    sentence = f"typing '{word}' already means '{taken[word]}'; take it out here"
                    yield Finding(flow.path, intent.words.mark, sentence)
        for choice in chain.from_iterable(step.choices for step in flow.steps):
            for word in sorted(_typed_for(choice) & taken.keys()):
                sentence = (
                    f"typing '{word}' always means '{taken[word]}', so choice '{choice.id}' needs"
                    " other words"
                )
                yield Finding(flow.path, choice.mark, sentence)


def _no_other(checked: Checked) -> Iterator[Finding]:
    start = checked.flows.by_id.get(checked.flows.start)
    if start is None or start.for_other:
        return
    for flow, step in checked.steps():
        for text in filter(None, (step.for_other, *(each.for_other for each in step.choices))):
            sentence = (
                f"nothing says when to say this; write 'for_other' at the top of '{start.id}'"
            )
            yield Finding(flow.path, text.mark, sentence)


RULES: tuple[Rule[Checked], ...] = (
    Rule("unknown-slot", "a text shows something that no text can show", _unknown_slot),
    Rule("word-clash", "typing one thing would mean two", _word_clash),
    Rule("no-other", "words for somebody else are written, and never said", _no_other),
)

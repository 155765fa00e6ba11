"""Words: whether all that a walk showed can be said in every language."""

from collections.abc import Iterable, Iterator

from bot.flows.model import Flow, Flows, Text
from bot.flows.texts import texts_of_step
from bot.locales.voice import Voice
from bot.problems import Problem


def unsaid(flows: Flows, steps: Iterable[str], voices: Iterable[Voice]) -> Iterator[Problem]:
    """Each text of these steps, and of the words for everywhere, that a language cannot say.

    Safety words whose translation is in doubt are said in English, so they count as not said.
    """
    shown = set(steps)
    for voice in voices:
        for flow in flows.by_id.values():
            for text in _texts(flow, shown):
                if not voice.has(text):
                    words = " ".join(text.text.split())
                    short = words if len(words) < 50 else f"{words[:49]}…"
                    yield Problem(
                        flow.path, text.mark.line, text.mark.column, "error",
                        f"there are no words in {_name(voice)} for \"{short}\"; translate them",
                        "unsaid",
                    )  # fmt: skip


def _name(voice: Voice) -> str:
    return f"'{voice.language.code}'"


def _texts(flow: Flow, shown: set[str]) -> Iterator[Text]:
    for step in flow.steps:
        if f"{flow.id}.{step.id}" in shown:
            yield from texts_of_step(step)
    yield from (intent.label for intent in flow.everywhere)

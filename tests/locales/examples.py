"""A handful of messages that the tests of catalogues translate."""

from dataclasses import replace
from typing import Any

from bot.locales.extraction import Message
from bot.locales.languages import Languages, Step
from bot.locales.voice import TYPED
from bot.problems import Mark


def message(msgid: str, *paths: str, **more: Any) -> Message:
    """A message of `flows/a.yaml` with the given places in it."""
    places = tuple(f"flows/a.yaml {path}" for path in paths or ("steps.one.ask",))
    defaults: dict[str, Any] = {"context": "", "plural": "", "mark": Mark(3, 5)}
    return Message(msgid=msgid, paths=places, **{**defaults, **more})


MESSAGES = (
    message("Where are you now?", "steps.where.ask"),
    message("In danger? Ring 999.", "steps.danger.say", safety=True),
    message("Open until $time", "steps.open.say"),
    message("Back", "everywhere.back.label", notes=("A button.",), most=12),
    message("back | go back", "everywhere.back.words", context=TYPED),
    message("$count place", "steps.found.say", plural="$count places"),
    message("NHS", "steps.nhs.say"),
)


def few(languages: Languages, *codes: str, step: Step = Step.MACHINE_DRAFT) -> Languages:
    """Only these of the shipped languages, as far as `step`, and English."""
    kept = [one for one in languages.all if one.code in {"en", *codes}]
    kept = [one if one.code == "en" else replace(one, step=step) for one in kept]
    return Languages(tuple(kept), languages.same)

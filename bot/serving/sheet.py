"""The sheet: fifteen answers made into a draft entry and its card, for the form of the preview."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot import app
from bot.channels.web.entry import Field, Fill, Sheet
from bot.conversation.describing import describe
from bot.conversation.messages import Card
from bot.conversation.turns import Turns
from bot.directory.draft_checks import check_draft
from bot.directory.drafting import draft
from bot.directory.findings import Around
from bot.directory.interview import Ask, Stated, UnfitError, asks, id_of, whole
from bot.directory.model import Service
from bot.directory.telling import told
from bot.problems import Problem


def sheets(data: app.Data, turns: Turns, now: datetime) -> Fill:
    """What fills a sheet: the questions are those of `linnet directory new`. Nothing is kept."""
    every = asks(data.places, now.date())
    around = Around(data.places, now.date(), data.gone)

    def fill(answers: Mapping[str, str]) -> Sheet:
        fields, said = _read(every, answers)
        refused = any(field.refused for field in fields)
        id = id_of(answers.get(_name(0), ""))
        if not answers or refused or not id:
            return Sheet(fields)
        text = draft(whole(said, id))
        service, problems = check_draft(text, id, around)
        if service is None or problems:
            return Sheet(_with(fields, problems))
        return Sheet(fields, f"{id}.yaml", text, _card(service, turns, now))

    return fill


def _name(number: int) -> str:
    return f"q{number + 1}"


def _read(
    every: Sequence[Ask], answers: Mapping[str, str]
) -> tuple[tuple[Field, ...], list[Stated]]:
    """The questions with what was answered, and what the answers state."""
    fields, said = [], []
    for number, ask in enumerate(every):
        answer, why = " ".join(answers.get(_name(number), "").split()), ""
        try:
            if answer:
                said.append(ask.read(answer))
            elif ask.needed and answers:
                why = "This one is needed."
        except UnfitError as error:
            why = str(error)
        choices = tuple((choice, told("kind", [choice])) for choice in ask.choices)
        fields.append(Field(_name(number), ask.words, choices, ask.many, ask.needed, answer, why))
    return tuple(fields), said


def _with(fields: Sequence[Field], problems: Sequence[Problem]) -> tuple[Field, ...]:
    """The fields with what the checks say, at the last one: it stands beside the button."""
    *before, last = fields
    why = "; ".join(dict.fromkeys(problem.sentence for problem in problems))
    return (*before, replace(last, refused=why))


def _card(service: Service, turns: Turns, now: datetime) -> Card:
    shown = describe(service, turns.voice("en"), now)
    return Card("en", "ltr", (shown,), ended=True)

"""The sheet: fifteen answers made into a draft entry and its card, for the form of the preview."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot import app
from bot.channels.web.entry import Field, Fill, Sheet
from bot.conversation.describing import describe
from bot.conversation.messages import Card
from bot.conversation.turns import Turns
from bot.directory.checks import check_directory
from bot.directory.drafting import draft
from bot.directory.interview import Ask, Stated, UnfitError, asks, id_of, whole
from bot.directory.loader import load_service
from bot.directory.model import Service
from bot.documents import Problem, read


def sheets(data: app.Data, turns: Turns, now: datetime) -> Fill:
    """What fills a sheet: the questions are those of `linnet directory new`. Nothing is kept."""
    every = asks(data.places, now.date())

    def fill(answers: Mapping[str, str]) -> Sheet:
        fields, said = _read(every, answers)
        refused = any(field.refused for field in fields)
        id = id_of(answers.get(_name(0), ""))
        if not answers or refused or not id:
            return Sheet(fields)
        text = draft(whole(said, id))
        service, problems = _checked(text, id, data, now)
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
        fields.append(Field(_name(number), ask.words, ask.choices, ask.needed, answer, why))
    return tuple(fields), said


def _checked(
    text: str, id: str, data: app.Data, now: datetime
) -> tuple[Service | None, list[Problem]]:
    """The entry, and what `linnet check` would have against it by itself; warnings left out."""
    path = f"directory/services/{id}.yaml"
    document, unread = read(text.encode(), path)
    service, found = load_service(document)
    if service is not None:
        found = [*found, *check_directory([service], data.places, now.date(), data.gone)]
    wrong = [one for one in (*unread, *found) if one.level == "error" and one.path == path]
    return service, wrong


def _with(fields: Sequence[Field], problems: Sequence[Problem]) -> tuple[Field, ...]:
    """The fields with what the checks say, at the last one: it stands beside the button."""
    *before, last = fields
    why = "; ".join(dict.fromkeys(problem.sentence for problem in problems))
    refused = Field(last.name, last.words, last.choices, last.needed, last.said, why)
    return (*before, refused)


def _card(service: Service, turns: Turns, now: datetime) -> Card:
    shown = describe(service, turns.voice("en"), now)
    return Card("en", "ltr", (shown,), ended=True)

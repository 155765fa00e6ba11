"""`linnet directory preview`: the card as she would see it, and whom it would be shown to."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import TextIOWrapper
from typing import TYPE_CHECKING, Literal

from bot import app
from bot.channels.terminal import as_text
from bot.cli.directory.checklists import wrapped
from bot.cli.directory.entries import Directory, chosen, read_directory
from bot.cli.naming import language_among, offered
from bot.conversation.describing import describe
from bot.conversation.messages import Card
from bot.conversation.wording import LINES_BESIDE
from bot.directory.checks import fit_to_show
from bot.directory.index import build
from bot.directory.model import Service, Status
from bot.directory.schedules import LONDON
from bot.directory.traits import is_fresh, year_before
from bot.directory.typical import PAGE, TYPICAL, Sent, sent
from bot.locales.catalogues import Catalogues
from bot.locales.languages import Step
from bot.locales.voice import Voice
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_INDENT = "   "
_WHY_NOT = {
    Status.DRAFT: "This is a draft: no woman sees it yet. As soon as it is active:",
    Status.PAUSED: "This entry is paused: no woman sees it now. If it were active:",
    Status.CLOSED: "This entry is closed: no woman sees it. If it were active:",
}


def add(verbs: "Commands") -> None:
    """Add the command."""
    command = verbs.add_parser("preview", help="the card, and whom it would be shown to")
    command.add_argument("id", metavar="ID")
    command.add_argument("--lang", default="en", metavar="CODE", help="the language of the card")
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print the card, then why three typical women would or would not be sent here."""
    directory = read_directory(settings)
    (service,) = chosen(directory.services, [wanted.id], directory.problems)
    voice = _voice(directory, settings, wanted.lang)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    print(card_of(service, voice, app.now()))
    for line in wrapped(reasons(service, directory, app.now()), indent=_INDENT):
        print(line)
    return 0


def _voice(directory: Directory, settings: Settings, tag: str) -> Voice:
    catalogues = Catalogues.read(directory.data.folders.locales, Step(settings.min_status))
    return catalogues.voice(language_among(tag, offered(settings, catalogues)).code)


def card_of(service: Service, voice: Voice, at: datetime) -> str:
    """The entry as it stands on her card in a terminal, before she has asked for anything."""
    stale = not is_fresh(service, year_before(at.date()))
    result = describe(service, voice, at, stale=stale)
    direction: Literal["ltr", "rtl"] = "rtl" if voice.language.rtl else "ltr"
    return as_text(Card(voice.language.code, direction, (result,)))


def reasons(service: Service, directory: Directory, at: datetime) -> Iterator[str]:
    """Three women, and for each why she would or would not be sent here; lines not wrapped."""
    data = directory.data
    shown = fit_to_show(data.services, directory.problems)
    if service not in shown:
        mistake = (
            "This entry has mistakes: no woman sees it. 'linnet check' names them. Without them:"
        )
        yield _WHY_NOT.get(service.status, mistake)
        yield ""
    others = [each for each in shown if each.id != service.id]
    every = [*others, replace(service, status=Status.ACTIVE)]
    index = build(every, data.vocabulary, data.places, directory.today, data.schools)
    council = next((id for id in service.councils if id in index.own), None)
    where = f"live in {data.places.councils[council].name}" if council else "may live anywhere"
    now = f"{at.astimezone(LONDON):%H:%M}"
    yield f"Would these women be sent here? They {where}, and it is {now} today."
    for number, woman in enumerate(TYPICAL, 1):
        yield ""
        yield f"{number}. {woman.words}"
        yield from _told(sent(every[-1], woman, index, at), directory)


def _told(found: Sent, directory: Directory) -> Iterator[str]:
    yield f"{_INDENT}{_verdict(found, directory)}"
    lists = (
        ("+ Has", found.has),
        ("- Says no to", found.lacks),
        ("? Does not say", found.unknown),
    )
    for heading, ids in lists:
        if ids:
            yield f"{_INDENT}{heading}: {_tags(ids, directory)}"


def _verdict(found: Sent, directory: Directory) -> str:
    if found.place is not None and found.lines:
        few = found.place <= LINES_BESIDE
        among = f"place {found.place} of the lines for the whole country"
        return f"YES: {among}." if few else f"RARELY: {among}; she is shown two or three."
    if found.place is not None:
        further = "" if found.place <= PAGE else f"; {PAGE} are shown at once"
        return f"YES: place {found.place} of her list{further}."
    if found.turned_away:
        return f"NO: it does not take her ({_tags(found.turned_away, directory)})."
    if found.old:
        return "NO: it was not checked within a year, and fresher entries do the same."
    return "NO: it says no to something she cannot do without, or is not for her."


def _tags(ids: tuple[str, ...], directory: Directory) -> str:
    needs = directory.data.vocabulary.needs
    return "; ".join(needs[id].tag for id in ids)

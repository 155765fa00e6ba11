"""`linnet directory due`: the call list of the week, the shortest call first."""

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot import app
from bot.cli.directory.checklists import wrapped
from bot.cli.directory.entries import read_directory
from bot.cli.tables import safe_cell
from bot.counting.periods import period_of
from bot.counting.releasing import due_reports
from bot.counting.tables import Span
from bot.directory.call_list import Errand, Reported, call_list
from bot.directory.model import Contact, Status
from bot.directory.telling import day_told, hours_told, told
from bot.exceptions import CountsError, SettingsError
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

MOST_DAYS = 366
COLUMNS = (
    *("id", "name", "status", "questions", "overdue", "groups", "way", "contact", "answers"),
    *("answers_now", "not_answered_on", "may_be_wrong"),
)
_OPEN = {True: "yes", False: "no", None: ""}


def add(verbs: "Commands") -> None:
    """Add the command."""
    command = verbs.add_parser("due", help="whom to ring this week, the shortest call first")
    command.add_argument("--days", type=int, default=7, metavar="N", help="look ahead (7)")
    command.add_argument("--format", choices=("text", "csv"), default="text")
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print the list. Raises SettingsError for days that make no sense."""
    if not 0 <= wanted.days <= MOST_DAYS:
        raise SettingsError(f"--days must be a whole number from 0 to {MOST_DAYS}")
    directory = read_directory(settings)
    reported = reported_until_now(settings.counts, directory.today)
    errands = call_list(directory.services, app.now(), wanted.days, reported)
    if wanted.format == "csv":
        write_csv(errands, sys.stdout)
        return 0
    for line in wrapped(lines_of(errands, directory.today, wanted.days), indent="    "):
        print(line)
    return 0


def reported_until_now(counts: Path | None, today: date) -> Reported:
    """What women may have said is wrong, of the last month that is over; nothing without counts.

    `today` is the day in London. Raises SettingsError where the counts cannot be read.
    """
    if counts is None:
        return Reported()
    until = today.replace(day=1) - timedelta(days=1)
    try:
        named = due_reports(counts, period_of(until, Span.MONTH), today)
    except CountsError as error:
        raise SettingsError(str(error)) from error
    return Reported(frozenset(named), until)


def lines_of(errands: Iterable[Errand], today: date, days: int) -> Iterator[str]:
    """The list as lines, not wrapped; lines of one service but the first begin with spaces."""
    every = tuple(errands)
    drafts = [each for each in every if each.service.status is Status.DRAFT]
    rest = [each for each in every if each.service.status is not Status.DRAFT]
    until = day_told(today + timedelta(days=days))
    yield f"Call list, {day_told(today)} to {until}. Services to ask: {len(rest)}."
    if not rest:
        yield "Nothing is due."
    for number, errand in enumerate(rest, 1):
        yield ""
        yield from _lines(number, errand)
    if drafts:
        yield ""
        yield f"Drafts, which no woman sees until somebody confirms them: {len(drafts)}."
    for number, errand in enumerate(drafts, 1):
        yield ""
        yield from _lines(number, errand)


def _lines(number: int, errand: Errand) -> Iterator[str]:
    service = errand.service
    marks = ["OVERDUE"] if errand.overdue else []
    marks += ["paused"] if service.status is Status.PAUSED else []
    count = f"{errand.questions} question{'' if errand.questions == 1 else 's'}"
    yield f"{number}. {service.name} ({service.id}): {', '.join([count, *marks])}"
    yield f"    {_reach(errand.contact, errand.open)}"
    if errand.groups:
        yield f"    To check: {', '.join(errand.groups)}"
    if errand.reported:
        yield "    Women may have said that something here is wrong. It may also be chance: ask."
    if errand.failed:
        days = ", ".join(day_told(call.on) for call in errand.failed)
        yield f"    Nobody answered our test calls on: {days}"


def _reach(contact: Contact | None, is_open: bool | None) -> str:
    if contact is None:
        return "No way to reach it is known."
    label = f" ({contact.label})" if contact.label else ""
    way = f"{told('contact[].type', [contact.type]).capitalize()}{label}: {contact.value}"
    if contact.answers is None:
        return f"{way}; when it is answered is not known"
    now = {True: " (answers now)", False: " (not now)", None: ""}[is_open]
    return f"{way}; {'; '.join(map(hours_told, contact.answers)) or 'never answered'}{now}"


def write_csv(errands: Iterable[Errand], file: TextIO) -> None:
    """The list as a table for a spreadsheet, one service a row."""
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    for each in errands:
        table.writerow([safe_cell(value) for value in _row(each)])


def _row(errand: Errand) -> tuple[str, ...]:
    service, contact = errand.service, errand.contact
    return (
        service.id,
        service.name,
        service.status,
        str(errand.questions),
        "yes" if errand.overdue else "no",
        " ".join(errand.groups),
        contact.type if contact else "",
        contact.value if contact else "",
        "; ".join(contact.answers or ()) if contact else "",
        _OPEN[errand.open],
        " ".join(call.on for call in errand.failed),
        "yes" if errand.reported else "",
    )

"""`linnet directory lock`: what the lock of the contacts does not know, and signing it."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot.app import errors_in
from bot.cli.directory.entries import Directory, chosen, read_directory
from bot.directory.contact_sums import Locked, contacts_of
from bot.directory.contacts_lock import (
    FILE,
    ROLES,
    RULES,
    Line,
    begun,
    difference,
    signed,
    text_of,
)
from bot.exceptions import DataError, SettingsError
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_QUESTION = "Has the person with this role checked each of these? Write it? [y/N] "


@dataclass(frozen=True, slots=True)
class Signature:
    """Who checked contacts, and when; `again`: also those that have not changed since."""

    role: str
    month: str  # YYYY-MM
    again: bool = False


def add(verbs: "Commands") -> None:
    """Add the command."""
    command = verbs.add_parser("lock", help="sign the contacts of entries after checking them")
    command.add_argument("id", nargs="*", metavar="ID", help="entries; all, when only looking")
    command.add_argument("--by", choices=ROLES, help="who checked each contact; never a name")
    command.add_argument("--date", metavar="YYYY-MM", help="when; this month, when left out")
    command.add_argument("--again", action="store_true", help="sign also what has not changed")
    command.add_argument("--begin", action="store_true", help="make the first lock there is")
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Show what differs (1, or 0 when nothing does); with `--by`, write it.

    Raises SettingsError for what cannot be asked for, DataError for an entry with a mistake.
    """
    directory = read_directory(settings)
    if wanted.begin:
        return _begin(directory, wanted)
    if wanted.by:
        by = Signature(wanted.by, _month(wanted.date, directory), wanted.again)
        return sign(directory, wanted.id, by, lambda: agrees(sys.stdin))
    if wanted.date or wanted.again:
        raise SettingsError("--date and --again need --by, the role of who checked")
    return _show(directory, wanted.id)


def _show(directory: Directory, ids: Sequence[str]) -> int:
    told = list(_told(directory, _ids(directory, ids)))
    for line in told:
        print(line)
    ending = "nothing was written; --by ROLE does" if told else "the lock is as it should be"
    print(ending)
    return int(bool(told))


def sign(
    directory: Directory, ids: Sequence[str], by: Signature, agreed: Callable[[], bool]
) -> int:
    """Print old and new of these entries and, when `agreed`, write them; 1 when not agreed.

    Raises SettingsError when no entry is named or no lock is there, DataError for mistakes.
    """
    _refuse(directory, ids)
    ids = _ids(directory, ids)
    told = list(_told(directory, ids, again=by.again))
    if not told:
        print("nothing differs; --again signs what has not changed")
        return 0
    for line in told:
        print(line)
    print(f"signed by {by.role}, {by.month}")
    if not agreed():
        print("nothing was written")
        return 1
    others = [line for line in directory.data.lock if line.entry not in ids]
    new = [line for id in ids for line in _signed(directory, id, by)]
    _write(directory, (*others, *new))
    return 0


def _begin(directory: Directory, wanted: argparse.Namespace) -> int:
    if wanted.id or wanted.by or wanted.date or wanted.again:
        raise SettingsError("--begin goes alone: it takes role and date from each entry")
    if _path(directory).exists():
        raise SettingsError("there is a lock already; --begin would forget who checked what")
    if unread := errors_in(directory.data.problems, "directory/services"):
        raise DataError(unread)  # a first lock without them could not be made whole afterwards
    lines = begun(directory.services)
    _write(directory, lines)
    print(f"{len(lines)} contacts, each with the role and date of 'verified' in its entry")
    return 0


def agrees(keyboard: TextIO | None) -> bool:
    """Whether the person at the keyboard agrees; yes where nobody sits at one."""
    if not keyboard or not keyboard.isatty():
        return True
    print(_QUESTION, end="", flush=True)
    return keyboard.readline().strip().casefold() in {"y", "yes"}


def _month(asked: str | None, directory: Directory) -> str:
    now = directory.today.isoformat()[:7]
    month = asked or now
    if not re.fullmatch(r"[0-9]{4}-(?:0[1-9]|1[0-2])", month):
        raise SettingsError(f"--date is '{month}'; write it as 2026-11")
    if month > now:
        raise SettingsError(f"--date is '{month}', which has not come yet")
    return month


def _refuse(directory: Directory, ids: Sequence[str]) -> None:
    """Raise for what must not be signed: everything at once, no lock, an entry with a mistake."""
    if not ids:
        raise SettingsError("name the entries that were checked; nobody checks all at once")
    mistakes = [
        problem
        for problem in directory.problems
        if problem.level == "error"
        and (problem.rule == "lock-missing" or Path(problem.path).stem in ids)
        and problem.rule not in RULES.keys() - {"lock-missing"}
    ]
    if mistakes:
        raise DataError(mistakes)


def _ids(directory: Directory, ids: Sequence[str]) -> tuple[str, ...]:
    """The ids asked for, each once; every id there is when none is.

    Also those that only the lock knows, unless there is an entry that cannot be read.
    """
    known = {service.id for service in directory.services}
    unread = {Path(problem.path).stem for problem in directory.data.problems}
    gone = {line.entry for line in directory.data.lock} - known - unread
    if not ids:
        return (*sorted(known), *sorted(gone))
    chosen(directory.services, [id for id in ids if id not in gone])
    return tuple(dict.fromkeys(ids))


def _of_entry(directory: Directory, id: str) -> tuple[tuple[Line, ...], tuple[Locked, ...]]:
    """The lines of an entry and its contacts; no contacts when there is no such entry."""
    lines = tuple(line for line in directory.data.lock if line.entry == id)
    found = next((service for service in directory.services if service.id == id), None)
    return lines, contacts_of(found) if found else ()


def _signed(directory: Directory, id: str, by: Signature) -> tuple[Line, ...]:
    return signed(*_of_entry(directory, id), by.role, by.month, again=by.again)


def _told(directory: Directory, ids: Iterable[str], *, again: bool = False) -> Iterator[str]:
    """What entries and lock do not agree on, in words; nothing when they agree."""
    names = {service.id: f"{service.name} ({service.id})" for service in directory.services}
    for id in ids:
        if changes := list(_changes(*_of_entry(directory, id), again=again)):
            yield names.get(id, f"{id}, which is no entry any more")
            yield from (f"  {change}" for change in changes)


def _changes(lines: Sequence[Line], contacts: Sequence[Locked], *, again: bool) -> Iterator[str]:
    """Old -> new, one contact a line; a new one stands beside a line of its kind that is gone."""
    found = difference(lines, contacts)
    gone = list(found.gone)
    for contact in found.new:
        old = next((line for line in gone if line.kind == contact.kind), None)
        if old:
            gone.remove(old)
        yield f"{_said(old) if old else 'nothing'} -> {contact.kind} {contact.shown}"
    yield from (f"{_said(line)} -> gone" for line in gone)
    for contact in contacts if again else ():
        if contact not in found.new:
            yield f"{contact.kind} {contact.shown} -> the same, signed again"


def _said(line: Line) -> str:
    """A line of the lock in words; the lock has a sum and no number, so neither have they."""
    when = "without a date" if line.date == "none" else f"of {line.date}"
    return f"the {line.kind} {when}, by {line.role}"


def _path(directory: Directory) -> Path:
    return directory.data.folders.directory / FILE


def _write(directory: Directory, lines: Iterable[Line]) -> None:
    """Put the lock in its place whole, so that no half of one is ever read."""
    path = _path(directory)
    beside = path.with_suffix(".new")
    beside.write_text(text_of(lines), encoding="utf-8", newline="\n")
    beside.replace(path)

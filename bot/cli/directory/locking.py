"""`linnet directory lock`: what the lock of the contacts does not know, and signing it."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.directory.entries import Directory, chosen, read_directory
from bot.directory.contact_sums import contacts_of
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
from bot.directory.model import Service
from bot.documents import DataError, Problem, SettingsError
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

ASK = "Has the person with this role checked each of these? Write it? [y/N] "


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
        return sign(directory, wanted.id, wanted.by, _month(wanted, directory), wanted.again, _ask)
    if wanted.date or wanted.again:
        raise SettingsError("--date and --again need --by, the role of who checked")
    told = [line for id in _ids(directory, wanted.id) for line in _differs(directory, id)]
    for line in told:
        print(line)
    print(
        "no line of the lock was written; --by ROLE does"
        if told
        else "the lock is as it should be"
    )
    return int(bool(told))


def sign(
    directory: Directory,
    ids: Sequence[str],
    role: str,
    month: str,
    again: bool,
    agreed: Callable[[], bool],
) -> int:
    """Print old and new of these entries and, when `agreed`, write them; 1 when not agreed."""
    if not ids:
        raise SettingsError(
            "name the entries that were checked; nobody checks all of them at once"
        )
    _refuse_mistakes(directory, ids)
    lines = {line.key: line for line in directory.data.lock}
    told: list[str] = []
    for id in _ids(directory, ids):
        told += _differs(directory, id, again=again)
        old = [lines.pop(key) for key in list(lines) if key[0] == id]
        contacts = [one for service in _services(directory, id) for one in contacts_of(service)]
        new = signed(old, contacts, role, month, again=again)
        lines |= {line.key: line for line in new}
    if not told:
        print("nothing differs; --again signs what has not changed")
        return 0
    for line in told:
        print(line)
    print(f"signed by {role}, {month}")
    if not agreed():
        print("nothing was written")
        return 1
    _write(directory, lines.values())
    return 0


def _begin(directory: Directory, wanted: argparse.Namespace) -> int:
    if wanted.id or wanted.by or wanted.date or wanted.again:
        raise SettingsError("--begin goes alone: it takes role and date from each entry")
    if _path(directory).exists():
        raise SettingsError("there is a lock already; --begin would forget who checked what")
    lines = begun(directory.services)
    _write(directory, lines)
    print(f"{len(lines)} contacts, each with the role and date of 'verified' in its entry")
    return 0


def _ask() -> bool:
    """Whether the person at the keyboard agrees; yes where nobody sits at one."""
    if not sys.stdin or not sys.stdin.isatty():
        return True
    print(ASK, end="", flush=True)
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}


def _month(wanted: argparse.Namespace, directory: Directory) -> str:
    month = str(wanted.date or directory.today.isoformat()[:7])
    if not re.fullmatch(r"[0-9]{4}-(?:0[1-9]|1[0-2])", month):
        raise SettingsError(f"--date is '{month}'; write it as 2026-11")
    if month > directory.today.isoformat()[:7]:
        raise SettingsError(f"--date is '{month}', which has not come yet")
    return month


def _ids(directory: Directory, ids: Sequence[str]) -> tuple[str, ...]:
    """The ids asked for, each once; all that have something to say when none is."""
    gone = {line.entry for line in directory.data.lock} - {one.id for one in directory.services}
    if not ids:
        return (*(service.id for service in directory.services), *sorted(gone))
    chosen(directory.services, [id for id in ids if id not in gone])
    return tuple(dict.fromkeys(ids))


def _services(directory: Directory, id: str) -> list[Service]:
    return [service for service in directory.services if service.id == id]


def _refuse_mistakes(directory: Directory, ids: Sequence[str]) -> None:
    """Raise DataError when one of the entries has a mistake other than not being locked.

    Signing it would say that somebody checked what cannot be right.
    """
    files = {f"{id}.yaml" for id in ids}
    mistakes: list[Problem] = [
        problem
        for problem in directory.problems
        if problem.level == "error"
        and problem.rule not in RULES
        and Path(problem.path).name in files
    ]
    if mistakes:
        raise DataError(mistakes)


def _differs(directory: Directory, id: str, *, again: bool = False) -> Iterator[str]:
    """What the lock and an entry do not agree on, in words; nothing when they agree."""
    services = _services(directory, id)
    own = [line for line in directory.data.lock if line.entry == id]
    if not services:
        yield from _told(id, [f"{_said(line)} -> gone" for line in own])
    for service in services:
        found = difference(own, service)
        gone, told = list(found.gone), list[str]()
        for contact in found.new:
            old = next((line for line in gone if line.kind == contact.kind), None)
            if old:
                gone.remove(old)
            told.append(f"{_said(old) if old else 'nothing'} -> {contact.kind} {contact.shown}")
        told += [f"{_said(line)} -> gone" for line in gone]
        if again:
            new = {contact.key for contact in found.new}
            same = (one for one in contacts_of(service) if one.key not in new)
            told += [f"{one.kind} {one.shown} -> stays, signed again" for one in same]
        yield from _told(f"{service.name} ({id})", told)


def _told(title: str, lines: Iterable[str]) -> Iterator[str]:
    lines = list(lines)
    yield from (title, *(f"  {line}" for line in lines)) if lines else ()


def _said(line: Line) -> str:
    """A line of the lock in words; the lock holds no number, so the words cannot name it."""
    return f"the {line.kind} of {line.date}, by {line.role}"


def _path(directory: Directory) -> Path:
    return directory.data.folders.directory / FILE


def _write(directory: Directory, lines: Iterable[Line]) -> None:
    """Put the lock in its place whole, so that no half of one is ever read."""
    path = _path(directory)
    beside = path.with_suffix(".new")
    beside.write_text(text_of(lines), encoding="utf-8", newline="\n")
    beside.replace(path)

"""`linnet directory verify`: writes down that an entry was checked, by which role and how."""

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.directory.entries import Directory, chosen, read_directory
from bot.cli.directory.writing import replace_file
from bot.directory.checks import check_directory
from bot.directory.loader import load_service
from bot.directory.model import Check, Service, Status
from bot.directory.recording import flow_of, same_but_for_checks, with_check
from bot.directory.shape import GROUPS, SHAPE
from bot.documents import read
from bot.exceptions import DataError, SettingsError, UnclearError
from bot.problems import did_you_mean
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

WHOLE_DAY = len("2026-11-05")


def add(verbs: "Commands") -> None:
    """Add the command."""
    command = verbs.add_parser("verify", help="write down that an entry was checked")
    command.add_argument("id", metavar="ID")
    roles, ways = SHAPE["checks[].by"].choices, SHAPE["checks[].how"].choices
    command.add_argument("--by", required=True, choices=roles, help="a role, never a name")
    command.add_argument("--how", required=True, choices=ways)
    command.add_argument("--groups", default="", metavar="A,B", help=", ".join(GROUPS))
    command.add_argument("--answered", choices=("yes", "no"), help="of a test call")
    command.add_argument("--on", metavar="DATE", help="the day, when it was not today")
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Add the check to the file. Nothing is written unless the whole entry passes afterwards."""
    directory = read_directory(settings)
    (service,) = chosen(directory.services, [wanted.id], directory.problems)
    check = check_of(wanted, directory.today)
    path = directory.file_of(service)
    if (Path(__file__).parents[2] / "data").resolve() in path.resolve().parents:
        raise SettingsError("these are the entries that ship; set LINNET_DATA to your own folder")
    before = path.read_bytes()
    after = rewritten(before, service, check, directory)
    replace_file(path, before, after)
    print(f"{service.path}: wrote down {flow_of(check)}")
    for note in _notes(service, check):
        print(note)
    return 0


def _notes(service: Service, check: Check) -> Iterator[str]:
    """What a check alone does not do, where somebody might think that it does."""
    if service.status is not Status.ACTIVE:
        yield f"The entry is still {service.status}: no woman sees it."
    waits = any(key.startswith("wait.") for key in service.stated)
    if waits and check.how != "test_call" and (not check.groups or "wait" in check.groups):
        yield "The waiting time keeps a day of its own: change it in the file, under wait.as_of."


def check_of(wanted: argparse.Namespace, today: date) -> Check:
    """The check that was asked for. Raises SettingsError for one that cannot be."""
    groups = tuple(
        dict.fromkeys(part.strip() for part in wanted.groups.split(",") if part.strip())
    )
    for group in groups:
        if group not in GROUPS:
            known = ", ".join(GROUPS)
            near = did_you_mean(group, GROUPS) or f"; choose from: {known}"
            raise SettingsError(f"there is no group '{group}'{near}")
    if (wanted.how == "test_call") != (wanted.answered is not None):
        raise SettingsError("a test call needs --answered yes or no, and nothing else has it")
    if wanted.how == "test_call" and groups:
        raise SettingsError("a test call confirms no facts; leave --groups out")
    day = _day(wanted.on, today)
    return Check(day.isoformat(), wanted.by, wanted.how, groups, wanted.answered)


def _day(text: str | None, today: date) -> date:
    if text is None:
        return today
    try:
        day = date.fromisoformat(text if len(text) == WHOLE_DAY else "")
    except ValueError:
        raise SettingsError(f"--on '{text}' is not a day; write it as 2026-11-05") from None
    if day > today:
        raise SettingsError(f"--on {text} is in the future; write when it was")
    return day


def rewritten(before: bytes, service: Service, check: Check, directory: Directory) -> bytes:
    """The file with the check in it, read again to be sure.

    Raises DataError with all that is wrong with the entry, SettingsError when the check cannot be
    added by a program.
    """
    document, _ = read(before, service.path)
    try:
        # Bytes and not text, so that no end of a line is changed on the way.
        after = with_check(before.decode("utf-8"), check).encode()
    except UnclearError as error:
        raise SettingsError(f"{service.path}: {error}; add {flow_of(check)} by hand") from None
    made, unread = read(after, service.path)
    if made.root is None:
        raise SettingsError(f"{service.path} is written in an unusual way; add the check by hand")
    found, problems = load_service(made)
    problems = [*unread, *problems]
    if found is not None:
        others = [each for each in directory.services if each.id != service.id]
        data = directory.data
        problems += check_directory([*others, found], data.places, directory.today, data.gone)
    if wrong := [one for one in problems if one.level == "error" and one.path == service.path]:
        raise DataError(wrong)
    kept = document.root and same_but_for_checks(document.root, made.root)
    if found is None or not kept or not _is_added(service, found, check):
        raise SettingsError(f"{service.path} is written in an unusual way; add the check by hand")
    return after


def _is_added(before: Service, after: Service, check: Check) -> bool:
    return after.checks == (*before.checks, check)

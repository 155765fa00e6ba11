"""`linnet directory diff`: what changed in the directory, in words."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.directory.checklists import wrapped
from bot.cli.directory.entries import read_directory
from bot.cli.directory.history import read_commit, read_path
from bot.directory.changes import changes
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(verbs: "Commands") -> None:
    """Add the command."""
    command = verbs.add_parser("diff", help="what changed since a commit, a file or a folder")
    command.add_argument("before", nargs="?", default="HEAD", metavar="COMMIT|FILE|FOLDER")
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print the changes from `before` to the directory as it is now.

    Entries that cannot be read on either side are named on standard error; then the code is 1,
    because a change may be among them.
    """
    directory = read_directory(settings)
    path = Path(wanted.before)
    folder = directory.data.folders.directory / "services"
    there = bool(wanted.before) and path.exists()
    before, problems = read_path(path) if there else read_commit(folder, wanted.before)
    after = directory.services
    if there and path.is_file():
        ids = {service.id for service in before}
        after = tuple(service for service in after if service.id in ids)
    unread = [one for one in (*problems, *directory.data.problems) if one.level == "error"]
    unread = [one for one in unread if "/services/" in one.path or one in problems]
    found = list(changes(before, after))
    for line in wrapped(found or ["Nothing changed."], indent="    "):
        print(line)
    for problem in unread:
        print(problem, file=sys.stderr)
    return int(bool(unread))

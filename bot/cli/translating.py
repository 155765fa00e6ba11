"""`linnet locales`: the translators' tools."""

import argparse
import sys
from typing import TYPE_CHECKING

from bot import app
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Commands") -> None:
    """Add the commands."""
    group = commands.add_parser("locales", help="tools for translators")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    sync = verbs.add_parser("sync", help="bring the catalogues in step with the English words")
    sync.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 when something would change"
    )
    sync.set_defaults(run=run_sync)


def run_sync(wanted: argparse.Namespace, settings: Settings) -> int:
    """Write the catalogues that changed, or only say which would.

    Raises DataError, and touches no catalogue, while the English cannot be read whole.
    """
    data = app.read_data(app.folders(settings))
    changed = app.sync_catalogues(data, write=not wanted.check)
    for name in changed:
        print(f"{'would change' if wanted.check else 'changed'}: locales/{name}")
    if wanted.check and changed:
        print("linnet: run 'linnet locales sync' and commit what it changes", file=sys.stderr)
        return 1
    return 0

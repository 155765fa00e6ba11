"""`linnet locales`: the translators' tools; those of reviewers stand in `reviewing`."""

import argparse
import sys
from typing import TYPE_CHECKING

from bot import app
from bot.cli import checking, reviewing
from bot.cli.tables import as_csv
from bot.cli.waiting import waiting
from bot.locales.languages import ENGLISH
from bot.locales.recording_checks import recordables
from bot.locales.shelf import read_shelf
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Commands") -> None:
    """Add the commands."""
    group = commands.add_parser("locales", help="tools for translators and reviewers")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    sync = verbs.add_parser("sync", help="bring the catalogues in step with the English words")
    sync.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 when something would change"
    )
    sync.set_defaults(run=run_sync)
    check = verbs.add_parser("check", help="every mistake in the translations")
    check.add_argument("language", nargs="?", metavar="LANGUAGE", help="one of them: ur")
    check.add_argument("--format", choices=tuple(checking.FORMATS), default="text")
    check.set_defaults(run=run_check)
    recordings = verbs.add_parser("recordings", help="what can be read aloud, into which file")
    recordings.add_argument("language", metavar="LANGUAGE", help="for example: ur")
    recordings.set_defaults(run=run_recordings)
    reviewing.add(verbs)


def run_sync(wanted: argparse.Namespace, settings: Settings) -> int:
    """Write the catalogues and the table that changed, or only say which would.

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


def run_check(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print what `linnet check` finds below `locales/`; 1 when one of it is an error."""
    data = app.read_data(app.folders(settings))
    below = "locales/"
    if wanted.language is not None:
        reviewing.translated(read_shelf(data.folders.locales), wanted.language)
        below += wanted.language
    with waiting("checking the translations"):
        found = sorted(app.all_problems(data, app.today()))
    words = f"locales/words/{wanted.language}.yaml"
    told = [
        problem
        for problem in found
        if problem.path.startswith((below, words)) and problem.level != "info"
    ]
    for line in checking.FORMATS[wanted.format](told):
        print(line)
    return int(any(problem.level == "error" for problem in told))


def run_recordings(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print as CSV which file each text belongs into, and whether it is there. Always 0."""
    data = app.read_data(app.folders(settings))
    code = wanted.language
    if code != ENGLISH.code:
        reviewing.translated(read_shelf(data.folders.locales), code)
    found = recordables(data.folders.locales, code, app.messages(data))
    rows = [(one.file, "yes" if one.there else "no", one.where, one.words) for one in found]
    sys.stdout.write(as_csv(("file", "recorded", "where", "words"), rows))
    return 0

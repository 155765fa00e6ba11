"""`linnet play`: scripts of talks, played on the real conversation."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot import app
from bot.cli.waiting import waiting
from bot.conversation.acting import World
from bot.documents import read_file
from bot.exceptions import SettingsError
from bot.flows.model import Flows
from bot.problems import Problem
from bot.settings import Settings
from bot.workshop.coverage import missed
from bot.workshop.playing import Took, known_in, play
from bot.workshop.scripts import read_script

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

MOST_BYTES = 64 * 1024  # of one script


def add(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("play", help="play scripts of talks, and compare")
    command.add_argument("files", nargs="+", metavar="FILE", help="a script, or a folder of them")
    command.add_argument(
        "--coverage", action="store_true", help="also the steps and choices that no script took"
    )
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Play every script; 1 when one has a mistake or went another way.

    Raises SettingsError for a folder without scripts, DataError for flows with mistakes.
    """
    paths = list(_scripts(wanted.files))
    data = app.read_data(app.folders(settings))
    world = app.build_world(data, settings, app.today())
    took, problems, good = Took(), list[Problem](), 0
    with waiting("playing scripts"):
        for path in paths:
            found = played(path, world, took)
            good += not found
            problems += found
    for problem in problems:
        print(_harmless(str(problem)))
    print(f"{len(paths)} scripts, {good} as written")
    if wanted.coverage:
        for line in _coverage(data.flows, took):
            print(line)
    return int(bool(problems))


def _scripts(names: Sequence[str]) -> Iterator[Path]:
    for name in names:
        path = Path(name)
        if not path.is_dir():
            yield path
            continue
        inside = sorted(path.glob("*.yaml"))
        if not inside:
            raise SettingsError(f"there is no script in '{name}'; their names end in '.yaml'")
        yield from inside


def played(path: Path, world: World, took: Took) -> list[Problem]:
    """What is wrong with one script, or with how its talk went."""
    document, problems = read_file(path, path.as_posix(), MOST_BYTES)
    script, misread = read_script(document, known_in(world))
    if script is None or problems:
        return sorted([*problems, *misread])
    return play(script, world, app.now(), took)


def _harmless(line: str) -> str:
    """A line without signs that a terminal would obey: a script may come from anybody."""
    return "".join(
        "?" if ord(sign) < ord(" ") or "\x7f" <= sign <= "\x9f" else sign for sign in line
    )


def _coverage(flows: Flows, took: Took) -> Iterator[str]:
    left = list(missed(flows, took.steps, took.chosen))
    yield from map(str, left)
    yield f"{len(left)} steps and choices that no script took"

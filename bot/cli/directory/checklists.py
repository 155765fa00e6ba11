"""`linnet directory checklist`: the questions that are due, to e-mail or read on the phone."""

import argparse
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

from bot.cli.directory.entries import chosen, read_directory
from bot.directory.checklist import text_of
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

WIDTH = 76


def add(verbs: "Commands") -> None:
    """Add the command."""
    command = verbs.add_parser("checklist", help="the questions that are due for a service")
    command.add_argument("id", nargs="+", metavar="ID")
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print a letter for each entry named."""
    directory = read_directory(settings)
    for number, service in enumerate(chosen(directory.services, wanted.id, directory.problems)):
        if number:
            print(f"\n{'=' * WIDTH}\n")
        for line in wrapped(text_of(service, directory.today)):
            print(line)
    return 0


def wrapped(lines: Iterable[str], indent: str = "") -> Iterator[str]:
    """Lines of at most 76 characters; a link is never broken.

    `indent` begins what goes on, behind the spaces that the line itself begins with.
    """
    for line in lines:
        own = line[: len(line) - len(line.lstrip())]
        broken = wrap(
            line,
            WIDTH,
            subsequent_indent=own + indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        yield from broken or [""]

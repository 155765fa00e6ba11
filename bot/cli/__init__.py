"""The command line: one small file a group of commands, and one table that lists them.

Exit codes: 0 fine, 1 problems found, 2 wrong usage or settings.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from bot.cli import (
    chatting,
    checking,
    directory,
    drawing,
    insights,
    linking,
    playing,
    printing,
    serving,
    translating,
    walking,
)
from bot.exceptions import DataError, SettingsError
from bot.settings import read_settings

GROUPS = (
    *(chatting, serving, checking, drawing, walking, playing, directory, translating),
    *(linking, printing, insights),
)


def parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    root = argparse.ArgumentParser(
        prog="linnet",
        description="A private chat that helps a woman find a service that suits her.",
    )
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for group in GROUPS:
        group.add(commands)
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. A mistake is one line, never a traceback.

    A reader who goes away before the end is no mistake (0); a disk that is full is one (1).
    """
    wanted = parser().parse_args(arguments)
    try:
        return _run(wanted)
    except SettingsError as error:
        print(f"linnet: {error}", file=sys.stderr)
        return 2
    except DataError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print("linnet: put this right in the files first", file=sys.stderr)
        return 1
    except BrokenPipeError:
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        print(f"linnet: {error}", file=sys.stderr)
        return 1


def _run(wanted: argparse.Namespace) -> int:
    code = int(wanted.run(wanted, read_settings(os.environ)))
    if sys.stdout:
        sys.stdout.flush()  # here, where a fault is still caught
    return code


def _drop_output() -> None:
    """Give the interpreter somewhere to flush to what could not be written."""
    if sys.stdout:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

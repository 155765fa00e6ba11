"""The command line: one small file a group of commands, and one table that lists them.

Exit codes: 0 fine, 1 problems found, 2 wrong usage or settings.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from bot.cli import chatting, checking, drawing, translating
from bot.documents import DataError, SettingsError
from bot.settings import read_settings

GROUPS = (chatting, checking, drawing, translating)


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
    """Run one command and return its exit code. A mistake is one line, never a traceback."""
    wanted = parser().parse_args(arguments)
    try:
        return int(wanted.run(wanted, read_settings(os.environ)))
    except SettingsError as error:
        print(f"linnet: {error}", file=sys.stderr)
        return 2
    except DataError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print("linnet: put these right first; 'linnet check' shows all", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader has gone; give the interpreter somewhere to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 0

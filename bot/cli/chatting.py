"""`linnet chat`: the chat in this terminal, or a line of input a turn through a pipe."""

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

from bot import app
from bot.channels import terminal
from bot.documents import SettingsError
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("chat", help="chat in this terminal, or through a pipe")
    command.add_argument("--lang", metavar="CODE", help="start in this language, for example ur")
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Chat until the talk or the input ends."""
    app.start_logging(settings)
    turns = app.make_turns(settings)
    catalogues = turns.world.catalogues
    if wanted.lang and catalogues.resolve(wanted.lang) is None:
        known = ", ".join(language.code for language in catalogues.offered)
        raise SettingsError(f"there is no language '{wanted.lang}'; choose one of: {known}")
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a real stream here
    live = terminal.is_live(sys.stdin, sys.stdout)
    try:
        with asyncio.Runner() as runner:
            terminal.chat(
                # The keyboard is read outside the event loop, so that Ctrl-C ends the talk at once.
                lambda incoming: runner.run(turns.take(incoming)),
                sys.stdin.buffer,
                sys.stdout,
                language=wanted.lang,
                live=live,
            )
    finally:
        if live:
            terminal.wipe(sys.stdout)
    return 0

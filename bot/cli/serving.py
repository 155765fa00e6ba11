"""`linnet serve`: the program that stays up, on Telegram."""

import argparse
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("serve", help="serve on Telegram until Ctrl-C")
    command.set_defaults(run=run)


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Serve; see `bot.serving.serve`."""
    from bot import serving  # noqa: PLC0415  # a server and its keys are not needed by the others

    return serving.serve(settings)

"""`linnet serve`: the program that stays up: the web page, and Telegram where there is a token."""

import argparse
from typing import TYPE_CHECKING

from bot.exceptions import SettingsError
from bot.settings import Settings

LOOPBACK = ("127.0.0.1", "::1", "localhost")

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("serve", help="serve the web page, and Telegram, until Ctrl-C")
    command.add_argument(
        "--preview",
        action="store_true",
        help="show beside the chat what stands behind each card; on this machine only",
    )
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Serve; see `bot.serving.running.serve`.

    Raises SettingsError for a preview that others could reach: it shows what was answered.
    """
    from bot.channels.web.preview import preview  # noqa: PLC0415  # the other commands need no
    from bot.serving.running import serve  # noqa: PLC0415  # server

    if not wanted.preview:
        return serve(settings)
    if settings.host not in LOOPBACK or settings.telegram_token:
        raise SettingsError("a preview is for this machine only: unset LINNET_HOST and the token")
    return serve(settings, preview)

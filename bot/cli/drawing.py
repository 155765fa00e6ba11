"""`linnet graph`: the flows as a Mermaid drawing."""

import argparse
from typing import TYPE_CHECKING

from bot import app
from bot.exceptions import DataError, SettingsError
from bot.flows.drawing import mermaid
from bot.problems import did_you_mean
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(commands: "Commands") -> None:
    """Add the command."""
    command = commands.add_parser("graph", help="draw the flows (Mermaid)")
    command.add_argument("flow", nargs="?", metavar="FLOW", help="only this flow")
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print the drawing. Flows that cannot be read are an error, not half a drawing."""
    data = app.read_data(app.folders(settings))
    if unread := app.errors_in(data.problems, "flows"):
        raise DataError(unread)
    if wanted.flow and wanted.flow not in data.flows.by_id:
        near = did_you_mean(wanted.flow, data.flows.by_id)
        raise SettingsError(f"there is no flow '{wanted.flow}'{near}")
    print(mermaid(data.flows, wanted.flow))
    return 0

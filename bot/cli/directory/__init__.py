"""`linnet directory`: tools for services, outreach workers and commissioners, one file a tool."""

import argparse
from typing import TYPE_CHECKING

from bot.cli.directory import (
    auditing,
    calling,
    checklists,
    comparing,
    exporting,
    gap_mapping,
    importing,
    locking,
    previewing,
    schema_writing,
    showing,
    starting,
    verifying,
)

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

TOOLS = (
    starting,
    showing,
    previewing,
    checklists,
    verifying,
    locking,
    calling,
    comparing,
    auditing,
    gap_mapping,
    schema_writing,
    exporting,
    importing,
)


def add(commands: "Commands") -> None:
    """Add the commands."""
    group = commands.add_parser("directory", help="tools for services and commissioners")
    verbs = group.add_subparsers(dest="verb", required=True, metavar="VERB")
    for tool in TOOLS:
        tool.add(verbs)

"""`linnet directory schema`: the schema of an entry, for editors that complete and explain."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot import app
from bot.directory.schema import schema_text
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

NAME = "service.schema.json"


def add(verbs: "Commands") -> None:
    """Add the command."""
    command = verbs.add_parser("schema", help="the schema that editors complete an entry by")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--write", action="store_true", help="write it into the directory folder")
    what.add_argument("--check", action="store_true", help="only say whether the file is right")
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print the schema, write it, or say whether it is right; 1 when it is not."""
    if not (wanted.write or wanted.check):
        sys.stdout.write(schema_text())
        return 0
    path = app.folders(settings).directory / NAME
    if wanted.write:
        path.write_text(schema_text(), encoding="utf-8", newline="\n")
        print(f"written: directory/{NAME}")
        return 0
    right = is_right(path)
    known = "is right" if right else "is not right; run: linnet directory schema --write"
    print(f"directory/{NAME} {known}")
    return int(not right)


def is_right(path: Path) -> bool:
    """Whether the file is there and has the bytes that the shape makes today."""
    return path.is_file() and path.read_bytes() == schema_text().encode()

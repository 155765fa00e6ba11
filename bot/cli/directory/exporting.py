"""`linnet directory export`: the directory in the open standards other directories read."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.directory.entries import Directory, read_directory
from bot.directory.checks import fit_to_show
from bot.directory.hsds.exporting import service_record
from bot.directory.hsds.profile import uk_record
from bot.directory.hsds.records import Record
from bot.directory.hsds.standard import TABLES
from bot.directory.hsds.tables import csv_text, datapackage, rows_of
from bot.directory.hsds.taxonomy import taxonomy, terms
from bot.directory.model import Service
from bot.exceptions import SettingsError
from bot.problems import did_you_mean
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

FORMATS = ("hsds", "uk", "csv", "taxonomy")


def add(verbs: "Commands") -> None:
    """Add the command."""
    command = verbs.add_parser("export", help="write the directory in HSDS or Open Referral UK")
    command.add_argument("--format", choices=FORMATS, default="hsds", help="hsds when not given")
    command.add_argument("--out", metavar="PATH", type=Path, help="a file; for csv a folder")
    command.add_argument("--council", metavar="COUNCIL", help="only what names this council")
    command.add_argument(
        "--drafts",
        action="store_true",
        help="drafts, paused and closed entries too; not to publish",
    )
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Write the entries; 0. Raises SettingsError for an unknown council and a missing folder."""
    if wanted.format == "taxonomy":
        _write_file(wanted.out, document({**taxonomy(), "taxonomy_terms": [*terms()]}))
        return 0
    directory = read_directory(settings)
    services = exported(directory, drafts=wanted.drafts, council=wanted.council)
    councils = {id: council.name for id, council in directory.data.places.councils.items()}
    records = [service_record(service, councils) for service in services]
    if wanted.format == "csv":
        if wanted.out is None:
            raise SettingsError("csv is several files; say in which folder with --out FOLDER")
        _write_folder(wanted.out, tables(records))
    else:
        text = document(
            [uk_record(each) for each in records] if wanted.format == "uk" else records
        )
        _write_file(wanted.out, text)
    if wanted.out is not None:
        count = "1 entry" if len(records) == 1 else f"{len(records)} entries"
        print(f"{count} written to {wanted.out}")
    return 0


def exported(directory: Directory, *, drafts: bool, council: str | None) -> tuple[Service, ...]:
    """The entries to write, in file order: those a woman can be shown, or all that have no error.

    An entry whose service does not want to be listed is never among them.
    """
    known = directory.data.places.councils
    if council is not None and council not in known:
        raise SettingsError(f"there is no council '{council}'{did_you_mean(council, known)}")
    wrong = {problem.path for problem in directory.problems if problem.level == "error"}
    sound = [service for service in directory.services if service.path not in wrong]
    services = sound if drafts else fit_to_show(directory.services, directory.problems)
    return tuple(
        service
        for service in services
        if "do_not_list" not in service.facts or service.has("do_not_list", "no")
        if council is None or council in service.councils
    )


def document(records: Record | Sequence[Record]) -> str:
    """The records as one JSON document; the same records are the same bytes."""
    return f"{json.dumps(records, ensure_ascii=False, indent=1)}\n"


def tables(records: Iterable[Record]) -> Mapping[str, str]:
    """The records as CSV files by name, with the `datapackage.json` that lists them."""
    rows = rows_of(records)
    files = {TABLES[table].file: csv_text(table, found) for table, found in rows.items()}
    return {**files, "datapackage.json": datapackage(rows)}


def _write_file(path: Path | None, text: str) -> None:
    if path is None:
        sys.stdout.write(text)
        return
    if path.is_dir():
        raise SettingsError(f"'{path}' is a folder; --out takes a file here")
    _replace(path, text)


def _write_folder(folder: Path, files: Mapping[str, str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise SettingsError(f"'{folder}' is a file; --out takes a folder for csv")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        _replace(folder / name, text)


def _replace(path: Path, text: str) -> None:
    """Write a whole file or leave the old one as it was."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)

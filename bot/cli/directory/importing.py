"""`linnet directory import`: services of other directories as drafts, with what to ask."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.directory.entries import Directory, read_directory
from bot.directory.findings import Around
from bot.directory.hsds.importing import Draft, drafts_of
from bot.directory.hsds.records import Record
from bot.directory.hsds.tables import FILES, read_csv, services_of
from bot.directory.hsds.untrusted import (
    MAX_BYTES,
    RefusedError,
    read_json,
    refuse,
    services_in,
)
from bot.exceptions import SettingsError
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(verbs: "Commands") -> None:
    """Add the command."""
    command = verbs.add_parser("import", help="make drafts from HSDS or Open Referral UK")
    command.add_argument("file", metavar="FILE", help="JSON, a folder of CSV tables, or '-'")
    command.add_argument("--out", metavar="FOLDER", type=Path, help="where to write the drafts")
    command.add_argument(
        "--skip-unknown", action="store_true", help="leave out keys that no standard knows"
    )
    command.set_defaults(run=run)


def run(wanted: argparse.Namespace, settings: Settings) -> int:
    """Write or print the drafts; 1 when anything is wrong, and then nothing is written."""
    if wanted.out is not None and wanted.out.exists() and not wanted.out.is_dir():
        raise SettingsError(f"'{wanted.out}' is a file; --out takes a folder")
    directory = read_directory(settings)
    try:
        drafts = _drafts(wanted, directory)
    except RefusedError as error:
        for refusal in error.refusals:
            print(f"{wanted.file}: {refusal}", file=sys.stderr)
        count = len(error.refusals)
        are = "1 thing is" if count == 1 else f"{count} things are"
        print(f"linnet: {are} wrong; nothing was imported", file=sys.stderr)
        return 1
    if wanted.out is None:
        for draft in drafts:
            print(f"# {draft.id}.yaml\n{draft.text}")
        return 0
    for line in _written(wanted.out, drafts):
        print(line)
    return 0


def _drafts(wanted: argparse.Namespace, directory: Directory) -> list[Draft]:
    file = None if wanted.file == "-" else Path(wanted.file)
    at, services = read_services(file)
    taken = {service.id for service in directory.services}
    # An entry with a mistake has no service, but its name is taken all the same.
    taken |= {path.stem for path in directory.data.folders.directory.rglob("*.yaml")}
    if wanted.out is not None:
        taken |= {path.stem for path in wanted.out.glob("*.yaml")}
    return drafts_of(
        services,
        Around(directory.data.places, directory.today, directory.data.gone),
        taken=taken,
        source=f"{file.name if file else 'a pipe'} (Open Referral data)",
        at=at,
        skip_unknown=wanted.skip_unknown,
    )


def read_services(path: Path | None) -> tuple[str, list[Record]]:
    """The services of a JSON file or of a folder of tables, and where they stand in it.

    None: the JSON comes through a pipe. Raises RefusedError for what cannot be taken or opened.
    """
    if path is None:
        return services_in(read_json(sys.stdin.buffer.read(MAX_BYTES + 1)))
    if not path.is_dir():
        return services_in(read_json(_read(path, MAX_BYTES)))
    files = [file for file in sorted(path.glob("*.csv")) if file.name in FILES]
    if sum(file.stat().st_size for file in files) > MAX_BYTES:
        raise refuse("the folder", "its tables together are larger than 10 MB")
    rows = {FILES[file.name]: read_csv(_read(file, MAX_BYTES), file.name) for file in files}
    if "service" not in rows:
        raise refuse("the folder", "it has no 'services.csv'")
    return "services.csv", services_of(rows)


def _read(path: Path, most: int) -> bytes:
    """The file, or one byte more than allowed, which is enough to refuse it."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError:
        raise refuse("the file", "it cannot be opened") from None


def _written(folder: Path, drafts: Sequence[Draft]) -> Iterator[str]:
    """Write every draft as a new file, or none; then say what to ask, as lines."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    try:
        for draft in drafts:
            path = folder / f"{draft.id}.yaml"
            with path.open("x", encoding="utf-8") as file:
                made.append(path)
                file.write(draft.text)
    except OSError:
        for path in made:
            path.unlink(missing_ok=True)
        raise
    for path, draft in zip(made, drafts, strict=True):
        yield f"{path}: {draft.name}"
        yield from (f"  - {ask}" for ask in draft.asks)
    count = f"{len(drafts)} draft{'' if len(drafts) == 1 else 's'}"
    yield f"{count} written; ask, then change them and run 'linnet check'"

"""`linnet locales status`, `export` and `import`: how far languages are, and sheets for reviewers."""

import argparse
import csv
import io
import json
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from bot import app
from bot.cli.tables import as_csv, as_text, safe_cell
from bot.exceptions import DataError, SettingsError
from bot.locales.languages import Language, Step
from bot.locales.ledger import ROLES, STEPS, Review
from bot.locales.pofile import PoFile
from bot.locales.sheets import HEAD, rows, take
from bot.locales.shelf import Shelf, put, read_shelf
from bot.locales.standing import HEAD as STATUS_HEAD
from bot.locales.standing import standings, table
from bot.problems import did_you_mean
from bot.settings import Settings

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

MOST_BYTES = 8 * 1024 * 1024  # of a sheet


def add(verbs: "Commands") -> None:
    """Add the commands."""
    status = verbs.add_parser("status", help="how far each language has come")
    status.add_argument("--format", choices=("text", "json"), default="text")
    status.add_argument(
        "--at-least", choices=STEPS, help="exit 1 when a language has not come so far"
    )
    status.set_defaults(run=run_status)
    export = verbs.add_parser("export", help="a sheet for a reviewer, with the English beside it")
    export.add_argument("language", metavar="LANGUAGE", help="for example: ur")
    export.add_argument("--safety", action="store_true", help="only what a life may depend on")
    export.add_argument(
        "--below", choices=STEPS, help="only what has not come so far in its review"
    )
    export.add_argument("--out", metavar="FILE", type=Path, help="where to write; else printed")
    export.set_defaults(run=run_export)
    take_back = verbs.add_parser("import", help="take back what a reviewer wrote")
    take_back.add_argument("language", metavar="LANGUAGE")
    take_back.add_argument("file", metavar="FILE", help="the sheet as CSV, or '-'")
    take_back.add_argument("--step", required=True, choices=STEPS, help="what was done")
    take_back.add_argument("--role", required=True, choices=ROLES, help="as what; never a name")
    take_back.add_argument("--month", metavar="YYYY-MM", help="when; left out: this month")
    take_back.set_defaults(run=run_import)


def translated(shelf: Shelf, code: str) -> tuple[Language, PoFile]:
    """The language and its catalogue. Raises SettingsError where there is none."""
    found = shelf.translated(code)
    if found is None:
        codes = [one.code for one in shelf.languages.all if shelf.translated(one.code)]
        meant = did_you_mean(code, codes) or f"; there is: {', '.join(codes)}"
        raise SettingsError(f"there is no catalogue '{code}'{meant}")
    return found


def _shelf(data: app.Data) -> Shelf:
    """The shelf. Raises DataError while its lists cannot be read: a review could be lost."""
    shelf = read_shelf(data.folders.locales)
    errors = [problem for problem in shelf.problems if problem.level == "error"]
    if errors:
        raise DataError(errors)
    return shelf


def run_status(wanted: argparse.Namespace, settings: Settings) -> int:
    """Print the table; with `--at-least`, 1 when a language is behind it, for CI."""
    data = app.read_data(app.folders(settings))
    shelf = _shelf(data)
    found = standings(app.messages(data), shelf.folder, shelf.languages, shelf.ledger)
    if wanted.format == "json":
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        for line in as_text(STATUS_HEAD, table(found)):
            print(line)
    if wanted.at_least is None:
        return 0
    return int(any(one.step.rank < Step(wanted.at_least).rank for one in found))


def run_export(wanted: argparse.Namespace, settings: Settings) -> int:
    """Write or print the sheet as CSV, in UTF-8 with the mark that spreadsheets look for."""
    shelf = _shelf(app.read_data(app.folders(settings)))
    language, file = translated(shelf, wanted.language)
    below = Step(wanted.below).rank if wanted.below else 0
    reviews = shelf.ledger.get(language.code, {})
    found = rows(file, reviews, only_safety=wanted.safety, below=below)
    text = "\ufeff" + as_csv(HEAD, found)
    if wanted.out is None:
        sys.stdout.write(text)
        return 0
    try:
        wanted.out.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise SettingsError(f"'{wanted.out}' cannot be written: {error.strerror}") from None
    print(f"{len(found)} rows: {wanted.out}")
    return 0


def run_import(wanted: argparse.Namespace, settings: Settings) -> int:
    """Take a sheet: the better words and the reviews. 1, and nothing is written, with any fault."""
    data = app.read_data(app.folders(settings))
    shelf = _shelf(data)
    language, file = translated(shelf, wanted.language)
    month = wanted.month or f"{app.today():%Y-%m}"
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month):
        raise SettingsError(f"--month is '{month}'; write it like 2026-11")
    taken = take(
        _sheet(wanted.file),
        file,
        app.messages(data),
        language,
        shelf.ledger.get(language.code, {}),
        Review(Step(wanted.step), month, wanted.role),
        shelf.languages.same,
    )
    for fault in taken.wrong:
        print(f"{wanted.file}: {fault}", file=sys.stderr)
    if taken.wrong:
        print("linnet: nothing was taken", file=sys.stderr)
        return 1
    put(shelf, language, file, taken)
    print(f"{taken.read} read, {taken.changed} of them changed, {taken.doubtful} doubtful")
    return 0


def _sheet(name: str) -> list[list[str]]:
    """The rows of a CSV file, without the apostrophe that keeps a cell from being a formula."""
    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1) if name == "-" else _bytes(Path(name))
        if len(data) > MOST_BYTES:
            raise SettingsError(f"'{name}' is too large for a sheet")
        text = data.decode("utf-8-sig")
        # Spreadsheets of many countries part cells with a semicolon.
        apart = ";" if ";" in text.partition("\n")[0] else ","
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=apart))
    except OSError as error:
        raise SettingsError(f"'{name}' cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error):
        raise SettingsError(f"'{name}' is no sheet; save it as CSV in UTF-8") from None
    return [[_plain(cell) for cell in row] for row in found]


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and safe_cell(cell[1:]) == cell else cell

"""A folder of locales with one Polish catalogue in which every message has a translation."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

from bot.locales import pofile
from bot.locales.languages import Step, catalogue_path, read_languages
from bot.locales.ledger import Review, fingerprint, written
from bot.locales.pofile import Entry, PoFile
from bot.locales.sync import catalogue, sync_folder
from tests.locales.examples import MESSAGES

SHIPPED = Path(__file__).parents[2] / "locales"
WORDS = {
    "Where are you now?": ("Gdzie jesteś?",),
    "In danger? Ring 999.": ("Zagrożenie? Zadzwoń pod 999.",),
    "Open until $time": ("Otwarte do $time",),
    "Back": ("Wstecz",),
    "back | go back": ("wstecz | cofnij",),
    "$count place": ("$count miejsce", "$count miejsca", "$count miejsc"),
    "NHS": ("NHS",),
}


def make(folder: Path) -> Path:
    """Fill `folder` and return it."""
    (folder / "languages.yaml").write_bytes((SHIPPED / "languages.yaml").read_bytes())
    languages, _ = read_languages(folder)
    sync_folder(MESSAGES, folder, languages)
    file = polish(folder)
    entries = [replace(entry, forms=WORDS[entry.msgid]) for entry in file.entries]
    path = catalogue_path(folder, "pl")
    path.write_bytes(catalogue(file, languages.get("pl"), entries))
    return folder


def copy_few(folder: Path, *codes: str) -> None:
    """The shipped locales with only these languages and English, so that a check is quick."""
    others = {path.parent.parent.name for path in SHIPPED.glob("*/LC_MESSAGES/bot.po")} - {*codes}
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("README.md", *others))
    page = folder / "languages.yaml"
    text = page.read_text(encoding="utf-8")
    for code in others:
        text = re.sub(rf"(?ms)^  {code}:\n.*?(?=^  [a-z][a-z]:\n|\Z)", "", text)
        (folder / "words" / f"{code}.yaml").unlink()
    page.write_text(text, encoding="utf-8")


def polish(folder: Path) -> PoFile:
    """Its catalogue."""
    file = pofile.read(catalogue_path(folder, "pl").read_bytes())
    assert isinstance(file, PoFile)
    return file


def read_as(step: str, *entries: Entry) -> dict[str, Review]:
    """Reviews that brought these messages to a step."""
    review = Review(Step(step), "2026-11", "interpreter")
    return {fingerprint(entry): review for entry in entries}


def keep(folder: Path, reviews: dict[str, Review], code: str = "pl") -> None:
    """Write the ledger."""
    (folder / "review.json").write_bytes(written({code: reviews}))

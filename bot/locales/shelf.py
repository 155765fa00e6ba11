"""The shelf: the folder of locales as a whole, its languages with what people have read of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.locales.extraction import Message
from bot.locales.languages import ENGLISH, Language, Languages, catalogue_path, read_languages
from bot.locales.ledger import FILE, Ledger, read_ledger, stale, with_reviews, written
from bot.locales.pofile import PoFile, Unreadable, read
from bot.locales.sheets import Taken
from bot.locales.standing import PAGE, standings, with_table
from bot.locales.sync import catalogue, sync_folder, would_change
from bot.problems import Problem


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands in one folder of locales; `problems` are those of its two lists."""

    folder: Path
    languages: Languages
    ledger: Ledger
    problems: tuple[Problem, ...]

    def translated(self, code: str) -> tuple[Language, PoFile] | None:
        """A language and its catalogue; None where there is none, or none that can be read."""
        language = self.languages.get(code)
        path = catalogue_path(self.folder, code)
        if language is None or code == ENGLISH.code or not path.is_file():
            return None
        file = read(path.read_bytes())
        return None if isinstance(file, Unreadable) else (language, file)

    def stale(self) -> list[Problem]:
        """A note for each review of words that have changed since."""
        return stale(self.ledger, self.folder)


def read_shelf(folder: Path) -> Shelf:
    """Read the two lists and, where there are reviews, the catalogues. Never raises for the files."""
    languages, unusable = read_languages(folder)
    ledger, unread = read_ledger(folder)
    return Shelf(folder, with_reviews(languages, folder, ledger), ledger, (*unusable, *unread))


def sync_shelf(shelf: Shelf, messages: Iterable[Message], *, write: bool) -> list[Path]:
    """Bring the catalogues in step and the table of the page up to date; what changed, or would."""
    messages = tuple(messages)
    bring = sync_folder if write else would_change
    changed = bring(messages, shelf.folder, shelf.languages)
    page = shelf.folder / PAGE
    before = page.read_text(encoding="utf-8") if page.is_file() else ""
    found = standings(messages, shelf.folder, shelf.languages, shelf.ledger)
    after = with_table(before, found)
    if after == before:
        return changed
    if write:
        page.write_text(after, encoding="utf-8")
    return [*changed, page]


def put(shelf: Shelf, language: Language, file: PoFile, taken: Taken) -> None:
    """Write what a sheet changed: the catalogue and the ledger."""
    path = catalogue_path(shelf.folder, language.code)
    path.write_bytes(catalogue(file, language, taken.entries))
    ledger = {**shelf.ledger, language.code: taken.reviews}
    (shelf.folder / FILE).write_bytes(written(ledger))

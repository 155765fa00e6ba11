"""Sheets: a catalogue as rows for people who review it, and what they wrote there taken back.

A reviewer needs no program for translators: a spreadsheet with the English and the translation side
by side. Whoever has an hour reads the safety words first, so they stand first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.locales.checks import check_entry
from bot.locales.extraction import PHRASES, Message
from bot.locales.languages import Language
from bot.locales.ledger import Review, Reviews, fingerprint, step_of
from bot.locales.pofile import Entry, PoFile
from bot.locales.voice import TYPED

HEAD = ("id", "where", "note", "English", "translation", "right", "better words")
YES = frozenset({"yes", "y", "x", "ok", "right", "true", "1", "\u2713", "\u2714"})
NO = frozenset({"", "no", "n", "wrong", "false", "0", "?"})
MOST_CELL = 4000  # characters
_SHORT = 16  # letters of a hash that tell two messages apart

# Where a reviewer begins after the safety words: what everybody reads, then the rest.
_FIRST_FILES = ("flows/welcome.yaml", "flows/triage.yaml", "flows/about.yaml", PHRASES)

Row = Sequence[str]


def rows(
    file: PoFile, reviews: Reviews, *, only_safety: bool = False, below: int = 0
) -> list[tuple[str, ...]]:
    """The rows under `HEAD`: safety words first, then the first screens, buttons, and the rest.

    A text that counts something has a row for each form. `below` leaves out the messages whose
    review has come to that rank, 0 for none. What has no translation is in it, with an empty cell.
    """
    entries = sorted(file.entries, key=_place)
    return [
        row
        for entry in entries
        if entry.safety or not only_safety
        if not below or step_of(entry, reviews).rank < below
        for row in _rows(entry)
    ]


def _place(entry: Entry) -> tuple[bool, bool, bool]:
    first = entry.paths[0].startswith(_FIRST_FILES) if entry.paths else False
    return (not entry.safety, entry.context == TYPED, not first)


def _rows(entry: Entry) -> Iterator[tuple[str, ...]]:
    where = entry.paths[0] if entry.paths else ""
    note = "; ".join(entry.remarks)
    for number, form in enumerate(entry.forms):
        english = entry.plural if number and entry.plural else entry.msgid
        yield (f"{fingerprint(entry)[:_SHORT]}.{number}", where, note, english, form, "", "")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a sheet changes: the catalogue's entries, the reviews, how many words are doubtful.

    `wrong` has a sentence for each row that cannot be used; then nothing of the sheet should be.
    """

    entries: tuple[Entry, ...]
    reviews: Reviews
    changed: int = 0
    read: int = 0
    doubtful: int = 0
    wrong: tuple[str, ...] = ()


def take(
    sheet: Iterable[Row],
    file: PoFile,
    messages: Iterable[Message],
    language: Language,
    reviews: Reviews,
    review: Review,
    same: tuple[str, ...] = (),
) -> Taken:
    """The catalogue and the reviews after a sheet; pure, nothing is written.

    A message counts as read when every row of it says so, or has better words. Words changed in
    the column of the translation count as better words. A message of which one row says no stays
    as it is, and is doubtful. The first row may be the head.
    """
    by_id = {fingerprint(entry)[:_SHORT]: entry for entry in file.entries}
    told = {message.key: message for message in messages}
    answers, wrong = _answers(sheet, by_id)
    entries = {entry.key: entry for entry in file.entries}
    kept = dict(reviews)
    changed = read = doubtful = 0
    for key, cells in answers.items():
        entry = by_id[key]
        better = _with(entry, cells)
        if all(cell.untouched for cell in cells.values()):
            continue
        if not all(cell.yes or cell.words for cell in cells.values()) or len(cells) < len(
            entry.forms
        ):
            doubtful += 1
            continue
        message = told.get(entry.key)
        faults = check_entry(better, message, language, same) if message else []
        if faults:
            line = next(iter(cells.values())).line
            wrong += [f"row {line}: {fault}" for fault in faults]
            continue
        entries[entry.key] = better
        kept[fingerprint(better)] = review
        changed += better.forms != entry.forms
        read += 1
    return Taken(tuple(entries.values()), kept, changed, read, doubtful, tuple(wrong))


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a reviewer wrote about one form."""

    line: int
    yes: bool
    untouched: bool
    words: str


def _answers(
    sheet: Iterable[Row], by_id: Mapping[str, Entry]
) -> tuple[dict[str, dict[int, _Cell]], list[str]]:
    found: dict[str, dict[int, _Cell]] = {}
    wrong: list[str] = []
    for line, row in enumerate(sheet, 1):
        if not any(cell.strip() for cell in row) or row[0].strip() == HEAD[0]:
            continue
        fault = _fault(row, by_id)
        if fault:
            wrong.append(f"row {line}: {fault}")
            continue
        key, _, number = row[0].strip().partition(".")
        found.setdefault(key, {})[int(number)] = _cell(line, row, by_id[key].forms[int(number)])
    return found, wrong


def _fault(row: Row, by_id: Mapping[str, Entry]) -> str:
    if len(row) < len(HEAD):
        return f"there are {len(row)} columns; a sheet has {len(HEAD)}: {', '.join(HEAD)}"
    key, _, number = row[0].strip().partition(".")
    entry = by_id.get(key)
    if entry is None or number not in map(str, range(len(entry.forms))):
        return "these words have changed since the sheet was made; export it again"
    if max(map(len, row)) > MOST_CELL:
        return f"a cell has more than {MOST_CELL} characters"
    if row[5].strip().casefold() not in YES | NO:
        return f"'{row[5].strip()[:20]}' in the column 'right'; write yes or no"
    return ""


def _cell(line: int, row: Row, form: str) -> _Cell:
    right, written = row[5].strip().casefold(), row[4].strip()
    words = row[6].strip() or (written if written != form.strip() else "")
    return _Cell(line, right in YES, not right and not words, words)


def _with(entry: Entry, cells: Mapping[int, _Cell]) -> Entry:
    forms = tuple(
        cells[number].words if number in cells and cells[number].words else form
        for number, form in enumerate(entry.forms)
    )
    return replace(entry, forms=forms, fuzzy=False, previous="")

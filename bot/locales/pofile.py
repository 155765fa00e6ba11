"""PO files: the messages of one file, read through Babel and written byte for byte the same.

Babel reads; the writer is our own, because Babel wraps long comments, forgets `#| msgid` and puts
dates into every header, so that a file would change without anyone changing it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import takewhile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as BabelMessage
from babel.messages.pofile import PoFileError, PoFileParser, normalize

Key = tuple[str, str]  # context, English


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a file. `forms` is empty strings where nothing is translated yet.

    `paths` say where the English stands (`flows/triage.yaml steps.area.ask`); `remarks` are what
    the program tells the translator, `comments` what translators tell one another; `previous` is
    the English that a fuzzy translation was made for. `line` counts from 1.
    """

    context: str
    msgid: str
    plural: str
    forms: tuple[str, ...]
    fuzzy: bool = False
    previous: str = ""
    paths: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    line: int = 1

    @property
    def key(self) -> Key:
        """What the program looks the message up by."""
        return self.context, self.msgid

    @property
    def translated(self) -> bool:
        """Whether every form has words."""
        return bool(self.forms) and all(form.strip() for form in self.forms)

    @property
    def safety(self) -> bool:
        """Whether it is marked as words that must not be shown half translated."""
        return SAFETY in self.remarks


@dataclass(frozen=True, slots=True)
class PoFile:
    """One file: the comments at its head, its `Plural-Forms`, its messages in file order."""

    head: tuple[str, ...]
    plural_forms: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The file is no PO; `line` counts from 1."""

    line: int
    reason: str


PATH = "path: "
SAFETY = "safety"
MOST_FORMS = 6  # plural groups of the Unicode tables; Arabic and Welsh have them all
_PREVIOUS = "| msgid "
# Babel raises whatever a broken line runs into; the list is what a fuzz of broken files brought up.
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError)
_FIELDS = (
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=UTF-8"),
    ("Content-Transfer-Encoding", "8bit"),
    # What GNU's msgfmt misses otherwise. Who wrote it and when is in git; names stay out of here.
    ("Project-Id-Version", "Linnet"),
    ("PO-Revision-Date", "git knows the day and the YEAR"),
    ("Last-Translator", "see locales/README.md"),
    ("Language-Team", "see locales/README.md"),
)


class _Catalogue(Catalog):
    """A catalogue of a language with at most `MOST_FORMS` plural forms; ValueError for more."""

    @property
    def num_plurals(self) -> int:
        count = super().num_plurals
        if count > MOST_FORMS:
            # Babel makes room for every form of every message: one line would take all memory.
            raise ValueError("no language has so many plural forms")
        return count


def read(data: bytes) -> PoFile | Unreadable:
    """The messages of a PO file, or why it cannot be read. Obsolete messages are left out."""
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
        catalog = _Catalogue(charset="utf-8")
        reader = PoFileParser(catalog, ignore_obsolete=True, abort_invalid=True)
        reader.parse(BytesIO(text.encode()))
        found = [_entry(message) for message in catalog if message.id]
    except PoFileError as error:
        return Unreadable(error.lineno + 1, "this line is not part of a PO file")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Unreadable(line, "this file is not UTF-8; save it as UTF-8")
    except _BROKEN:
        return Unreadable(
            1, "this file is not a PO file; open it in Poedit to see where it breaks"
        )
    # Not `mime_headers`: those are what Babel would write, without plurals for a new language.
    return PoFile(_head(text), catalog.plural_forms, tuple(found))


Files = Mapping[Path, tuple[bytes, PoFile | Unreadable]]  # what stood there, and what it says


def read_files(paths: Iterable[Path]) -> Files:
    """Those of the files that are there, each read once; for whoever looks at all of them twice."""
    there = {path: path.read_bytes() for path in paths if path.is_file()}
    return {path: (data, read(data)) for path, data in there.items()}


def entries_of(path: Path) -> tuple[Entry, ...]:
    """The messages of the file at `path`; none where there is no file, or none that can be read."""
    file = read(path.read_bytes()) if path.is_file() else None
    return file.entries if isinstance(file, PoFile) else ()


def _head(text: str) -> tuple[str, ...]:
    # Babel would put today's year and names of its own into these lines.
    lines = takewhile(lambda line: line.startswith("#"), text.splitlines())
    return tuple(line.removeprefix("#").strip() for line in lines if line[:2] in {"#", "# "})


def _entry(message: BabelMessage) -> Entry:
    ids = message.id if isinstance(message.id, tuple | list) else (message.id, "")
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    notes = [note for note in message.auto_comments if note]
    previous = [line for line in message.user_comments if line.startswith("| ")]
    return Entry(
        context=message.context or "",
        msgid=ids[0],
        plural=ids[1],
        forms=tuple(form or "" for form in forms),
        fuzzy="fuzzy" in message.flags,
        previous=_unquoted(previous),
        paths=tuple(note.removeprefix(PATH) for note in notes if note.startswith(PATH)),
        remarks=tuple(note for note in notes if not note.startswith(PATH)),
        comments=tuple(line for line in message.user_comments if not line.startswith("| ")),
        line=message.lineno or 1,
    )


def _unquoted(lines: list[str]) -> str:
    """The text of `| msgid "…"` and the quoted lines after it."""
    quoted = [line.removeprefix(_PREVIOUS).removeprefix("| ") for line in lines]
    return "".join(_unescape(part) for part in quoted if part.startswith('"'))


def _unescape(quoted: str) -> str:
    plain = {"n": "\n", "t": "\t", "r": "\r"}
    return re.sub(r"\\(.)", lambda found: plain.get(found[1], found[1]), quoted[1:-1])


def write(head: Iterable[str], header: Mapping[str, str], entries: Iterable[Entry]) -> bytes:
    """A PO file: `head` as comment lines, `header` before the fixed fields, then the entries."""
    lines = [f"# {line}".rstrip() for line in head]
    fields = [f"{name}: {value}" for name, value in (*header.items(), *_FIELDS)]
    lines += ['msgid ""', "msgstr " + _quoted("".join(f"{field}\n" for field in fields)), ""]
    for entry in entries:
        lines += [*_block(entry), ""]
    return "\n".join(lines).encode()


def _block(entry: Entry) -> list[str]:
    lines = [f"# {comment}".rstrip() for comment in entry.comments]
    lines += [f"#. {PATH}{path}" for path in entry.paths]
    lines += [f"#. {remark}" for remark in entry.remarks]
    lines += [f"#: {file}" for file in dict.fromkeys(path.split()[0] for path in entry.paths)]
    lines += ["#, fuzzy"] if entry.fuzzy else []
    if entry.previous:
        lines += [f"#| {line}" for line in ("msgid " + _quoted(entry.previous)).splitlines()]
    lines += [f"msgctxt {_quoted(entry.context)}"] if entry.context else []
    lines += [f"msgid {_quoted(entry.msgid)}"]
    if not entry.plural:
        return [*lines, f"msgstr {_quoted(entry.forms[0])}"]
    lines += [f"msgid_plural {_quoted(entry.plural)}"]
    return [*lines, *(f"msgstr[{n}] {_quoted(form)}" for n, form in enumerate(entry.forms))]


def _quoted(text: str) -> str:
    return str(normalize(text, width=0))

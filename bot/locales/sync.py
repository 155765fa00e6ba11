"""Sync: brings catalogues in step with the English, keyed by the place where the words stand.

Nothing is ever guessed by likeness: Babel's merge by similarity once gave "I have found no
service" the translation of "I found 3 services".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.locales.extraction import Message
from bot.locales.languages import ENGLISH, Language, Languages, Step, catalogue_path
from bot.locales.pofile import SAFETY, Entry, Key, PoFile, Unreadable, read, write

TEMPLATE = "bot.pot"

_STATUS: Mapping[Step, str] = {
    Step.PLANNED: "Not finished. No native speaker has checked it.",
    Step.MACHINE_DRAFT: "Machine-written draft. No native speaker has checked it.",
    Step.FLUENT_CHECKED: "Read by one fluent reader. No native speaker has checked it.",
    Step.NATIVE_REVIEWED: "Checked by a native speaker who knows the services.",
    Step.BACK_TRANSLATED: "Checked by a native speaker; safety words translated back by another.",
    Step.COMMUNITY_TESTED: "Checked by native speakers and read aloud with women.",
    Step.SOURCE: "Every word to translate. Made by 'linnet locales sync', not by hand.",
}


@dataclass(frozen=True, slots=True)
class _Old:
    """The messages of the file as it is, by English and by place."""

    by_key: Mapping[Key, Entry]
    by_path: Mapping[str, Entry]


def sync(messages: Iterable[Message], data: bytes | None, language: Language | None) -> bytes:
    """The catalogue with these messages and the translations of `data`, None for a new file.

    English that changed in its place keeps the translation, marked fuzzy, with the old English as
    `#| msgid`. A message that is gone is dropped: git remembers. A second run changes no byte.
    A file that is no PO comes back as it is, so that nobody's work is overwritten. No language
    means the template.
    """
    file = read(data) if data is not None else PoFile((), "", ())
    if isinstance(file, Unreadable):
        return data or b""
    return in_step(messages, file, language)


def in_step(messages: Iterable[Message], file: PoFile, language: Language | None) -> bytes:
    """The same for a file that was read before."""
    old = _Old(
        {entry.key: entry for entry in file.entries},
        {path: entry for entry in file.entries for path in entry.paths},
    )
    count = language.count_of_forms if language else 2
    entries = [_merged(message, old, count) for message in messages]
    return catalogue(file, language, entries)


def catalogue(file: PoFile, language: Language | None, entries: Iterable[Entry]) -> bytes:
    """The bytes of a catalogue with these entries, and with what people wrote at the head of `file`."""
    return write(_head(file, language), _header(language), entries)


def _head(file: PoFile, language: Language | None) -> list[str]:
    """The status of today, then what people wrote there themselves."""
    status = _STATUS[language.step if language else Step.SOURCE]
    kept = [line for line in file.head if line not in _STATUS.values()]
    return [status, *kept]


def _header(language: Language | None) -> dict[str, str]:
    if language is None:
        return {}
    return {"Language": language.code, "Plural-Forms": language.plural_forms}


def _merged(message: Message, old: _Old, count: int) -> Entry:
    forms = ("",) * (count if message.plural else 1)
    fresh = Entry(
        message.context,
        message.msgid,
        message.plural,
        forms,
        paths=message.paths,
        remarks=_remarks(message),
    )
    former = old.by_key.get(message.key) or _at_same_place(message, old)
    if former is None:
        return fresh
    fresh = replace(fresh, forms=_fitted(former.forms, len(forms)), comments=former.comments)
    return _doubted(fresh, former)


def _at_same_place(message: Message, old: _Old) -> Entry | None:
    found = (old.by_path.get(path) for path in message.paths)
    return next((entry for entry in found if entry is not None and any(entry.forms)), None)


def _fitted(forms: tuple[str, ...], count: int) -> tuple[str, ...]:
    return (forms + ("",) * count)[:count]


def _doubted(fresh: Entry, former: Entry) -> Entry:
    """Fuzzy when the translation was made for other English than now."""
    made_for = former.previous if former.fuzzy and former.previous else former.msgid
    if (made_for, former.plural) == (fresh.msgid, fresh.plural):
        # English that went back to what it was makes the translation right again.
        still = former.fuzzy and not former.previous
        return replace(fresh, fuzzy=still)
    if not any(fresh.forms):
        return fresh
    # Where only the plural changed, the old plural is what the translator must compare with.
    previous = made_for if made_for != fresh.msgid else former.plural
    return replace(fresh, fuzzy=True, previous=previous)


def _remarks(message: Message) -> tuple[str, ...]:
    limit = (f"max: {message.most}",) if message.most else ()
    safety = (SAFETY,) if message.safety else ()
    return (*(f"note: {note}" for note in message.notes), *limit, *safety)


def sync_folder(messages: Iterable[Message], folder: Path, languages: Languages) -> list[Path]:
    """Bring the template and every catalogue under `folder` in step; the files that changed.

    A catalogue is made for a language whose review is further than planned.
    """
    changed = _changes(messages, folder, languages)
    for path, data in changed.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return list(changed)


def would_change(messages: Iterable[Message], folder: Path, languages: Languages) -> list[Path]:
    """The files that `sync_folder` would write; nothing is written."""
    return list(_changes(messages, folder, languages))


def _changes(messages: Iterable[Message], folder: Path, languages: Languages) -> dict[Path, bytes]:
    messages = tuple(messages)
    changed = {}
    for path, language in targets(folder, languages):
        before = path.read_bytes() if path.is_file() else None
        after = sync(messages, before, language)
        if after != before:
            changed[path] = after
    return changed


def targets(folder: Path, languages: Languages) -> list[tuple[Path, Language | None]]:
    """The template and every catalogue that is there or should be, with its language."""
    found: list[tuple[Path, Language | None]] = [(folder / TEMPLATE, None)]
    for language in languages.all:
        path = catalogue_path(folder, language.code)
        wanted = path.is_file() or language.step is not Step.PLANNED
        if wanted and language.code != ENGLISH.code:
            found.append((path, language))
    return found

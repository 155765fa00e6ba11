"""Catalogues: translations read from PO files and compiled in memory on first use.

There is no compiled file that could be missing or stale. A language, a message or a whole file
that cannot be used falls back to English; nothing here raises.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern
from types import MappingProxyType

from bot.locales.languages import (
    ENGLISH,
    Language,
    Languages,
    Step,
    catalogue_path,
    read_languages,
    resolve,
)
from bot.locales.ledger import Ledger, Reviews, read_ledger, step_of, with_reviews
from bot.locales.pofile import Entry, Unreadable, read
from bot.locales.recordings import LOCAL, find_recordings, sound_of
from bot.locales.rendering import slots_in
from bot.locales.voice import TYPED, Entries, Said, Voice, packed


@dataclass(slots=True)
class Catalogues:
    """Every language that can be offered.

    `files` holds, by code, the bytes of what nobody has chosen yet, catalogue first, overlay last,
    without the notes for translators. They are gone once their voice is made; voices are made in
    one thread. `ledger` says which messages people have read, `recordings` where those read aloud are, by name.
    """

    languages: Languages
    files: dict[str, tuple[bytes, ...]]
    ledger: Ledger = field(default_factory=dict)
    recordings: Mapping[str, Path] = field(default_factory=dict)
    _voices: dict[str, Voice] = field(default_factory=dict)
    _typed: dict[str, Voice] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path, at_least: Step = Step.MACHINE_DRAFT) -> "Catalogues":
        """Read languages and PO files under `folder`, none of them compiled yet.

        Languages whose review has not come as far as `at_least` are not offered.
        """
        ledger, _ = read_ledger(folder)
        languages = with_reviews(read_languages(folder)[0], folder, ledger)
        offered = tuple(
            language for language in languages.all if _is_offered(language, folder, at_least)
        )
        files = {
            language.code: _bytes(
                catalogue_path(folder, language.code), folder / LOCAL / f"{language.code}.po"
            )
            for language in offered
        }
        recorded = find_recordings(folder, [language.code for language in offered])
        return cls(Languages(offered, languages.same), files, ledger, recorded)

    @property
    def offered(self) -> tuple[Language, ...]:
        """The languages she can choose, in menu order."""
        return self.languages.all

    def resolve(self, tag: str) -> str | None:
        """The code of the offered language that fits a tag such as `pa-PK`, or None."""
        return resolve(tag, self.offered)

    def voice(self, code: str) -> Voice:
        """The voice of a language; English for one that is not offered."""
        if code not in self._voices:
            self._voices[code] = self._compile(code)
            self.files.pop(code, None)  # the words to type are taken from the voice from now on
        return self._voices[code]

    def typed_voice(self, code: str) -> Voice:
        """A voice that knows only the words that may be typed.

        The words of every language are looked at from the first message on, and a whole catalogue
        takes ten times as long to read.
        """
        if self.languages.get(code) is None:
            return self.voice(ENGLISH.code)
        if code not in self._typed:
            self._typed[code] = self._compile(code, typed=True)
        return self._typed[code]

    def typed_voices(self) -> tuple[Voice, ...]:
        """Those of every offered language, in menu order; the same voices each time."""
        return tuple([self.typed_voice(one.code) for one in self.offered])

    def _compile(self, code: str, *, typed: bool = False) -> Voice:
        language = self.languages.get(code)
        if language is None and code != ENGLISH.code:
            return self.voice(ENGLISH.code)
        entries = self._typed_entries(code) if typed else self._entries(code)
        english = None if code == ENGLISH.code else self.voice(ENGLISH.code)
        recorded = frozenset(name for name in self.recordings if name.startswith(f"{code}/"))
        return Voice(language or ENGLISH, entries, english, recorded)

    def _entries(self, code: str) -> Entries:
        """All messages; the words to type stay the ones that are there already."""
        known = self._typed[code].entries if code in self._typed else {}
        return {**self._read(code, self.files.get(code, ())), **_typed_in(known)}

    def _typed_entries(self, code: str) -> Entries:
        if code in self._voices:
            return _typed_in(self._voices[code].entries)
        return self._read(code, map(typed_part, self.files.get(code, ())))

    def _read(self, code: str, files: Iterable[bytes]) -> Entries:
        entries: dict[str, dict[str, Said]] = {}
        for data in files:
            for context, said in compile_catalogue(data, self.ledger.get(code, {})).items():
                entries.setdefault(context, {}).update(said)
        return entries

    def sound(self, name: str) -> bytes:
        """The bytes of a recording, read now; empty for a name that is none of `recordings`."""
        path = self.recordings.get(name)
        return sound_of(path) if path else b""


def _typed_in(entries: Entries) -> Entries:
    return {TYPED: entries[TYPED]} if TYPED in entries else {}


def _is_offered(language: Language, folder: Path, at_least: Step) -> bool:
    if language.code == ENGLISH.code:
        return True
    reviewed = language.step.rank >= at_least.rank
    return reviewed and catalogue_path(folder, language.code).is_file()


def _bytes(*paths: Path) -> tuple[bytes, ...]:
    found = []
    for path in paths:
        try:
            found.append(spoken_part(path.read_bytes()))
        except OSError:
            continue  # no catalogue, or no overlay: English, or the catalogue alone
    return tuple(found)


_NOTES = re.compile(rb"^#(?![,~]|\..*safety).*\n", re.MULTILINE)


def spoken_part(data: bytes) -> bytes:
    """A catalogue without its notes for translators, a third of it, which take time to read.

    What is left is what decides whether she may read a message: `#, fuzzy` and `#. safety`.
    """
    return _NOTES.sub(b"", data)


def typed_part(data: bytes) -> bytes:
    """The head of a catalogue and its words to type; all of it where that cannot be told apart.

    Messages are parted by an empty line, as every program for translators writes them.
    """
    head, *blocks = data.replace(b"\r\n", b"\n").split(b"\n\n")
    typed = [block for block in blocks if b'\nmsgctxt "typed"\n' in b"\n" + block]
    return b"\n\n".join([head, *typed, b""]) if typed else data


def compile_catalogue(
    data: bytes, reviews: Reviews = MappingProxyType({})
) -> dict[str, dict[str, Said]]:
    """What can be said from one PO file, by context and English; empty when the file is broken."""
    file = read(data)
    entries: dict[str, dict[str, Said]] = {}
    for entry in () if isinstance(file, Unreadable) else file.entries:
        if _can_be_said(entry):
            said = packed(entry.forms, sure=not entry.fuzzy, back=_is_back(entry, reviews))
            # The English is the same in every language, and a third of a catalogue: kept once.
            entries.setdefault(entry.context, {})[intern(entry.msgid)] = said
    return entries


def _is_back(entry: Entry, reviews: Reviews) -> bool:
    return step_of(entry, reviews).rank >= Step.BACK_TRANSLATED.rank


def _can_be_said(entry: Entry) -> bool:
    """Whether she may read it: finished, no slot lost or invented, and no doubt about safety."""
    if not entry.translated or (entry.safety and entry.fuzzy):
        return False
    # Harm prevented: a sentence that lost its number or its time.
    wanted = slots_in(entry.msgid) | slots_in(entry.plural)
    return all(slots_in(form) == wanted for form in entry.forms)

"""Tongues: each shipped language as the rules of words look at it, English among them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.locales.languages import ENGLISH, Languages, catalogue_path
from bot.locales.pofile import Files, Key, Unreadable, read_files
from bot.locales.voice import TYPED
from bot.locales.wordlists import Wordlist
from bot.problems import Problem

RULES: Mapping[str, str] = {
    "no-wordlist": "a language is shipped and has no list of the words that harm",
}


@dataclass(frozen=True, slots=True)
class Translated:
    """The forms of one message in a catalogue, and the line they stand on, from 1."""

    forms: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: its words to look for, and what it says for an English text.

    `path` is its catalogue as it is shown to people, empty for English, which stands in the files
    themselves.
    """

    code: str
    words: Wordlist
    path: str = ""
    said: Mapping[Key, Translated] = field(default_factory=dict, repr=False)

    @property
    def english(self) -> bool:
        """Whether this is the language in which everything is written."""
        return not self.path

    def of(self, text: str) -> str:
        """What stands for the English `text`; empty where it has no translation."""
        if self.english:
            return text
        found = self.said.get(("", text))
        return found.forms[0] if found else ""

    def typed(self, text: str) -> tuple[str, ...] | None:
        """The typed words for the English `a | b`; None where they have no translation."""
        found = None if self.english else self.said.get((TYPED, text))
        if found is None and not self.english:
            return None
        both = found.forms[0] if found else text
        return tuple(filter(None, (word.strip() for word in both.split("|"))))

    def line(self, text: str, context: str = "") -> int:
        """The line of the translation of `text`; 1 where there is none."""
        found = self.said.get((context, text))
        return found.line if found else 1


def read_tongues(
    folder: Path,
    languages: Languages,
    wordlists: Mapping[str, Wordlist],
    shown: str = "locales",
    files: Files | None = None,
) -> tuple[tuple[Tongue, ...], list[Problem]]:
    """English and every language with a catalogue under `folder`, in menu order.

    A catalogue that cannot be read is left out: its own problem says enough. `files` are the
    catalogues where they were read before; None reads them.
    """
    paths = {language.code: catalogue_path(folder, language.code) for language in languages.all}
    files = read_files(paths.values()) if files is None else files
    tongues = [Tongue(ENGLISH.code, wordlists.get(ENGLISH.code, Wordlist(ENGLISH.code)))]
    problems: list[Problem] = []
    for language in languages.all:
        path = paths[language.code]
        if language.code == ENGLISH.code or path not in files:
            continue
        place = f"{shown}/{path.relative_to(folder).as_posix()}"
        _, file = files[path]
        if isinstance(file, Unreadable):
            continue
        if language.code not in wordlists:
            sentence = f"there is no {shown}/words/{language.code}.yaml; write the words that harm"
            problems.append(Problem(place, 1, 1, "warning", sentence, "no-wordlist"))
        said = {
            entry.key: Translated(entry.forms, entry.line)
            for entry in file.entries
            if any(entry.forms)
        }
        words = wordlists.get(language.code, Wordlist(language.code))
        tongues.append(Tongue(language.code, words, place, said))
    return tuple(tongues), problems

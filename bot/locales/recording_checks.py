"""Checks of recordings: what can be read aloud and into which file, and files that nobody can hear."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.locales.extraction import Message
from bot.locales.languages import ENGLISH, Languages, catalogue_path
from bot.locales.pofile import Entry, entries_of
from bot.locales.recordings import (
    FOLDER,
    LOCAL,
    MOST_BYTES,
    SUFFIX,
    files_of,
    is_sound,
    sum_of,
)
from bot.locales.rendering import slots_in
from bot.problems import Level, Problem

RULES: Mapping[str, str] = {
    "bad-recording": "a recording is too large, or no Ogg file, so nobody can hear it",
    "stale-recording": "a recording is of no words that are read aloud as they are now",
}

# What a step says and asks: that is read aloud. Words of buttons and of services are not.
_READ_ALOUD = re.compile(r"flows/\S+ steps\.[^.]+\.(say|ask|for_other)\Z")


@dataclass(frozen=True, slots=True)
class Recordable:
    """Words that may be read aloud: the file to record into, and whether it is there."""

    where: str
    words: str
    file: str
    there: bool


def recordables(folder: Path, code: str, messages: Iterable[Message]) -> list[Recordable]:
    """What a language can have recordings of, in the order of files; the words as she gets them.

    Empty where there is no catalogue that can be read. An operator's own words count as theirs.
    """
    there = {path.name for path in files_of(folder, code)}
    said = _said(folder, code)
    found = []
    for message in messages:
        words = message.msgid if code == ENGLISH.code else ""
        words = said.get(message.msgid, words)
        where = _where(message)
        if where and words:
            file = sum_of(message.msgid, words) + SUFFIX
            found.append(Recordable(where, words, file, file in there))
    return found


def _where(message: Message) -> str:
    """Where it is read aloud; empty where it never is, or where a recording would miss a value."""
    if message.context or message.plural or slots_in(message.msgid):
        return ""
    return next((path for path in message.paths if _READ_ALOUD.match(path)), "")


def _said(folder: Path, code: str) -> dict[str, str]:
    """What is said for an English text: by the catalogue, and last by the operator's overlay."""
    said: dict[str, str] = {}
    for path in (catalogue_path(folder, code), folder / LOCAL / f"{code}.po"):
        said |= {entry.msgid: entry.forms[0] for entry in entries_of(path) if _is_plain(entry)}
    return said


def _is_plain(entry: Entry) -> bool:
    return entry.translated and not (entry.context or entry.plural)


def check_recordings(
    messages: Iterable[Message], folder: Path, languages: Languages, shown: str = "locales"
) -> list[Problem]:
    """What is wrong with the recordings under `folder`, sorted by place.

    That one fits no words any more is a note only: it is never played.
    """
    messages = tuple(messages)
    return sorted(
        Problem(f"{shown}/{language.code}/{FOLDER}/{path.name}", 1, 1, level, sentence, rule)
        for language in languages.all
        if (files := files_of(folder, language.code))
        for known in [{one.file for one in recordables(folder, language.code, messages)}]
        for path in files
        for level, sentence, rule in _findings(path, known, language.code)
    )


def _findings(path: Path, known: set[str], code: str) -> Iterator[tuple[Level, str, str]]:
    if not is_sound(path):
        most = MOST_BYTES // 1024
        sentence = f"save this as Opus in an Ogg file of at most {most} KiB, or take it away"
        yield "error", sentence, "bad-recording"
    elif path.name not in known:
        sentence = (
            "these words have changed, or nobody is shown them; 'linnet locales recordings"
            f" {code}' says what each file is called"
        )
        yield "info", sentence, "stale-recording"

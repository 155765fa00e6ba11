"""Word lists: what each language must not say, must say, or may say only in its place.

One file a language, `locales/words/en.yaml`. A language without a file of its own in the folder
of an operator has the shipped one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from bot.documents import Document, read_file
from bot.fields import Fields
from bot.locales.typed import folded
from bot.problems import Problem, Report

FOLDER = "words"

RULES: Mapping[str, str] = {
    "empty-word": "a line of a word list has no letter, so nothing is ever found by it",
}

LISTS: Mapping[str, str] = {
    # never said at all; the name of the list is the rule
    "false-safety": "promises of safety and secrecy that nobody can keep",
    "promise": "promises in the name of others",
    "people-first": "words that make a woman one with what she takes, or blame her",
    "false-empathy": "feelings and lives that a machine does not have",
    "method": "ways of harming oneself, or of using",
    "refusal": "sentences that turn her away",
    "blame": "questions that ask for a reason",
    # said only in its place
    "threat": "what is feared for children; only where it is explained",
    "privacy": "words about privacy; only beside its limits",
    "gives-away": "words that tell a lock screen what this is",
    "asks-who": "questions that would say who she is",
    "warned": "what hurts to read; only where she chose it",
    "own-use": "her own drinking or use",
    "stopping": "stopping, cutting down, every day",
    "cutting-down": "advice to take less",
    "life": "ending one's life",
    "elsewhere": "choices that stand for everything else",
    # must be said somewhere
    "can-skip": "that she need not answer",
    "automatic": "that this is a program",
    "no-person": "that no person reads along",
    "cannot-ring": "that it can call nobody for her",
    "do-not-stop": "that stopping all at once can be dangerous",
    "must-share": "that services must share some things",
    "left-out": "that something is left out of this list",
    "wiped": "that the talk is wiped",
    "come-back": "that she can come back",
    "that-is-all": "that she has nothing more to do",
    # how the language works
    "negations": "words that turn a sentence round",
}

# Where a file says nothing else. A sentence of 20 words is what the NHS writes at most.
LONG_WORD = 9  # letters
MOST_WORDS = 20  # of a sentence

_SENTENCE = re.compile(r"[.!?:;\n\u2026\u061f\u06d4\u061b\u0964]+")


@dataclass(frozen=True, slots=True)
class Wordlist:
    """The lists of one language, each as one pattern. A list that is not there finds nothing.

    `terms` are the words it has for a thing that must have one name: `midwife`.
    """

    code: str
    patterns: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    terms: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    long_word: int = LONG_WORD  # letters of the shortest word that counts as long
    most_words: int = MOST_WORDS  # of a sentence

    def find(self, name: str, text: str) -> str | None:
        """The first words of the list `name` in `text`, as they are compared, or None.

        Words are whole words: small letters, no accents, no zero-width signs; a phrase stands in
        one sentence.
        """
        pattern = self.patterns.get(name)
        return _first(pattern, text) if pattern else None

    def names(self, term: str, text: str) -> bool:
        """Whether `text` has the language's word for a term; always so where it has none."""
        pattern = self.terms.get(term)
        return pattern is None or any(map(pattern.search, sentences(text)))

    def says(self, name: str, text: str) -> bool:
        """Whether `text` says something of the list; always so where there is no such list."""
        return name not in self.patterns or self.find(name, text) is not None


# Nineteen languages of a few hundred texts, each looked at on many cards.


@lru_cache(maxsize=262_144)
def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = filter(None, map(pattern.search, sentences(text)))
    return next((match[0] for match in found), None)


@lru_cache(maxsize=65_536)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text as they are compared; those without a letter are left out."""
    return tuple(filter(None, (folded(part) for part in _SENTENCE.split(text))))


def read_wordlists(folders: Sequence[Path]) -> tuple[dict[str, Wordlist], list[Problem]]:
    """The word lists by language, and what is wrong with their files.

    `folders` hold `words/<code>.yaml`; an earlier one wins, file by file.
    """
    found: dict[str, Wordlist] = {}
    problems: list[Problem] = []
    for folder in folders:
        for path in sorted((folder / FOLDER).glob("*.yaml")):
            if path.stem not in found:
                document, unread = read_file(path, f"locales/{FOLDER}/{path.name}")
                found[path.stem], wrong = load(path.stem, document)
                problems += (*unread, *wrong)
    return found, problems


def load(code: str, document: Document) -> tuple[Wordlist, list[Problem]]:
    """The lists of a document that was read before."""
    report = Report(document.path)
    if document.root is None:
        return Wordlist(code), report.problems
    fields = Fields(document.root, report, "a word list")
    long_word = fields.whole("long_word") or LONG_WORD
    most_words = fields.whole("most_words") or MOST_WORDS
    patterns = _patterns(fields, LISTS)
    block = fields.mapping("terms")
    terms = {}
    if block is not None:
        named = Fields(block, report, "terms")
        terms = _patterns(named, [key.text for key, _ in block.entries])
        named.done()
    fields.done()
    return Wordlist(code, patterns, terms, long_word, most_words), report.problems


def _patterns(fields: Fields, names: Iterable[str]) -> dict[str, re.Pattern[str]]:
    patterns = {name: _pattern(fields, name) for name in names}
    return {name: pattern for name, pattern in patterns.items() if pattern is not None}


def _pattern(fields: Fields, name: str) -> re.Pattern[str] | None:
    terms = []
    for found in fields.scalars(name):
        term = _term(found.text)
        if term:
            terms.append(term)
        else:
            sentence = f"'{found.text}' has no letter; write a word, or take the line out"
            fields.report.add(found.mark, "empty-word", sentence)
    return re.compile(rf"(?<!\S)(?:{'|'.join(terms)})(?!\S)") if terms else None


def _term(text: str) -> str:
    """A word or phrase as a pattern; a `*` at an end stands for any letters."""
    parts = []
    for word in text.split():
        plain = folded(word.strip("*"))
        if plain:
            head, tail = (r"\S*" if star else "" for star in (word[0] == "*", word[-1] == "*"))
            parts.append(head + re.escape(plain).replace(r"\ ", " ") + tail)
    return " ".join(parts)

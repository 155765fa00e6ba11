"""YAML documents with a place for every word.

A document is read from the parser's events, not through PyYAML's constructors: those turn
`no` into false, `19:30` into 1170 and a telephone number into an integer, and silently let a
second key win. Here every scalar stays text, apart from plain whole numbers and true/false.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml

from bot.problems import Mark, Problem, Report

RULES = {
    "unreadable": "a file cannot be opened",
    "too-large": "a file is larger than it may be: 256 KiB, and 64 KiB for an entry",
    "encoding": "a file is not UTF-8",
    "yaml": "a file is not YAML, or not a block of keys and values",
    "yaml-tab": "a tab stands where only spaces may",
    "yaml-anchor": "an anchor, an alias or a merge key",
    "yaml-tag": "a tag before a value",
    "yaml-documents": "a second document in one file",
    "too-deep": "more than 12 levels",
    "bad-key": "a key that is a list or a block",
    "duplicate-key": "one key twice",
}

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value: text, a whole number, or true/false."""

    value: str | int | bool
    mark: Mark
    text: str  # as written, without quotes
    plain: bool  # written without quotes on one line, so a column inside it can be counted


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes in file order."""

    items: tuple["Node", ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in file order; every key is text and appears once."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    mark: Mark

    def get(self, key: str) -> "Node | None":
        """The value under `key`, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its path as it is shown to people, and its root, None when it cannot be used."""

    path: str
    root: Mapping | None


def read_file(path: Path, shown: str, most: int = MAX_BYTES) -> tuple[Document, list[Problem]]:
    """Read one YAML file of at most `most` bytes; `shown` is the path used in problems."""
    report = Report(shown)
    try:
        with path.open("rb") as file:
            # One byte more than allowed is enough to know that a file is too large.
            data = file.read(most + 1)
    except OSError:
        report.add(
            Mark(),
            "unreadable",
            "this file cannot be read; check that it is a file and who may open it",
        )
        return Document(shown, None), report.problems
    return read(data, shown, most)


def read(data: bytes, path: str, most: int = MAX_BYTES) -> tuple[Document, list[Problem]]:
    """Read one YAML document whose root is a mapping.

    Returns the document and every problem found; the root is None when the text is no YAML or
    breaks a limit (`most` bytes, 12 levels), because nothing in it can then be trusted. Never raises.
    """
    report = Report(path)
    text = _decode(data, report, most)
    if text is None:
        return Document(path, None), report.problems
    try:
        root = _Builder(report).build(text)
    except _RefusedError:
        return Document(path, None), report.problems
    except yaml.MarkedYAMLError as error:
        report.add(*_syntax(error, text))
        return Document(path, None), report.problems
    except yaml.YAMLError:
        report.add(Mark(), "yaml", "this file has characters that YAML does not allow")
        return Document(path, None), report.problems
    if isinstance(root, Mapping):
        return Document(path, root), report.problems
    report.add(
        root.mark if root else Mark(), "yaml", "this file must start with 'key: value' lines"
    )
    return Document(path, None), report.problems


def _decode(data: bytes, report: Report, most: int) -> str | None:
    if len(data) > most:
        report.add(Mark(), "too-large", f"this file is larger than {most // 1024} KiB; split it")
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        report.add(Mark(line), "encoding", "this file is not UTF-8; save it as UTF-8")
        return None
    return text.removeprefix("\ufeff")


class _RefusedError(Exception):
    """The document breaks a limit; the reason is already in the report."""


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"(0|-?[1-9][0-9]{0,17})\Z")
_FLAGS = {"true": True, "false": False}


class _Builder:
    """Turns parser events into nodes and refuses what our files never need."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.events: Iterator[yaml.Event] = iter(())

    def build(self, text: str) -> Node | None:
        self.events = iter(yaml.parse(text, Loader=_LOADER))
        next(self.events)  # stream start
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        root = self._node(next(self.events), 1)
        next(self.events)  # document end
        extra = next(self.events)
        if not isinstance(extra, yaml.StreamEndEvent):
            raise self._refused(
                extra, "yaml-documents", "a second document starts here; one file, one document"
            )
        return root

    def _refused(self, event: yaml.Event, rule: str, sentence: str) -> "_RefusedError":
        self.report.add(_mark(event), rule, sentence)
        return _RefusedError()

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self._refused(
                event, "too-deep", f"this is nested more than {MAX_DEPTH} levels deep"
            )
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refused(
                event, "yaml-anchor", "anchors and aliases ('&' and '*') are not allowed here"
            )
        if getattr(event, "tag", None):
            raise self._refused(
                event, "yaml-tag", "tags ('!') are not allowed here; write the value plainly"
            )
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        # Ends of blocks are taken by the loops below, so only a scalar is left.
        return _scalar(cast(yaml.ScalarEvent, event))

    def _sequence(self, start: yaml.Event, depth: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Sequence(tuple(items), _mark(start))

    def _mapping(self, start: yaml.Event, depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self.events), depth + 1)
            if not isinstance(key, Scalar):
                self.report.add(
                    key.mark, "bad-key", "a key must be one word, not a list or a block"
                )
            elif key.text == "<<":
                self.report.add(key.mark, "yaml-anchor", "merge keys ('<<') are not allowed here")
            elif key.text in entries:
                first = entries[key.text][0].mark.line
                self.report.add(
                    key.mark,
                    "duplicate-key",
                    f"'{key.text}' is written twice; first on line {first}",
                )
            else:
                entries[key.text] = (key, value)
        return Mapping(tuple(entries.values()), _mark(start))


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    # The C parser reports an unquoted style as '', the Python one as None.
    text, plain = event.value, not event.style
    value: str | int | bool = text
    if plain and text in _FLAGS:
        value = _FLAGS[text]
    elif plain and _WHOLE.match(text):
        value = int(text)
    mark, end = event.start_mark, event.end_mark
    one_line = mark is None or end is None or mark.line == end.line
    return Scalar(value, _mark(event), text, plain and one_line)


def _mark(event: yaml.Event) -> Mark:
    mark = event.start_mark
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark()


# What the parser says, and what an author can do about it.
_REMEDIES = (
    ("mapping values are not allowed", "yaml", "put quotes around text that has ': ' in it"),
    ("could not find expected ':'", "yaml", "a ':' is missing after the key above"),
    (
        "expected <block end>",
        "yaml",
        "this line is indented differently from the ones it belongs to",
    ),
    (
        "did not find expected key",
        "yaml",
        "this line is indented differently from the ones it belongs to",
    ),
    (
        "did not find expected '-' indicator",
        "yaml",
        "this line is indented differently from its list",
    ),
    ("expected ',' or", "yaml", "a ',' or a closing bracket is missing"),
    ("end of stream", "yaml", "the text ends inside quotes or brackets; close them"),
    ("cannot start any token", "yaml", "put quotes around text that begins with this character"),
    ("undefined alias", "yaml-anchor", "anchors and aliases ('&' and '*') are not allowed here"),
)


def _syntax(error: yaml.MarkedYAMLError, text: str) -> tuple[Mark, str, str]:
    said = f"{error.context or ''} {error.problem or ''}"
    place = error.problem_mark or error.context_mark
    mark = Mark(place.line + 1, place.column + 1) if place else Mark()
    if place and "\t" in _indentation(text, place.line):
        return mark, "yaml-tab", "there is a tab here; use spaces"
    for words, rule, sentence in _REMEDIES:
        if words in said:
            return mark, rule, sentence
    return mark, "yaml", "this is not valid YAML; look at quotes, brackets and indentation"


def _indentation(text: str, line: int) -> str:
    lines = text.splitlines()
    return lines[line][: -len(lines[line].lstrip()) or None] if line < len(lines) else ""

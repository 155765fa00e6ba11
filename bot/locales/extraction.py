"""Extraction: every message to translate, out of flows, needs and the program's own phrases.

Names of councils and services are not in it: they are names, and stay as they are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Protocol, cast

from bot.locales.phrases import BUTTON, Phrase, named
from bot.locales.pofile import Key
from bot.locales.voice import TYPED
from bot.needs import Vocabulary
from bot.problems import Mark

PHRASES = "bot/locales/phrases.py"
NEEDS = "directory/needs.yaml"
SAYING = 80  # letters; a sentence that nobody can say in one breath helps nobody
SAID = (
    "She says this of herself: first person, feminine. It must tell no stranger what it is about."
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message and every place where its English stands.

    `paths` are `flows/triage.yaml steps.area.ask`: file, then the place in it, which stays when
    the words change. `mark` is the place of the first in its file. `most` is the longest
    translation in characters, 0 for no limit.
    """

    context: str
    msgid: str
    plural: str
    paths: tuple[str, ...]
    notes: tuple[str, ...] = ()
    safety: bool = False
    most: int = 0
    mark: Mark = field(default_factory=Mark)

    @property
    def key(self) -> Key:
        """What the program looks the message up by."""
        return self.context, self.msgid

    @property
    def file(self) -> str:
        """The file of the first place."""
        return self.paths[0].split()[0]


class PlacedWords(Protocol):
    """English words that know their place: the `Text` of a flow."""

    @property
    def text(self) -> str:
        """The English."""

    @property
    def path(self) -> str:
        """The place in the file, dotted."""

    @property
    def mark(self) -> Mark:
        """Line and column."""

    @property
    def safety(self) -> bool:
        """Whether a doubtful translation must give way to English."""

    @property
    def note(self) -> str:
        """For the translator."""


class Source(Protocol):
    """A file of words, read into frozen dataclasses: a `Flow`."""

    @property
    def path(self) -> str:
        """The file as it is shown to people."""


def extract(sources: Iterable[Source], vocabulary: Vocabulary) -> tuple[Message, ...]:
    """Every message once, sorted by file and then in file order.

    The same English in several places is one message with several paths. Typed words have the
    context `typed`, so that a word to type is never taken for a word to read.
    """
    found = [*_from_phrases(named()), *_from_needs(vocabulary)]
    for source in sources:
        found += (_from_text(source.path, text) for text in _texts(source))
    found.sort(key=lambda message: message.file)  # stable: file order stays within a file
    together: dict[Key, list[Message]] = {}
    for message in found:
        together.setdefault(message.key, []).append(message)
    return tuple(_joined(group) for group in together.values())


def _from_phrases(phrases: Mapping[str, Phrase]) -> Iterator[Message]:
    for name, phrase in phrases.items():
        paths, notes = (f"{PHRASES} {name}",), _notes(phrase.note)
        yield Message(
            "", phrase.text, phrase.plural, paths, notes, phrase.safety, phrase.most, Mark()
        )


def _from_needs(vocabulary: Vocabulary) -> Iterator[Message]:
    for need in vocabulary.needs.values():
        at = f"{NEEDS} needs.{need.id}"
        yield Message(
            "", need.tag, "", (f"{at}.tag",), ("What a service has, or lacks.",), mark=need.mark
        )
        note = "A sentence that she says to the service."
        yield Message("", need.ask, "", (f"{at}.ask",), (note,), mark=need.mark)
        if need.say:
            yield Message("", need.say, "", (f"{at}.say",), (SAID,), most=SAYING, mark=need.mark)


def _from_text(file: str, text: PlacedWords) -> Message:
    typed = text.path.endswith((".words", ".also"))
    most = BUTTON if _stands_on_a_button(text.path) else 0
    notes = _notes(text.note)
    if typed:
        notes = (*notes, "Words she may type, with | between. Write what women really type.")
    return Message(
        TYPED if typed else "",
        text.text,
        "",
        (f"{file} {text.path}",),
        notes,
        text.safety,
        most,
        text.mark,
    )


def _stands_on_a_button(path: str) -> bool:
    """`…choices.yes.label`, `everywhere.back.label`, and the other words of a choice."""
    *_, group, _, words = ("", *path.split("."))
    return words == "label" or (group == "choices" and words == "for_other")


def _notes(note: str) -> tuple[str, ...]:
    return (" ".join(note.split()),) if note.strip() else ()


def _texts(node: object) -> Iterator[PlacedWords]:
    """Every text below `node`, in the order of fields and files."""
    kind: type = type(node)
    if _holds_words(kind):
        yield cast("PlacedWords", node)
    elif is_dataclass(kind):
        for part in _parts(kind):
            yield from _texts(getattr(node, part))
    elif isinstance(node, tuple):
        for item in node:
            yield from _texts(item)


# A grown flow has tens of thousands of parts, of a dozen kinds.


@cache
def _holds_words(kind: type) -> bool:
    return all(hasattr(kind, name) for name in ("text", "path", "mark", "safety", "note"))


@cache
def _parts(kind: type) -> tuple[str, ...]:
    return tuple(part.name for part in fields(kind))


def _joined(group: list[Message]) -> Message:
    """One message for the same English: the strictest of each, all places and notes."""
    first = group[0]
    limits = [message.most for message in group if message.most]
    return Message(
        first.context,
        first.msgid,
        next((message.plural for message in group if message.plural), ""),
        tuple(path for message in group for path in message.paths),
        _unique(note for message in group for note in message.notes),
        any(message.safety for message in group),
        min(limits, default=0),
        first.mark,
    )


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))

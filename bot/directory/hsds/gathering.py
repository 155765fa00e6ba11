"""Gathering: the keys of an entry as they come in, each with where it came from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.directory.hsds.conformity import Refusal
from bot.directory.hsds.drafts import Node
from bot.directory.hsds.records import Record
from bot.directory.hsds.taxonomy import is_ours, order_by, stated_by
from bot.directory.shape import SHAPE
from bot.directory.stated import pattern

_SEVERAL = {"choices", "texts", "languages", "wholes", "lines", "lines_or_choice", "days"}
_WHOLE = re.compile(r"0|[1-9]\d{0,2}", re.ASCII)
_PART = re.compile(r"(\w+)(?:\[(\d+)\])?", re.ASCII)
# A postcode, or a number and a street.
ADDRESS = re.compile(
    r"\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b"
    r"|\b\d+[a-z]?,? (?:[\w'-]+ ){1,4}(?:road|street|lane|avenue|close|drive|way|court|place"
    r"|house|terrace|crescent|gardens|square|hill|rd|st|ave)\b",
    re.IGNORECASE,
)
_MOST_SAID = 300  # characters of a foreign text in a comment


@dataclass(slots=True)
class Gathered:
    """An entry under way.

    `values` has each full key (`contact[0].number`) with its values, `origins` where the first of
    them stood; `asks` is what an editor has to ask or do, in sentences; `refusals` what cannot
    be taken at all. `guarded`: women may be looked for there, so no text with an address is kept.
    """

    values: dict[str, list[str | int]] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    asks: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    guarded: bool = False

    def put(self, key: str, text: str, where: str) -> None:
        """Note a value, on one line; an empty one says nothing, and a second one is refused."""
        plain = one_line(text)
        value: str | int = plain
        if not plain:
            return
        if _kind(key) in {"whole", "wholes"}:
            if not _WHOLE.fullmatch(plain):
                self.refusals.append(Refusal(where, f"'{plain[:40]}' is not a whole number"))
                return
            value = int(plain)
        before = self.values.setdefault(key, [])
        if before and _kind(key) not in _SEVERAL and before != [value]:
            self.refusals.append(Refusal(where, f"this says two things of '{key}'"))
        elif value not in before:
            before.append(value)
            self.origins.setdefault(key, where)

    def drop(self, *keys: str) -> None:
        """Forget some keys."""
        for key in keys:
            self.values.pop(key, None)
            self.origins.pop(key, None)

    def first(self, key: str) -> str:
        """The first value of a key, or an empty text."""
        found = self.values.get(key)
        return str(found[0]) if found else ""

    def said(self, what: str, text: str) -> None:
        """Put a text of theirs before the editor that no key of ours takes as it is."""
        plain = one_line(text)
        if plain and self.guarded and ADDRESS.search(plain):
            # Harm prevented: an address in a comment is an address in the file.
            self.asks.append(
                f"What they say under {what} has an address in it, so it is left out."
            )
        elif plain:
            short = plain if len(plain) <= _MOST_SAID else f"{plain[:_MOST_SAID]}..."
            self.asks.append(f'They say under {what}: "{short}"')

    def entry(self) -> dict[str, Node]:
        """All of it as an entry."""
        found: dict[str, Node] = {}
        for key, values in self.values.items():
            if values:
                several = _kind(key) in _SEVERAL
                _set(found, key, [*values] if several else values[0])
        return found


def _kind(key: str) -> str:
    shaped = pattern(key)
    return SHAPE[shaped].kind if shaped in SHAPE else "words"


def _set(found: dict[str, Node], key: str, value: Node) -> None:
    *blocks, last = key.split(".")
    here = found
    for part in blocks:
        match = _PART.fullmatch(part)
        name, index = (match[1], match[2]) if match else (part, None)
        if index is None:
            below = here.setdefault(name, {})
        else:
            listed = here.setdefault(name, [])
            assert isinstance(listed, list)  # noqa: S101  # the shape says so
            listed += [{} for _ in range(int(index) + 1 - len(listed))]
            below = listed[int(index)]
        assert isinstance(below, dict)  # noqa: S101  # the shape says so
        here = below
    here[last] = value


def one_line(text: str) -> str:
    """A text with single spaces and no line ends."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Own:
    """What our attributes of one record state: pairs of a key of the shape and a value, in order."""

    stated: tuple[tuple[str, str], ...]
    order: int  # of a contact
    unknown: int  # how many of ours could not be read

    def has(self, key: str) -> bool:
        """Whether a key is stated."""
        return any(name == key for name, _ in self.stated)

    def first(self, key: str) -> str:
        """The first value of a key, or an empty text."""
        return next((value for name, value in self.stated if name == key), "")

    def under(self, block: str) -> list[tuple[str, str]]:
        """What is stated of a block, as `contact[].`, in order."""
        return [(key, value) for key, value in self.stated if key.startswith(block)]


def own_attributes(attributes: Iterable[Record]) -> Own:
    """What those of our taxonomy state; attributes of others are left out."""
    ours = [each for each in attributes if is_ours(each)]
    stated = [stated_by(each) for each in ours]
    known = tuple(each for each in stated if each)
    order = order_by(ours)
    return Own(known, order, len(stated) - len(known) - (order != _NO_ORDER))


_NO_ORDER = 999

"""What an entry states: every value as written, under its full key, with its place in the file."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bot.documents import Scalar
from bot.problems import Mark


@dataclass(slots=True)
class Stated:
    """The values of one entry while it is being read.

    Keys are full: `worker.female`, `contact[0].number`, `summary.en`. A key with an empty tuple
    is written in the file with an empty list. `blocks` holds where each block of a list starts,
    by `contact[0]`, in file order.
    """

    values: dict[str, tuple[Scalar, ...]] = field(default_factory=dict)
    blocks: dict[str, Mark] = field(default_factory=dict)

    def text(self, key: str) -> str | None:
        """The value of a key that holds one, or None."""
        found = self.values.get(key)
        return found[0].text if found else None

    def texts(self, key: str) -> tuple[str, ...] | None:
        """The values of a key that holds a list; None when the key is not there."""
        found = self.values.get(key)
        return None if found is None else tuple(scalar.text for scalar in found)

    def whole(self, key: str) -> int | None:
        """The number under a key that holds one, or None."""
        text = self.text(key)
        return int(text) if text else None

    def is_yes(self, key: str) -> bool:
        """Whether the key says yes."""
        return self.text(key) == "yes"

    def each(self, name: str) -> Iterator[tuple[str, Mark]]:
        """The blocks of the list `name`: their key, as `contact[0]`, and where they start."""
        return ((key, mark) for key, mark in self.blocks.items() if key.startswith(f"{name}["))


def words_of(values: Mapping[str, tuple[Scalar, ...]], key: str) -> Mapping[str, str]:
    """The text under a key that has languages below it, by language; empty when not stated."""
    start = f"{key}."
    return {
        name.removeprefix(start): found[0].text
        for name, found in values.items()
        if name.startswith(start) and found
    }


@lru_cache(maxsize=4096)
def pattern(key: str) -> str:
    """A full key as the shape writes it: `contact[0].number` → `contact[].number`."""
    return re.sub(r"\[\d+\]", "[]", key)

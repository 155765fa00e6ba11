"""The keys of one block of a document, each read with the type it must have."""

from collections.abc import Iterable

from bot.documents import Mapping, Node, Scalar, Sequence
from bot.problems import Mark, Report, did_you_mean

RULES = {
    "missing": "a key that must be there is not",
    "wrong-type": "a value of the wrong type",
    "empty": "a key without a value",
    "unknown-key": "a key that means nothing here",
    "not-a-choice": "a value outside a closed list",
}


class Fields:
    """Reads the keys of one mapping, each with the type it must have.

    Every getter returns None (or an empty tuple) when the key is missing or its value cannot be
    used; the reason goes to the report. `done()` reports the keys that nobody asked for, so a
    misspelt key is a problem and never silently nothing.
    """

    def __init__(self, node: Mapping, report: Report, where: str) -> None:
        self.mark = node.mark
        self.report = report
        self.where = where
        self._left = {key.text: key for key, _ in node.entries}
        self._values = {key.text: value for key, value in node.entries}
        self._keys = dict(self._left)
        self._asked: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether the key is written in the file."""
        return key in self._values

    def key_mark(self, key: str) -> Mark:
        """Where the key is written, or where the mapping starts."""
        return self._keys[key].mark if key in self._keys else self.mark

    def node(self, key: str) -> Node | None:
        """The raw value."""
        self._asked.add(key)
        self._left.pop(key, None)
        return self._values.get(key)

    def scalar(self, key: str, what: str = "one line of text") -> Scalar | None:
        """A scalar of any type."""
        node = self.node(key)
        if node is None or isinstance(node, Scalar):
            return node
        self.report.add(node.mark, "wrong-type", f"'{key}' must be {what}")
        return None

    def text(self, key: str) -> str | None:
        """Text as written; whole numbers and true/false count as the text they were written as."""
        found = self.scalar(key)
        if found is not None and not found.text.strip():
            self.report.add(
                found.mark, "empty", f"'{key}' is empty; write something or leave the key out"
            )
            return None
        return found.text.strip() if found else None

    def required(self, key: str) -> str | None:
        """Like `text`, and a missing key is a problem."""
        if not self.has(key):
            self.report.add(self.mark, "missing", f"{self.where} has no '{key}'")
        return self.text(key)

    def flag(self, key: str) -> bool | None:
        """true or false."""
        found = self.scalar(key, "true or false")
        if found is None or isinstance(found.value, bool):
            return found.value if found else None  # type: ignore[return-value]  # bool by the line above
        self.report.add(found.mark, "wrong-type", f"'{key}' must be true or false")
        return None

    def whole(self, key: str) -> int | None:
        """A whole number."""
        found = self.scalar(key, "a whole number")
        if found is None:
            return None
        if isinstance(found.value, int) and not isinstance(found.value, bool):
            return found.value
        self.report.add(found.mark, "wrong-type", f"'{key}' must be a whole number")
        return None

    def choice(self, key: str, allowed: Iterable[str]) -> str | None:
        """One word of a closed list."""
        found = self.scalar(key)
        return one_of(found, key, tuple(allowed), self.report) if found else None

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        """A list of scalars; a single scalar counts as a list of one."""
        node = self.node(key)
        if node is None:
            return ()
        if isinstance(node, Scalar):
            return (node,)
        items = node.items if isinstance(node, Sequence) else ()
        if not isinstance(node, Sequence) or not all(isinstance(item, Scalar) for item in items):
            self.report.add(node.mark, "wrong-type", f"'{key}' must be a list of single values")
        return tuple(item for item in items if isinstance(item, Scalar))

    def mapping(self, key: str) -> Mapping | None:
        """A block of keys and values."""
        node = self.node(key)
        if node is None or isinstance(node, Mapping):
            return node
        self.report.add(node.mark, "wrong-type", f"'{key}' must be a block of 'key: value' lines")
        return None

    def mappings(self, key: str) -> tuple[Mapping, ...]:
        """A list of blocks."""
        node = self.node(key)
        items = node.items if isinstance(node, Sequence) else ()
        if node is not None and (
            not isinstance(node, Sequence) or not all(isinstance(item, Mapping) for item in items)
        ):
            self.report.add(node.mark, "wrong-type", f"'{key}' must be a list of blocks")
        return tuple(item for item in items if isinstance(item, Mapping))

    def done(self) -> None:
        """Report every key that was never asked for."""
        for name, key in self._left.items():
            self.report.add(
                key.mark,
                "unknown-key",
                f"'{name}' is not a word that {self.where} knows{did_you_mean(name, self._asked)}",
            )


def one_of(found: Scalar, name: str, allowed: tuple[str, ...], report: Report) -> str | None:
    """The scalar's text if it is one of `allowed`, else None and a problem that lists them."""
    if found.text in allowed:
        return found.text
    report.add(
        found.mark,
        "not-a-choice",
        f"'{found.text}' is not a choice for '{name}'; choose one of: {', '.join(allowed)}"
        + did_you_mean(found.text, allowed),
    )
    return None

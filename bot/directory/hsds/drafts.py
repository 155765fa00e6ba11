"""Drafts: an imported entry as the text of a YAML file, with what to ask in comments."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from bot.directory.shape import SHAPE

Node: TypeAlias = "str | int | list[Node] | dict[str, Node]"

# Words, ids and days may stand without quotes; to our reader every one of them is text.
_WORD = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*|\d{4}(?:-\d\d){1,2}|1", re.ASCII)
_ORDER = {key: index for index, key in enumerate(SHAPE)}
_WIDTH = 96


def draft_text(entry: Mapping[str, Node], comments: Iterable[str]) -> str:
    """The file of an entry: comments first, then its keys in the order of the shape.

    Every text is in double quotes with JSON's escapes, which are YAML's too, so nothing that was
    imported can end a value. Texts must be without the characters that YAML cannot hold.
    """
    lines = [line for comment in comments for line in _comment(comment)]
    return "\n".join([*lines, *_block(entry, "", 0)]) + "\n"


def _comment(text: str) -> Iterator[str]:
    """One comment, broken at spaces; whatever is in it stays behind a '#'."""
    line = "#"
    for word in text.split():
        if len(line) + len(word) > _WIDTH and line != "#":
            yield line
            line = "#  "
        line = f"{line} {word}"
    yield line


def _block(block: Mapping[str, Node], prefix: str, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for key in sorted(block, key=lambda key: _place(f"{prefix}{key}")):
        value = block[key]
        if isinstance(value, dict) and value:
            yield f"{indent}{key}:"
            yield from _block(value, f"{prefix}{key}.", depth + 1)
        elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
            yield f"{indent}{key}:"
            for each in value:
                yield from _item(each, f"{prefix}{key}[].", depth + 1)
        else:
            yield f"{indent}{key}: {_flow(value)}"


def _place(key: str) -> int:
    """Where a key stands in the shape; a block stands where its first key does."""
    inside = (f"{key}.", f"{key}[].")
    return next(
        (index for known, index in _ORDER.items() if known == key or known.startswith(inside)),
        len(_ORDER),
    )


def _item(node: Node, prefix: str, depth: int) -> Iterator[str]:
    lines = list(_block(node, prefix, depth + 1)) if isinstance(node, dict) else []
    for index, line in enumerate(lines):
        start = "  " * depth
        yield f"{start}- {line[len(start) + 2 :]}" if index == 0 else line


def _flow(node: Node) -> str:
    if isinstance(node, list):
        return f"[{', '.join(_flow(each) for each in node)}]"
    if isinstance(node, dict):
        return "{}"
    return str(node) if isinstance(node, int) else _scalar(node)


def _scalar(text: str) -> str:
    return text if _WORD.fullmatch(text) else json.dumps(text, ensure_ascii=False)

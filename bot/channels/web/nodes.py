"""Nodes: what a page shows, as a tree that becomes HTML here and elements in the script.

One tree for both, so that the page without the script and with it cannot differ. Words are only
ever text: nothing in a flow, a translation or an entry can become markup.
"""

import html
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

Child = "Node | str"

# The script makes no other element and sets no other attribute.
TAGS = frozenset(
    ["a", "aside", "bdi", "button", "dd", "div", "dl", "dt", "fieldset", "form", "h1", "h2", "h3", "input", "label", "legend", "li", "p", "section", "span", "ul"]
)  # fmt: skip
ATTRIBUTES = frozenset(
    [
        "aria-describedby",
        "aria-hidden",
        "autocomplete",
        "checked",
        "class",
        "data-alone",
        "data-copy",
        "dir",
        "for",
        "formnovalidate",
        "hidden",
        "href",
        "id",
        "inputmode",
        "lang",
        "maxlength",
        "method",
        "action",
        "name",
        "rel",
        "role",
        "tabindex",
        "type",
        "value",
    ]
)
_EMPTY = frozenset({"input"})


@dataclass(frozen=True, slots=True)
class Node:
    """An element. A value of "" is an attribute without one; None leaves it out."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple["Node | str", ...]


def node(tag: str, *children: "Node | str | None", **attributes: str | None) -> Node:
    """An element; `_` in the name of an attribute stands for `-`, one at its end for nothing."""
    # Lists inside, because a card has a hundred elements and a generator takes twice as long.
    named = tuple(
        [(_named(name), value) for name, value in attributes.items() if value is not None]
    )
    return Node(tag, named, tuple([child for child in children if child is not None]))


@lru_cache(maxsize=256)
def _named(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def as_html(one: "Node | str") -> str:
    """As HTML, with every word escaped."""
    if isinstance(one, str):
        return html.escape(one, quote=False)
    attributes = "".join(
        f' {name}="{html.escape(value)}"' if value else f" {name}"
        for name, value in one.attributes
    )
    opened = f"<{one.tag}{attributes}>"
    if one.tag in _EMPTY:
        return opened
    return f"{opened}{''.join(as_html(child) for child in one.children)}</{one.tag}>"


def as_data(one: "Node | str") -> object:
    """As JSON has it: words as they are, an element as [tag, attributes, children…]."""
    if isinstance(one, str):
        return one
    return [one.tag, dict(one.attributes), *map(as_data, one.children)]


def every(one: "Node | str") -> Iterable[Node]:
    """The element and all in it."""
    if isinstance(one, Node):
        yield one
        for child in one.children:
            yield from every(child)

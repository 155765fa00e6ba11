"""Nodes: what a page shows, as a tree that becomes HTML here and elements in the script.

One tree for both, so that the page without the script and with it cannot differ. Words are only
ever text: nothing in a flow, a translation or an entry can become markup.
"""

import html
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

# The script makes no other element and sets no other attribute.
TAGS = frozenset(
    ["a", "aside", "audio", "bdi", "button", "dd", "div", "dl", "dt", "fieldset", "h1", "h2", "h3", "input", "label", "legend", "li", "p", "section", "span", "ul"]
)  # fmt: skip
ATTRIBUTES = frozenset(
    [
        "aria-describedby",
        "aria-hidden",
        "autocomplete",
        "checked",
        "class",
        "controls",
        "data-alone",
        "data-copy",
        "dir",
        "for",
        "form",
        "formnovalidate",
        "hidden",
        "href",
        "id",
        "inputmode",
        "lang",
        "maxlength",
        "name",
        "preload",
        "rel",
        "role",
        "src",
        "tabindex",
        "type",
        "value",
    ]
)
_EMPTY = frozenset({"input"})


class Node(list[Any]):
    """An element as JSON has it: tag, attributes by name, children.

    A value of "" is an attribute without one. A list, because a card has a hundred of them.
    """

    @property
    def tag(self) -> str:
        """The name of the element."""
        return str(self[0])

    @property
    def attributes(self) -> dict[str, str]:
        """Its attributes, in order."""
        return dict(self[1])

    @property
    def children(self) -> list[Any]:
        """Words and elements in it, in order."""
        return self[2:]


def node(tag: str, *children: "Node | str | None", **attributes: str | None) -> Node:
    """An element. What is None is left out.

    `_` in the name of an attribute stands for `-`, one at its end for nothing.
    """
    named = {_named(name): value for name, value in attributes.items() if value is not None}
    return Node((tag, named, *[child for child in children if child is not None]))


@lru_cache(maxsize=256)
def _named(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def as_html(one: "Node | str") -> str:
    """As HTML, with every word escaped."""
    if isinstance(one, str):
        return html.escape(one, quote=False)
    tag, named, *children = one
    attributes = "".join(
        f' {name}="{html.escape(value)}"' if value else f" {name}" for name, value in named.items()
    )
    opened = f"<{tag}{attributes}>"
    if tag in _EMPTY:
        return opened
    return f"{opened}{''.join(map(as_html, children))}</{tag}>"


def every(one: "Node | str") -> Iterable[Node]:
    """The element and all in it."""
    if isinstance(one, Node):
        yield one
        for child in one.children:
            yield from every(child)

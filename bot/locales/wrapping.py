"""Wrapping: text in lines of a width, where each line keeps its own direction."""

import textwrap

from bot.locales.rendering import (
    BY_FIRST_LETTER,
    END_OF_ISLAND,
    LEFT_TO_RIGHT,
    RIGHT_TO_LEFT_LINE,
)

_OPENING = (LEFT_TO_RIGHT, BY_FIRST_LETTER)


def wrap(text: str, width: int, indent: str = "") -> str:
    """`text` in lines of at most `width` characters, each after `indent`.

    A right-to-left text keeps its mark on every line, and an island that goes over the end of a
    line is closed there and opened again on the next: each line of a terminal is a paragraph of
    its own, and would else run the other way.
    """
    lines = textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    if RIGHT_TO_LEFT_LINE not in text:
        return "\n".join(lines)
    open_islands: list[str] = []
    return "\n".join(_balanced(line, indent, open_islands) for line in lines)


def _balanced(line: str, indent: str, open_islands: list[str]) -> str:
    before = "".join(open_islands)
    body = line[len(indent) :]
    for char in body:
        if char in _OPENING:
            open_islands.append(char)
        elif char == END_OF_ISLAND and open_islands:
            open_islands.pop()
    mark = "" if body.startswith(RIGHT_TO_LEFT_LINE) else RIGHT_TO_LEFT_LINE
    return f"{indent}{mark}{before}{body}{END_OF_ISLAND * len(open_islands)}"

"""Fitting: words broken into lines and made smaller until they fit, never below what can be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.exceptions import LinnetError
from bot.outreach.content import Said
from bot.outreach.drawing import Line, Words
from bot.outreach.fonts import Font

POINT = 25.4 / 72  # mm
LEAST = 6.0 * POINT  # the smallest print on a card
_STEPS = tuple(1 - 0.04 * n for n in range(16))  # how much smaller, one try after the other


class TooMuchError(LinnetError):
    """The words do not fit their place at any size that can be read."""


class Setter(Protocol):
    """What sets a line; `bot.outreach.shaping.Shaper` is one."""

    font: Font

    def line(self, text: str, *, rtl: bool) -> Line:
        """One line in the order of the eye."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words at a size in mm, and what stands between them and the next, in parts of it.

    `most` lines at most, 0 for no limit; `least` is the smallest size. `anywhere`: an address,
    which may be broken behind any sign that parts it, or in the middle of a long word.
    """

    said: Said
    size: float
    gap: float = 0.3
    most: int = 0
    least: float = LEAST
    centred: bool = False
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Set words and the height they take. Their place begins at 0, 0."""

    items: tuple[Words, ...]
    height: float


def fit(
    paragraphs: Sequence[Paragraph], width: float, height: float, setter: Setter, *, rtl: bool
) -> Block:
    """The paragraphs below each other, all made smaller alike until they fit `width` by `height`.

    `rtl`: lines begin at the right. Raises TooMuchError.
    """
    for smaller in _STEPS:
        block = _set(paragraphs, smaller, width, setter, rtl=rtl)
        if block and block.height <= height:
            return block
    raise TooMuchError


def _set(
    paragraphs: Sequence[Paragraph], smaller: float, width: float, setter: Setter, *, rtl: bool
) -> Block | None:
    items: list[Words] = []
    at, gap = 0.0, 0.0
    for paragraph in paragraphs:
        size = max(paragraph.size * smaller, min(paragraph.least, paragraph.size))
        lines = even(paragraph, width / size, setter)
        if lines is None:
            return None
        # An address is Latin whatever the language, and needs no room for tall letters.
        above, below = (0.9, 0.3) if paragraph.anywhere else (setter.font.above, setter.font.below)
        at += gap
        for line in lines:
            free = width - line.width * size
            x = free / 2 if paragraph.centred else free if rtl else 0.0
            items.append(Words(line, x, at + above * size, size))
            at += (above + below) * size
        gap = paragraph.gap * size
    return Block(tuple(items), at)


def even(paragraph: Paragraph, width: float, setter: Setter) -> list[Line] | None:
    """As `broken`; centred lines are about as long as each other, with no lonely last word."""
    lines = broken(paragraph, width, setter)
    if lines is None or len(lines) == 1 or not paragraph.centred:
        return lines
    for tenth in range(5, 10):
        narrow = broken(paragraph, width * tenth / 10, setter)
        if narrow is not None and len(narrow) == len(lines):
            return narrow
    return lines


def broken(paragraph: Paragraph, width: float, setter: Setter) -> list[Line] | None:
    """The lines of a paragraph, `width` in parts of its size; None where it cannot be broken so."""
    said = paragraph.said
    pieces = list(_pieces(said.text)) if paragraph.anywhere else said.text.split()
    between = "" if paragraph.anywhere else " "
    lines: list[Line] = []
    text = ""
    for piece in pieces:
        longer = text + between + piece if text else piece
        if setter.line(longer, rtl=said.rtl).width <= width:
            text = longer
            continue
        if not text or setter.line(piece, rtl=said.rtl).width > width:
            return None
        lines.append(setter.line(text, rtl=said.rtl))
        text = piece
    lines.append(setter.line(text, rtl=said.rtl))
    return None if paragraph.most and len(lines) > paragraph.most else lines


_PARTS = "/?&=#.-_"
_LONG = 12  # letters of an address that stay together


def _pieces(address: str) -> Iterator[str]:
    """An address in pieces that may stand on lines of their own; each ends with the sign."""
    piece = ""
    for char in address:
        piece += char
        if char in _PARTS or len(piece) == _LONG:
            yield piece
            piece = ""
    if piece:
        yield piece

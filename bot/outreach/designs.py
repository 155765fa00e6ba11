"""Designs: where heading, words, code and address lie on each paper, in millimetres.

Everything is laid out for reading from the left and mirrored for reading from the right, but for
the code and the address.
"""

from collections.abc import Callable

from bot.outreach.board import Board, Code, line_of
from bot.outreach.content import Content
from bot.outreach.drawing import GREY, Picture, Placed, Sheet, Stroke
from bot.outreach.fitting import POINT, Setter
from bot.outreach.papers import PAPERS

STRIPS = 8  # to tear off
_STRIP = (64.0, 23.75)  # mm, lying


def picture_of(paper: str, content: Content, code: Code, setter: Setter) -> Picture:
    """A card, sticker or poster without its strips. Raises TooMuchError where words do not fit."""
    size = PAPERS[paper]
    board = Board(size.width, size.height, content, code, setter)
    _LAYOUTS[paper](board)
    return board.picture()


def poster_with_strips(content: Content, code: Code, setter: Setter) -> Sheet:
    """An A4 poster with strips to tear off along its lower edge. Raises TooMuchError."""
    paper = PAPERS["a4"]
    poster = picture_of("a4", content, code, setter)
    strip = _strip(content, code, setter)
    left, top = (paper.width - STRIPS * strip.height) / 2, paper.height - strip.width
    strips = (Placed(strip, left + n * strip.height, top, turned=True) for n in range(STRIPS))
    across = Stroke(left, top, paper.width - left, top, 0.15, GREY, dashed=True)
    between = (
        Stroke(x, top, x, paper.height, 0.15, GREY, dashed=True)
        for x in (left + n * strip.height for n in range(STRIPS + 1))
    )
    return Sheet(paper.width, paper.height, (Placed(poster, 0, 0), *strips), (across, *between))


def _strip(content: Content, code: Code, setter: Setter) -> Picture:
    width, height = _STRIP
    board = Board(width, height, content, code, setter)
    # The code hangs at the upper end in every language: printers leave the lower edge white.
    board.code(2 if content.rtl else width - 22, (height - 20) / 2, 20)
    # A strip is all she takes: on a plain poster the heading says what it is for.
    said = content.heading if content.plain else content.caption
    words = (line_of(said, 8.5, most=3), board.address(8 * POINT))
    board.put(words, 23 if content.rtl else 5, 2, width - 28, height - 4, middle=True)
    return board.picture()


# ---- each paper


def _card(board: Board) -> None:
    content = board.content
    board.code(56, 4, 25)
    board.put((line_of(content.caption, 7.5, centred=True),), 55.5, 29.5, 26, 12)
    used = board.heading(5, 5, 49, 16, 14 if content.plain else 12.5)
    if content.body and not content.plain:
        board.rule(5, 5.8 + used, 49)
        used += 1.2
    board.middle(5, 6 + used, 49, 36 - used, 10 if content.plain else 8.5)
    board.rule(5, 42.5, 75)
    board.put((board.address(9.5 * POINT),), 5, 43, 75, 8, middle=True)


def _sticker(board: Board) -> None:
    content = board.content
    board.heading(3.5, 2.5, 43, 9.5, 12, centred=True)
    board.code(13, 11.5, 24)
    caption = line_of(content.caption, 7, centred=True)
    board.put((caption, board.address(8 * POINT, centred=True)), 3.5, 35.5, 43, 12.5, middle=True)


def _poster(board: Board, big: float, foot: float) -> None:
    """`big` times the sizes of a leaflet; `foot` mm at the lower edge stay empty."""
    content, edge = board.content, 13 * big
    side = (72 if content.plain else 56) * big
    inner = board.width - 2 * edge
    used = board.heading(edge, edge, inner, 40 * big, 30 * big, centred=True)
    top = edge + used + 3 * big
    if not content.rows:
        board.rule(edge, top, inner)
    low = board.height - foot - 9 * big
    low -= 21 * big
    caption = line_of(content.caption, 14 * big, gap=0.2, most=2, centred=True)
    address = board.address(16 * big * POINT, centred=True)
    board.put((caption, address), edge, low, inner, 20 * big, middle=True)
    low -= side
    board.code((board.width - side) / 2, low, side)
    board.centre(edge, top + 5 * big, inner, low - top - 6 * big, 19 * big)


_LAYOUTS: dict[str, Callable[[Board], None]] = {
    "card": _card,
    "sticker": _sticker,
    "a5": lambda board: _poster(board, 1.0, 0),
    "a4": lambda board: _poster(board, 1.25, _STRIP[0]),
}

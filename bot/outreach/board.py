"""A board: a picture while heading, words, code and lines are put on it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.outreach.content import Content, Said
from bot.outreach.drawing import GREY, Item, Picture, Squares, Stroke, Words
from bot.outreach.fitting import LEAST, POINT, Block, Paragraph, Setter, TooMuchError, fit
from bot.outreach.qr import QUIET

Code = tuple[tuple[bool, ...], ...]  # rows of a code, True for dark

_RULE = 0.25  # mm
_ONE_LINE = 0.75  # of its size, to which a heading shrinks to stay on one line
_ONE_LINE_ALONE = 0.9  # the same where there is room below, and the heading must stand out
_ROOM = 0.45  # around the words of a table, in parts of their size


def line_of(
    said: Said, points: float, *, gap: float = 0.3, most: int = 0, centred: bool = False
) -> Paragraph:
    return Paragraph(said, points * POINT, gap, most, LEAST, centred)


class Board:
    """A picture while things are put on it. Places are given for reading from the left."""

    def __init__(
        self, width: float, height: float, content: Content, code: Code, setter: Setter
    ) -> None:
        self.width, self.height, self.content = width, height, content
        self._code, self._setter = code, setter
        self._items: list[Item] = []

    def picture(self) -> Picture:
        return Picture(self.width, self.height, tuple(self._items))

    def address(self, size: float, *, centred: bool = False) -> Paragraph:
        """The address on two lines at most. It is read from the left in every language."""
        return Paragraph(self.content.address, size, 0.3, 2, LEAST, centred, anywhere=True)

    def put(
        self,
        paragraphs: Iterable[Paragraph],
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        middle: bool = False,
    ) -> float:
        """Words into a box; how much of its height they take. `middle`: as much free above."""
        rtl = self.content.rtl
        block = fit([*paragraphs], width, height, self._setter, rtl=rtl)
        down = (height - block.height) / 2 if middle else 0
        self._place(block, self._mirrored(x, width), y + down)
        return block.height

    def heading(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        points: float,
        *,
        centred: bool = False,
    ) -> float:
        """The heading: on one line if it need not be much smaller for it, else on a few."""
        line = line_of(self.content.heading, points, most=1, centred=centred)
        shrinks = _ONE_LINE_ALONE if self.content.plain else _ONE_LINE
        line = replace(line, least=line.size * shrinks)
        try:
            return self.put((line,), x, y, width, height)
        except TooMuchError:
            return self.put((replace(line, least=LEAST, most=3),), x, y, width, height)

    def middle(self, x: float, y: float, width: float, height: float, points: float) -> None:
        """What stands under the heading on a card: sentences, or days and classes."""
        content = self.content
        if content.rows:
            self._table(x, y, width, height, points)
            return
        body = [line_of(said, points, gap=0.35) for said in content.body]
        try:
            self.put(body, x, y, width, height)
        except TooMuchError:  # sentences that have a line each take more room
            joined = replace(content.body[0], text=" ".join(said.text for said in content.body))
            self.put((line_of(joined, points),), x, y, width, height)

    def centre(self, x: float, y: float, width: float, height: float, points: float) -> None:
        """The same on a poster: plain sentences stand in the middle of their place."""
        content = self.content
        if not content.plain:
            self.middle(x, y, width, height, points)
            return
        body = [line_of(said, points, centred=True) for said in content.body]
        self.put(body, x, y, width, height, middle=True)

    def _table(self, x: float, y: float, width: float, height: float, points: float) -> None:
        """Days and classes in two columns of one size, with a line between."""
        rows = [
            [(self._setter.line(one.text, rtl=one.rtl)) for one in row]
            for row in self.content.rows
        ]
        ink = [line.ink() for row in rows for line in row]
        above, below = max(up for up, _ in ink), max(down for _, down in ink)
        room = above + below + _ROOM
        columns = [max(line.width for line in column) for column in zip(*rows, strict=True)]
        size = min(points * POINT, height / len(rows) / room, width / (sum(columns) + 3 * _ROOM))
        if size < LEAST:
            raise TooMuchError
        high = min(room * 1.5 * size, height / len(rows))
        second = max(columns[0] * size + 2 * _ROOM * size, width * 0.45)
        second = min(second, width - columns[1] * size)
        for n, row in enumerate(rows):
            line = y + n * high + (high - (above + below) * size) / 2 + above * size
            for words, at in zip(row, (0.0, second), strict=True):
                left = self._mirrored(x + at, words.width * size)
                self._items.append(Words(words, left, line, size))
            self.rule(x, y + n * high, width, GREY)

    def rule(self, x: float, y: float, width: float, grey: float = 0.3) -> None:
        left = self._mirrored(x, width)
        self._items.append(Stroke(left, y, left + width, y, _RULE, grey))

    def code(self, x: float, y: float, side: float) -> None:
        """The code with its light border, `side` mm in all."""
        module = side / (len(self._code) + 2 * QUIET)
        left, top = self._mirrored(x, side) + QUIET * module, y + QUIET * module
        boxes = [
            (left + start * module, top + row * module, (end - start) * module, module)
            for row, modules in enumerate(self._code)
            for start, end in _dark(modules)
        ]
        self._items.append(Squares(tuple(boxes)))

    def _mirrored(self, x: float, width: float) -> float:
        return self.width - x - width if self.content.rtl else x

    def _place(self, block: Block, x: float, y: float) -> None:
        for item in block.items:
            self._items.append(Words(item.line, item.x + x, item.y + y, item.size))


def _dark(modules: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Runs of dark modules in a row, as (start, end)."""
    start = None
    for at, dark in enumerate((*modules, False)):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            yield start, at
            start = None

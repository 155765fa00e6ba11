"""Papers: how large each is, how many go on a sheet, and where it is cut."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from bot.outreach.drawing import GREY, Picture, Placed, Sheet, Stroke

A4 = (210.0, 297.0)
_MARK = 4.0  # length of a crop mark
_AWAY = 1.5  # from the cards
_TICK = 1.0  # half of the small cross where four cards meet


@dataclass(frozen=True, slots=True)
class Paper:
    """A size in mm, and how many go on an A4 sheet; none: it is a sheet of its own."""

    width: float
    height: float
    columns: int = 0
    rows: int = 0

    @property
    def on_a_sheet(self) -> int:
        """How many go on one sheet."""
        return max(self.columns * self.rows, 1)


PAPERS = {
    "card": Paper(85, 55, columns=2, rows=5),
    "sticker": Paper(50, 50, columns=3, rows=5),
    "a5": Paper(148, 210),
    "a4": Paper(*A4),
}


def sheets(picture: Picture, paper: Paper, count: int) -> list[Sheet]:
    """`count` copies of a picture on as few sheets as hold them; full ones are the same sheet."""
    if not paper.columns:
        return [Sheet(paper.width, paper.height, (Placed(picture, 0, 0),))] * count
    full, rest = divmod(count, paper.on_a_sheet)
    found = [_sheet(picture, paper, paper.on_a_sheet)] * full
    return [*found, _sheet(picture, paper, rest)] if rest else found


def _sheet(picture: Picture, paper: Paper, count: int) -> Sheet:
    width, height = A4
    left = (width - paper.columns * paper.width) / 2
    top = (height - paper.rows * paper.height) / 2
    places = [
        (left + column * paper.width, top + row * paper.height)
        for row, column in product(range(paper.rows), range(paper.columns))
    ]
    placed = tuple(Placed(picture, x, y) for x, y in places[:count])
    return Sheet(width, height, placed, tuple(_crop_marks(paper, left, top)))


def _crop_marks(paper: Paper, left: float, top: float) -> Iterator[Stroke]:
    """Marks outside the cards at every cut, and small grey crosses where four cards meet."""
    xs = [left + column * paper.width for column in range(paper.columns + 1)]
    ys = [top + row * paper.height for row in range(paper.rows + 1)]
    for x in xs:
        yield Stroke(x, ys[0] - _AWAY - _MARK, x, ys[0] - _AWAY)
        yield Stroke(x, ys[-1] + _AWAY, x, ys[-1] + _AWAY + _MARK)
    for y in ys:
        yield Stroke(xs[0] - _AWAY - _MARK, y, xs[0] - _AWAY, y)
        yield Stroke(xs[-1] + _AWAY, y, xs[-1] + _AWAY + _MARK, y)
    for x, y in product(xs[1:-1], ys[1:-1]):
        yield Stroke(x - _TICK, y, x + _TICK, y, 0.1, GREY)
        yield Stroke(x, y - _TICK, x, y + _TICK, 0.1, GREY)

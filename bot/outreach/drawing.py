"""A drawing: what lies where on paper, in millimetres from the top left; no painter is named."""

from collections.abc import Iterator
from dataclasses import dataclass

# A step of an outline, in parts of the size of the letters, upwards from the line they stand on:
# ("M", x, y), ("L", x, y), ("C", x, y, x, y, x, y) or ("Z",). Outlines are filled by winding.
Step = tuple[str, *tuple[float, ...]]
Outline = tuple[Step, ...]

BLACK = 0.0
GREY = 0.55


@dataclass(frozen=True, slots=True)
class Glyph:
    """One shape of a font, and where it stands in its line, in parts of the size."""

    outline: Outline
    x: float
    y: float  # upwards


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of text in the order of the eye; `width` in parts of the size."""

    glyphs: tuple[Glyph, ...]
    width: float

    def ink(self) -> tuple[float, float]:
        """How far its shapes reach above and below the line, in parts of the size."""
        heights = [
            glyph.y + height
            for glyph in self.glyphs
            for _, *lengths in glyph.outline
            for height in lengths[1::2]
        ]
        return max(heights, default=0.0), -min(heights, default=0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A line with its place: `x` is its left end, `y` what the letters stand on, `size` in mm."""

    line: Line
    x: float
    y: float
    size: float

    def steps(self) -> Iterator[tuple[str, list[tuple[float, float]]]]:
        """The outlines of the whole line in mm of the picture: a letter and its points."""
        for glyph in self.line.glyphs:
            for letter, *lengths in glyph.outline:
                points = zip(lengths[::2], lengths[1::2], strict=True)
                yield (
                    letter,
                    [
                        (self.x + (glyph.x + x) * self.size, self.y - (glyph.y + y) * self.size)
                        for x, y in points
                    ],
                )


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line; `grey` is 0 for black and 1 for white."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float = 0.2
    grey: float = BLACK
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Squares:
    """Black boxes as (x, y, width, height)."""

    boxes: tuple[tuple[float, float, float, float], ...]


Item = Words | Stroke | Squares


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A card or a poster. The same picture is drawn once, however often it is placed."""

    width: float
    height: float
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on a sheet; `turned`: its left end is down, so that it reads from below."""

    picture: Picture
    x: float
    y: float
    turned: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One side of paper. The same sheet may come several times."""

    width: float
    height: float
    placed: tuple[Placed, ...]
    marks: tuple[Stroke, ...] = ()


def number(value: float) -> str:
    """A length as both formats write it: three places, which is a micrometre."""
    return f"{value:.3f}".rstrip("0").rstrip(".")

"""Shaping: words into the shapes of a font, in the order of the eye; the only door to HarfBuzz."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property

import uharfbuzz

from bot.outreach.bidi import visual_runs
from bot.outreach.drawing import Glyph, Line, Outline, Step
from bot.outreach.fonts import Font

DOTTED_CIRCLE = "\u25cc"  # stands where a sign has no letter to sit on


class Face:
    """One font, ready to shape: which letters it has, and its outlines as they are asked for."""

    def __init__(self, font: Font) -> None:
        self.font = font
        self._face = uharfbuzz.Face(font.read())
        self._hb = uharfbuzz.Font(self._face)
        self.letters = frozenset(self._face.unicodes)
        self._em = float(self._face.upem)
        self._outlines: dict[int, Outline] = {}

    @cached_property
    def unwritable(self) -> frozenset[int]:
        """The shapes that stand for what cannot be written: the empty box, the dotted circle."""
        return frozenset({0, self._hb.get_nominal_glyph(ord(DOTTED_CIRCLE)) or 0})

    def shape(
        self, text: str, start: int, end: int, language: str, *, rtl: bool
    ) -> Iterator[tuple[int, int, float, float, float]]:
        """The shapes of `text[start:end]`: glyph, the letter it comes from, x, y, how far to go on.

        Letters around it decide how its ends join. Lengths are in parts of the size.
        """
        buffer = uharfbuzz.Buffer()
        # By UTF-32, so that a place in the text is one in the string.
        buffer.add_codepoints([ord(char) for char in text], start, end - start)
        buffer.guess_segment_properties()
        if self.font.script != "Latn":
            buffer.script = self.font.script
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.language = language
        uharfbuzz.shape(self._hb, buffer)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            lengths = (place.x_offset, place.y_offset, place.x_advance)
            x, y, advance = (length / self._em for length in lengths)
            yield info.codepoint, info.cluster, x, y, advance

    def outline(self, glyph: int) -> Outline:
        """The outline of a glyph; empty for a blank."""
        if glyph not in self._outlines:
            pen = _Pen(self._em)
            self._hb.draw_glyph_with_pen(glyph, pen)
            self._outlines[glyph] = tuple(pen.steps)
        return self._outlines[glyph]


class _Pen:
    """Writes down an outline; curves with one handle become curves with two."""

    def __init__(self, em: float) -> None:
        self.steps: list[Step] = []
        self._em = em
        self._at = (0.0, 0.0)

    def moveTo(self, to: tuple[float, float]) -> None:  # noqa: N802  # the names HarfBuzz calls
        self._add("M", to)

    def lineTo(self, to: tuple[float, float]) -> None:  # noqa: N802
        self._add("L", to)

    def curveTo(  # noqa: N802
        self, one: tuple[float, float], two: tuple[float, float], to: tuple[float, float]
    ) -> None:
        self._add("C", one, two, to)

    def qCurveTo(self, handle: tuple[float, float], to: tuple[float, float]) -> None:  # noqa: N802
        one, two = (_towards(end, handle) for end in (self._at, to))
        self._add("C", one, two, to)

    def closePath(self) -> None:  # noqa: N802
        self.steps.append(("Z",))

    def _add(self, letter: str, *points: tuple[float, float]) -> None:
        self._at = points[-1]
        self.steps.append((letter, *(length / self._em for point in points for length in point)))


def _towards(end: tuple[float, float], handle: tuple[float, float]) -> tuple[float, float]:
    return end[0] + (handle[0] - end[0]) * 2 / 3, end[1] + (handle[1] - end[1]) * 2 / 3


class Shaper:
    """Sets lines in one language. Lines and widths are kept, because layout asks again and again."""

    def __init__(self, language: str, fonts: Sequence[Font]) -> None:
        """`fonts` as `fonts_of` gives them; the first decides how much room lines take."""
        self._language = language
        self._faces = [Face(font) for font in fonts]
        self.font = fonts[0]
        self._lines: dict[tuple[str, bool], Line] = {}

    def line(self, text: str, *, rtl: bool) -> Line:
        """One line of text without direction marks and line breaks."""
        key = (text, rtl)
        if key not in self._lines:
            self._lines[key] = self._set(text, rtl=rtl)
        return self._lines[key]

    def _set(self, text: str, *, rtl: bool) -> Line:
        glyphs, at = [], 0.0
        for face, start, end, leftwards in self._runs(text, rtl=rtl):
            size = face.font.scale
            for glyph, _, x, y, advance in face.shape(
                text, start, end, self._language, rtl=leftwards
            ):
                outline = face.outline(glyph)
                if outline:
                    glyphs.append(Glyph(_sized(outline, size), at + x * size, y * size))
                at += advance * size
        return Line(tuple(glyphs), at)

    def unwritable(self, text: str) -> str:
        """The first letter that no font has, or a sign with no letter to sit on; empty if none."""
        for face, start, end, leftwards in self._runs(text, rtl=False):
            for glyph, place, *_ in face.shape(text, start, end, self._language, rtl=leftwards):
                if glyph in face.unwritable and text[place] != DOTTED_CIRCLE:
                    # A lone sign after a blank counts as one with it.
                    return next((char for char in text[place:] if not char.isspace()), " ")
        return ""

    def _runs(self, text: str, *, rtl: bool) -> Iterator[tuple[Face, int, int, bool]]:
        """Runs of one direction and one font, from left to right."""
        for start, end, leftwards in visual_runs(text, rtl=rtl):
            parts: list[tuple[Face, int, int, bool]] = []
            for at in range(start, end):
                face = self._face(text[at], parts[-1][0] if parts else None)
                if parts and parts[-1][0] is face:
                    parts[-1] = (face, parts[-1][1], at + 1, leftwards)
                else:
                    parts.append((face, at, at + 1, leftwards))
            yield from reversed(parts) if leftwards else parts

    def _face(self, char: str, before: Face | None) -> Face:
        """Signs and blanks stay in the font of the word before them, where it has them."""
        kind = unicodedata.category(char)
        if before and (kind == "Cf" or (kind[0] not in "L" and ord(char) in before.letters)):
            return before
        has = (face for face in self._faces if ord(char) in face.letters)
        return next(has, before or self._faces[0])


def _sized(outline: Outline, size: float) -> Outline:
    if size == 1.0:
        return outline
    return tuple((step[0], *(length * size for length in step[1:])) for step in outline)

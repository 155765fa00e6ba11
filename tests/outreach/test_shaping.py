"""Shaping: joined letters, signs drawn before their letter, and what cannot be written."""

import pytest
import uharfbuzz

from bot.outreach.fonts import BY_SCRIPT, NASTALIQ, fonts_of
from bot.outreach.shaping import Face, Shaper
from tests.outreach.printing import LANGUAGES, shaper


def glyphs(face, text, language, *, rtl=False):
    return [glyph for glyph, *_ in face.shape(text, 0, len(text), language, rtl=rtl)]


def nominal(font, letter):
    """The shape of a letter that stands alone, asked of the library itself."""
    return uharfbuzz.Font(uharfbuzz.Face(font.read())).get_nominal_glyph(ord(letter))


@pytest.mark.parametrize("font", [BY_SCRIPT["Arab"], NASTALIQ], ids=lambda font: font.file)
def test_arabic_letters_join(font):
    face = Face(font)
    alone = glyphs(face, "ب", "ur", rtl=True)
    three = glyphs(face, "ببب", "ur", rtl=True)
    apart = glyphs(face, "ب\u200cب", "ur", rtl=True)
    assert alone[0] not in three or len(alone) > 1
    assert glyphs(face, "بب", "ur", rtl=True) != alone * 2
    assert three != alone * 3
    assert apart[-len(alone) :] == alone


def test_a_letter_joins_across_the_end_of_a_run():
    """Only a part of the text is shaped, and its neighbours still count."""
    face = Face(BY_SCRIPT["Arab"])
    (first,) = [one for one, *_ in face.shape("بب", 0, 1, "ps", rtl=True)]
    assert first == glyphs(face, "بب", "ps", rtl=True)[-1]
    assert first != glyphs(face, "ب", "ps", rtl=True)[0]


# The consonant, how many shapes stand before it and how many after it: Unicode chapter 12 has these
# signs to the left of their letter, or on both sides.
SIGNS = [
    ("pa", "Guru", "ਕਿ", "ਕ", 1, 0),
    ("pa", "Guru", "ਕੀ", "ਕ", 0, 1),
    ("bn", "Beng", "কি", "ক", 1, 0),
    ("bn", "Beng", "কো", "ক", 1, 1),
    ("bn", "Beng", "কৌ", "ক", 1, 1),
    ("gu", "Gujr", "કિ", "ક", 1, 0),
    ("hi", "Deva", "कि", "क", 1, 0),
    ("hi", "Deva", "की", "क", 0, 1),
    ("ta", "Taml", "கெ", "க", 1, 0),
    ("ta", "Taml", "கொ", "க", 1, 1),
    ("ta", "Taml", "கா", "க", 0, 1),
]


@pytest.mark.parametrize(("language", "script", "text", "letter", "before", "after"), SIGNS)
def test_vowel_signs_stand_on_their_side(language, script, text, letter, before, after):
    font = BY_SCRIPT[script]
    found = glyphs(Face(font), text, language)
    assert found.index(nominal(font, letter)) == before
    assert len(found) == before + 1 + after


@pytest.mark.parametrize(
    ("language", "script", "text"),
    [("bn", "Beng", "ক্ষ"), ("hi", "Deva", "क्ष"), ("gu", "Gujr", "ક્ષ"), ("ta", "Taml", "க்ஷ")],
)
def test_letters_become_one(language, script, text):
    assert len(glyphs(Face(BY_SCRIPT[script]), text, language)) == 1


def test_a_line_stands_in_the_order_of_the_eye():
    line = shaper("ur").line("دال chat سوپ", rtl=True)
    xs = [glyph.x for glyph in line.glyphs]
    latin = Shaper("en", fonts_of("en", "Latn")).line("chat", rtl=False)
    outlines = [glyph.outline for glyph in line.glyphs]
    starts = [n for n in range(len(outlines)) if outlines[n] == latin.glyphs[0].outline]
    assert len(starts) == 1  # the Latin word keeps its order between the others
    assert outlines[starts[0] : starts[0] + 4] == [glyph.outline for glyph in latin.glyphs]
    assert 0 < starts[0] < len(outlines) - 4
    assert max(xs) < line.width


def test_a_bracket_is_turned_where_words_read_leftwards():
    opened = shaper("ps").line("(", rtl=True).glyphs[0].outline
    assert opened == shaper("ps").line(")", rtl=False).glyphs[0].outline


@pytest.mark.parametrize(
    ("code", "text", "missing"),
    [
        ("en", "Soup \U0001f372", "\U0001f372"),
        ("en", "汤", "汤"),
        ("ur", "ਸੂਪ", "ਸ"),
        ("hi", "दाल ि", "ि"),
        ("hi", "दाल", ""),
        ("bn", "Sewing স্যুপ ১২", ""),
        ("ur", "دال کا سوپ (chat)", ""),
        ("uk", "Суп із сочевиці", ""),
    ],
)
def test_what_cannot_be_written_is_found(code, text, missing):
    assert shaper(code).unwritable(text) == missing


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_can_write_its_own_name(code):
    name = LANGUAGES[code].endonym
    assert shaper(code).unwritable(name) == ""
    line = shaper(code).line(name, rtl=LANGUAGES[code].rtl)
    assert line.width > 1
    assert line.glyphs


def test_curves_with_one_handle_become_the_same_curves_with_two():
    """The middle of each curve lies where the font has it."""
    font = uharfbuzz.Font(uharfbuzz.Face(BY_SCRIPT["Latn"].read()))
    kept = []

    class Pen:
        def moveTo(self, to):  # noqa: N802
            self.at = to

        lineTo = moveTo  # noqa: N815

        def qCurveTo(self, handle, to):  # noqa: N802
            kept.append([(self.at[n] + 2 * handle[n] + to[n]) / 4000 for n in (0, 1)])
            self.at = to

        def curveTo(self, *_):  # noqa: N802
            raise AssertionError("this font has only curves with one handle")

        def closePath(self):  # noqa: N802
            pass

    letter = font.get_nominal_glyph(ord("o"))
    font.draw_glyph_with_pen(letter, Pen())
    ours, at = [], (0.0, 0.0)
    for step, *points in Face(BY_SCRIPT["Latn"]).outline(letter):
        if step == "C":
            ours.append([(at[n] + 3 * points[n] + 3 * points[n + 2] + points[n + 4]) / 8 for n in (0, 1)])  # fmt: skip
        at = tuple(points[-2:]) or at
    assert len(kept) > 8
    assert ours == [pytest.approx(point) for point in kept]

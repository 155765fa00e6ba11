"""Widths: about how much room a label takes on a button, by its letters.

Telegram cuts a label that is too long and never breaks it over lines. Measured with Noto at 16
pixels, in pixels a sign: a label of 32 Latin letters is as wide as one of 26 Tamil ones.
"""

import unicodedata

ROOM = 280.0  # pixels of a button on a phone 360 wide
USUAL = 8.4  # Latin, and what is not named here
# By how the Unicode name of a letter begins.
_BY_SCRIPT = {
    "TAMIL": 10.5,
    "CYRILLIC": 9.0,
    "BENGALI": 7.0,
    "GUJARATI": 7.0,
    "DEVANAGARI": 7.0,
    "ARABIC": 6.4,
    "GURMUKHI": 5.9,
}


def width(label: str) -> float:
    """Pixels of the label, roughly: the mean of a script, its marks and spaces counted in."""
    return sum(_wide(char) for char in label)


def fits(label: str) -> bool:
    """Whether a button shows the whole label."""
    return width(label) <= ROOM


def _wide(char: str) -> float:
    if unicodedata.category(char) == "Cf":
        return 0.0
    script = unicodedata.name(char, "").partition(" ")[0]
    return _BY_SCRIPT.get(script, USUAL)

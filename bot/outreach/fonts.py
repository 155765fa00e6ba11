"""Fonts: which letters of which shipped file a language is printed in, and how much room they take."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"


@dataclass(frozen=True, slots=True)
class Font:
    """One shipped font. `above` and `below` the line are what its words need, in parts of the size.

    `scale` makes its letters look as large as Latin ones of the same size.
    """

    file: str
    script: str  # ISO 15924, as in locales/languages.yaml
    above: float = 1.0
    below: float = 0.35
    scale: float = 1.0

    def read(self) -> bytes:
        """The file, whole. Raises OSError where it is not there."""
        return (FOLDER / self.file).read_bytes()


LATIN = Font("NotoSans-Regular.ttf", "Latn")
NASTALIQ = Font("NotoNastaliqUrdu-Regular.ttf", "Arab", 1.4, 0.7, 0.95)

BY_SCRIPT = {
    "Latn": LATIN,
    "Cyrl": LATIN,
    "Arab": Font("NotoNaskhArabic-Regular.ttf", "Arab", 1.05, 0.5, 1.15),
    "Guru": Font("NotoSansGurmukhi-Regular.ttf", "Guru", 1.05, 0.45, 1.05),
    "Beng": Font("NotoSansBengali-Regular.ttf", "Beng", 1.05, 0.45, 1.08),
    "Gujr": Font("NotoSansGujarati-Regular.ttf", "Gujr", 1.05, 0.45, 1.05),
    "Deva": Font("NotoSansDevanagari-Regular.ttf", "Deva", 1.1, 0.45, 1.05),
    "Taml": Font("NotoSansTamil-Regular.ttf", "Taml", 1.05, 0.45, 0.95),
}
# Urdu in print is Nastaliq; other languages of the script are read in Naskh.
BY_LANGUAGE = {"ur": NASTALIQ}


def fonts_of(language: str, script: str) -> tuple[Font, ...]:
    """The fonts to look for a letter in, first to last; none where the script is not shipped."""
    own = BY_LANGUAGE.get(language) or BY_SCRIPT.get(script)
    if own is None:
        return ()
    return (own,) if own is LATIN else (own, LATIN)

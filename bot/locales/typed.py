"""Typed text: one spelling for the many ways people type the same word."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 256  # characters of typed text that are looked at as an answer

# Letters that look alike to the reader but are different to the machine.
_SAME = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ه": "ہ", "ھ": "ہ", "ة": "ہ", "أ": "ا", "إ": "ا",
        "ٱ": "ا", "ؤ": "و", "ł": "l", "đ": "d", "ı": "i",
    }
)  # fmt: skip
_APOSTROPHES = re.compile("['’‘ʼ`´]")
# In plain ASCII an apostrophe or a backtick goes, everything else that is no letter or digit parts.
_PLAIN = {
    code: None if chr(code) in "'`" else " " for code in range(128) if not chr(code).isalnum()
}
_FOLDED_SCRIPTS = ("LATIN", "CYRILLIC")


def normalise(text: str) -> str:
    """`text` for comparing with other normalised text, never for showing.

    Compatibility forms and case are folded, Latin and Cyrillic accents dropped, Arabic ye, kaf
    and he unified, digits of any script made ASCII, marks and punctuation dropped, spaces joined.
    Text that has no letter or digit comes back empty. What is longer than `LONGEST` is cut.
    """
    return folded(text[:LONGEST])


def folded(text: str) -> str:
    """The same for words of our own, which may be longer than anything she types."""
    if text.isascii():
        # Most of what is typed; nothing below would change it otherwise.
        return " ".join(text.lower().translate(_PLAIN).split())
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = _APOSTROPHES.sub("", plain)
    letters = (_letter(char) for char in _without_accents(plain))
    return " ".join("".join(letters).translate(_SAME).split())


def _without_accents(text: str) -> str:
    kept: list[str] = []
    base = " "
    for char in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(char):
            base = char
        elif unicodedata.name(base, "").startswith(_FOLDED_SCRIPTS):
            continue
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


@lru_cache(maxsize=4096)  # single letters: nothing of what she says could be put together of them
def _letter(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if kind[0] in "LM" or kind in {"Nl", "No"}:
        return char
    return "" if kind == "Cf" else " "  # zero-width and direction marks join, the rest parts

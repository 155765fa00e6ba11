"""Checks of texts: no number, link or address hides in words, where no other check looks."""

import re
import unicodedata

from bot.directory.findings import Around, Finding, Findings, Rule, shown_texts
from bot.directory.model import Service

_WORDS = r"(?:oh|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|treble|triple)"
_GAP = r"[\W_]{0,3}"
# A number starts with 0 or + and has seven figures, or has nine, or five that stand together.
_DIALLED = re.compile(
    rf"(?:\+|(?<!\d)0)(?:{_GAP}\d){{6}}|(?:\d{_GAP}){{8}}\d|\d{{5}}"
    rf"|\b{_WORDS}(?:[\W_]+{_WORDS}){{4}}\b",
    re.IGNORECASE,
)
# Dates and times are no telephone numbers.
_TIMES = re.compile(
    r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b|(?<![\d.:])(?:[01]?\d|2[0-4])[:.][0-5][05](?![\d.:])",
    re.ASCII,
)
_LINK = re.compile(
    r"https?:|hxxp|www\.|@|\b[a-z0-9-]+\.(?!\d)[a-z]{2,}\b(?!\.m\.)"
    r"|\b(?:dot|\[\.\]|\(\.\)) ?(?:org|com|co|uk|net|info)\b",
    re.IGNORECASE,
)
_LOOKALIKE = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "FULLWIDTH", "MATHEMATICAL")


def _number_in_text(service: Service, _: Around) -> Findings:
    for _key, found in shown_texts(service):
        # Figures of every script, superscripts and the like are read as the plain ones.
        text = _TIMES.sub("~~~~", unicodedata.normalize("NFKC", found.text))
        if _DIALLED.search(text):
            why = "there is a telephone number in this text; make it a contact of its own"
            yield Finding(found.mark, why)


def _link_in_text(service: Service, _: Around) -> Findings:
    for _key, found in shown_texts(service):
        if _LINK.search(unicodedata.normalize("NFKC", found.text)):
            why = "there is a link in this text; make it a contact of type website"
            yield Finding(found.mark, why)


def _lookalike(service: Service, _: Around) -> Findings:
    for _key, found in shown_texts(service):
        if odd := next(filter(None, map(_mixed, re.findall(r"[^\W\d_]+", found.text))), None):
            why = f"'{odd}' (U+{ord(odd):04X}) stands among English letters; type the word again"
            yield Finding(found.mark, why)


def _mixed(word: str) -> str | None:
    """The first letter of a word that only looks like one of its Latin letters."""
    odd = [letter for letter in word if unicodedata.name(letter, "").startswith(_LOOKALIKE)]
    plain = any(letter.isascii() for letter in word)
    styled = any(unicodedata.name(letter).startswith(_LOOKALIKE[-2:]) for letter in odd)
    return odd[0] if odd and (plain or styled) else None


RULES = (
    Rule("number-in-text", "A text has a telephone number in it.", _number_in_text),
    Rule("link-in-text", "A text has a link in it.", _link_in_text),
    Rule("lookalike-letter", "A word mixes letters of two alphabets.", _lookalike),
)

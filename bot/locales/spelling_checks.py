"""Checks of how a translation is spelled: one form of each letter, spaces, marks at the end."""

import re
import unicodedata
from collections.abc import Iterator

from bot.locales.languages import Language
from bot.locales.pofile import Entry

RULES = {
    "spelling": "a translation has letters in two forms, lost signs, double spaces or three dots",
    "sentence-mark": "a sentence does not end with the mark of its language",
    "half-english": "a translation has a sentence that is English",
}

ENGLISH_WORDS = frozenset(
    [
        "the",
        "and",
        "you",
        "your",
        "yours",
        "with",
        "this",
        "that",
        "these",
        "those",
        "have",
        "has",
        "what",
        "when",
        "where",
        "which",
        "who",
        "will",
        "would",
        "should",
        "from",
        "they",
        "them",
        "their",
        "there",
        "about",
    ]
)
FEWEST_ENGLISH = 3  # of these words in one text
FULL_STOPS = (".", "\u0964", "\u06d4")  # of English, of Indic scripts, of Urdu
QUESTIONS = ("?", "\u061f")
_CLOSING = "\u201d\u201c\u2019\u00bb\u203a\"')\u300d"  # may stand after the mark

Found = tuple[str, str]  # the rule, and a sentence with a remedy


def check_spelling(entry: Entry, language: Language) -> Iterator[Found]:
    """What is wrong with one translation; it must have one, and be no list of typed words."""
    for form in filter(None, entry.forms):
        yield from _signs(form)
        yield from _end(entry, form, language)
        yield from _english(form, language)


def _signs(form: str) -> Iterator[Found]:
    if not unicodedata.is_normalized("NFC", form):
        yield "spelling", "some letters are made of two signs; save the text in the form NFC"
    if "\ufffd" in form:
        yield "spelling", "a letter was lost (\ufffd); type the word again"
    if "  " in form or form != form.strip():
        yield "spelling", "there is a space too many"
    if "..." in form:
        yield "spelling", "write \u2026 in place of three dots"


def _end(entry: Entry, form: str, language: Language) -> Iterator[Found]:
    """Whether the last line ends as a sentence where the English does, and only there."""
    marks = {".": language.full_stop, "?": language.question}
    wanted = marks.get(_last(entry.plural if entry.plural else entry.msgid), "")
    given = _last(form)
    if wanted and given != wanted:
        yield "sentence-mark", f"the English ends a sentence here; end with '{wanted}'"
    if not wanted and given in (*FULL_STOPS, *QUESTIONS):
        yield "sentence-mark", f"the English ends no sentence here; leave '{given}' out"
    others = (*FULL_STOPS, *QUESTIONS)
    for mark in sorted(set(others) - set(marks.values()) - {"."}):
        if mark in form:
            yield "sentence-mark", f"'{mark}' is no mark of {language.code}"


def _last(text: str) -> str:
    return text.rstrip(_CLOSING + " ")[-1:]


def _english(form: str, language: Language) -> Iterator[Found]:
    if language.script != "Latn":
        return  # one letter of another script is told already
    words = re.findall(r"[a-z]+", form.casefold())
    found = [word for word in words if word in ENGLISH_WORDS]
    if len(found) >= FEWEST_ENGLISH:
        shown = ", ".join(dict.fromkeys(found))
        yield "half-english", f"some of this is still English ({shown})"

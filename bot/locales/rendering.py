"""Rendering: `$name` slots from a closed set, and islands of one direction inside another.

Translations and entries are untrusted, so no `str.format` and no `%`: one regular expression
looks for slots, and a value is cut, cleaned and put in as it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LEFT_TO_RIGHT = "\u2066"  # LRI
BY_FIRST_LETTER = "\u2068"  # FSI
END_OF_ISLAND = "\u2069"  # PDI
RIGHT_TO_LEFT_LINE = "\u200f"  # RLM
FIXED_SPACE = "\u00a0"  # NBSP


class Kind(StrEnum):
    """What a value is, and so how it keeps its order inside right-to-left words."""

    PLAIN = "plain"  # words of her own language
    NUMBER = "number"  # a telephone number, a postcode
    LINK = "link"  # a web or e-mail address
    TIME = "time"  # a time of day
    NAME = "name"  # a name or words in a direction that nobody knows beforehand


@dataclass(frozen=True, slots=True)
class Slot:
    """What may stand in a slot: its kind, and the longest value in characters."""

    kind: Kind
    most: int = 120


# The closed set. A word after `$` that is not here is a mistake in a text.
SLOTS: Mapping[str, Slot] = {
    "count": Slot(Kind.PLAIN, 10),
    "council": Slot(Kind.NAME),
    "date": Slot(Kind.PLAIN),
    "day": Slot(Kind.PLAIN),
    "days": Slot(Kind.PLAIN),
    "month": Slot(Kind.PLAIN),
    "need": Slot(Kind.PLAIN),
    "number": Slot(Kind.NUMBER, 40),
    "place": Slot(Kind.NAME),
    "time": Slot(Kind.TIME, 40),
    "until": Slot(Kind.TIME, 40),
    "until_day": Slot(Kind.PLAIN),
    "when": Slot(Kind.PLAIN, 400),
    "word": Slot(Kind.NAME, 40),
    "words": Slot(Kind.NAME, 800),
}

_SLOT = re.compile(r"\$([a-z][a-z_]*)")
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_MARKS = re.compile(f"[{_BIDI}]")
_UNSAFE = re.compile(f"[{_BIDI}\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb]")
_BREAKS = re.compile("[\t\n\x0b\x0c\r\u2028\u2029]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def slots_in(template: str) -> frozenset[str]:
    """The slot names that stand in `template`, known or not."""
    return frozenset(_SLOT.findall(template)) if "$" in template else frozenset()


def render(template: str, slots: Mapping[str, str], *, rtl: bool = False) -> str:
    """`template` with its slots filled.

    A slot outside the closed set, or without a value, leaves nothing behind: what she reads never
    shows a `$name`. `rtl` says that the words around run from right to left; every value is then
    an island of its own, and every line starts with a mark that keeps its direction.
    """
    if "$" not in template:
        return from_right(template) if rtl else template
    # A value is put in by a function, so a `$` inside a value is never read as a slot.
    filled = _SLOT.sub(lambda found: _value(found[1], slots, rtl), template)
    return from_right(filled) if rtl else filled


def _value(name: str, slots: Mapping[str, str], rtl: bool) -> str:
    slot = SLOTS.get(name)
    if slot is None or name not in slots:
        return ""
    value = clean(slots[name], slot.most)
    return isolate(value, slot.kind) if rtl else value


def clean(value: str, most: int = 120) -> str:
    """One line of text: no control characters, no direction marks, at most `most` characters."""
    plain = _BREAKS.sub(" ", _UNSAFE.sub("", value)).strip()
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def isolate(value: str, kind: Kind) -> str:
    """`value` as an island that keeps its own order inside right-to-left words.

    Without it an Urdu reader sees 0808 2000 247 as 247 2000 0808. Two defences, because programs
    differ in which they know: the marks around, and fixed spaces inside a number. Plain words and
    nothing at all come back as they are.
    """
    if not value or kind is Kind.PLAIN:
        return value
    if kind in {Kind.NUMBER, Kind.TIME}:
        value = value.replace(" ", FIXED_SPACE)
    # A time like "6:30 شام" reads from the right, so its own first letter decides.
    own = kind is Kind.NAME or _RIGHT_TO_LEFT.search(value) is not None
    return (BY_FIRST_LETTER if own else LEFT_TO_RIGHT) + value + END_OF_ISLAND


def from_right(text: str) -> str:
    """Every line marked as right-to-left, also one that begins with a Latin name or a number."""
    if "\n" not in text and text and RIGHT_TO_LEFT_LINE not in text:
        return RIGHT_TO_LEFT_LINE + text  # nearly all words she reads, and five times as fast
    return "\n".join(
        line if not line or RIGHT_TO_LEFT_LINE in line else RIGHT_TO_LEFT_LINE + line
        for line in text.split("\n")
    )


def strip_marks(text: str) -> str:
    """`text` without direction marks and with plain spaces, for a terminal or a copy."""
    return _MARKS.sub("", text).replace(FIXED_SPACE, " ")


def marks_in(text: str) -> bool:
    """Whether somebody typed a direction mark by hand; only `isolate` may put them in."""
    return _MARKS.search(text) is not None

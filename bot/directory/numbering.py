"""The ranges of British telephone numbers, and what each of them is for.

Source: the National Telephone Numbering Plan of Ofcom, and Ofcom's list of numbers for use in
drama. The short numbers are those that the entries use or that every telephone in Britain knows;
a new one is added here by hand, after somebody has rung or texted it.
"""

import re
from typing import Literal

Range = Literal[
    "made_up",  # kept for films and examples; reaches nobody
    "dear",  # premium rate, shared cost, directory enquiries: 09, 084, 087, 118
    "personal",  # 070 leads to one person wherever she or he is
    "pager",  # 076
    "short",  # emergency, NHS, police, 116 numbers, text relay
    "text",  # five figures for texts
    "free",  # 0800 and 0808
    "wide",  # 030, 033, 034, 037: as dear as 01
    "fixed",  # 01 and 02
    "mobile",
]

_SHORT = r"999|112|111|101|116123|116000|18000"
_TEXT = r"82111|85258"  # FRANK, Shout

# The first that fits counts.
_RANGES: tuple[tuple[Range, str], ...] = (
    (
        "made_up",
        r"07700900\d{3}|01632960\d{3}|011[3-8]4960\d{3}|01[2-6]14960\d{3}|01914980\d{3}"
        r"|02079460\d{3}|02890180\d{3}|02920180\d{3}|03069990\d{3}|08081570\d{3}|09098790\d{3}",
    ),
    ("dear", r"084[2-5]\d+|087[0-3]\d+|09\d+|118\d{3}"),
    ("personal", r"070\d{8}"),
    ("pager", r"076(?!24)\d{8}"),  # 07624 is the Isle of Man
    ("short", _SHORT),
    ("text", _TEXT),
    ("free", r"080[08]\d{7}|0800\d{6}|08001111"),
    ("wide", r"03[0347]\d{8}"),
    (
        "fixed",
        r"011[3-8][2-9]\d{6}|01[2-69]1[2-9]\d{6}|02[03489][2-9]\d{7}"
        r"|01[2-9][02-9]\d{6,7}",  # some towns have five figures after the code
    ),
    ("mobile", r"07[1-57-9]\d{8}|07624\d{6}"),
)
_RELAYED = re.compile(r"\A1800[12](?=\d)")  # what a textphone dials before the number itself


def digits(number: str) -> str:
    """A number as it is dialled in Britain: `+44 (0)121 303 0000` → `01213030000`."""
    plain = re.sub(r"\(0\)|[\s().\-\u2010-\u2015]", "", number)
    return re.sub(r"\A(?:\+44|0044)0?", "0", plain)


def range_of(number: str) -> Range | None:
    """What a number is for, as it is written; None when no range has it.

    A number behind a prefix of the text relay is what it is without the prefix.
    """
    dialled = _RELAYED.sub("", digits(number), count=1)
    return next((name for name, shape in _RANGES if re.fullmatch(shape, dialled, re.ASCII)), None)


def is_short(number: str) -> bool:
    """Whether it has three to six figures and no code before them, approved or not."""
    return re.fullmatch(r"[1-9][0-9]{2,5}", digits(number)) is not None

"""What a worker gives for a card, heading and address: untrusted, and looked at before it is used."""

import re
import unicodedata
from urllib.parse import urlsplit

from bot.exceptions import SettingsError
from bot.outreach.links import MOST_COVER

LONGEST_HEADING = MOST_COVER  # letters
LONGEST_ADDRESS = 120
MOST_MARKS = 3  # on one letter: what is more is drawn over other words

_JOINERS = "\u200c\u200d"  # letters of their own in some scripts
_SIGNS = frozenset(" -'.,:!?&()/+\u2019\u2018\u2013\u060c\u061f\u06d4\u0964")


def heading_of(given: str, named: str = "--cover") -> str:
    """A heading in composed letters. `named` is what the worker calls it.

    Raises SettingsError with a sentence that repeats none of it.
    """
    text = unicodedata.normalize("NFC", given.strip(" "))
    if not text:
        raise SettingsError(f"{named} is empty; leave it out for the usual heading")
    if len(text) > LONGEST_HEADING:
        raise SettingsError(f"{named} has {len(text)} letters; {LONGEST_HEADING} fit")
    for char in text:
        if char not in _SIGNS and char not in _JOINERS and not _is_writing(char):
            shown = f"U+{ord(char):04X}"
            raise SettingsError(
                f"{named} has the sign {shown}; use letters, digits and full stops"
            )
    if not any(unicodedata.category(char)[0] == "L" for char in text):
        raise SettingsError(f"{named} has no letter")
    if re.search(rf"[{_JOINERS}]{{2}}|^[{_JOINERS}]", text) or _piled(text):
        raise SettingsError(f"{named} has signs with no letter to sit on")
    return text


def _is_writing(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind[0] in "LM" or kind == "Nd"


def _piled(text: str) -> bool:
    marks = 0
    for char in text:
        if unicodedata.category(char)[0] == "M":
            marks += 1
        elif char not in _JOINERS:  # a joiner between marks is no letter to sit on
            marks = 0
        if marks > MOST_MARKS:
            return True
    return unicodedata.category(text[0])[0] == "M"


def address_of(given: str) -> str:
    """An address that a card may carry. Raises SettingsError; the address is not repeated.

    Harm prevented: what is printed cannot be called back, and an address without https shows the
    whole talk to whoever runs the network.
    """
    try:
        parts = urlsplit(given)
        fits = (
            parts.scheme == "https"
            and bool(parts.hostname)
            and not (parts.username or parts.password)
        )
    except ValueError:
        fits = False
    if not fits or not re.fullmatch(r"[!-~]+", given) or re.search(r'["<>\\^`{|}]', given):
        raise SettingsError("the address of a card must begin with https:// and have no odd signs")
    if len(given) > LONGEST_ADDRESS:
        raise SettingsError(
            f"the address of a card has {len(given)} letters; {LONGEST_ADDRESS} fit"
        )
    return given


def printed(address: str) -> str:
    """An address as it is printed in letters: what she types into her browser."""
    return address.removeprefix("https://").removesuffix("/")

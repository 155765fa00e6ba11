"""Which services share a place, so that a woman who avoids one is shown none of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from bot.directory.model import Service

_SHORT: Mapping[str, str] = {
    "st": "street",
    "rd": "road",
    "ave": "avenue",
    "ln": "lane",
    "sq": "square",
    "pl": "place",
    "dr": "drive",
    "ct": "court",
    "cl": "close",
}


def companions(services: Iterable[Service]) -> Mapping[str, frozenset[str]]:
    """For each service that shares a place: the ids of all at its places, its own among them.

    Two places are one when postcode and street agree. Where one of them states no street, the
    postcode alone decides: hiding one service too many is better than the meeting she fears.
    """
    at: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for service in services:
        for place in service.places:
            if place.postcode:
                at[place.postcode.replace(" ", "").upper()].add((service.id, place.street or ""))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for group in at.values():
        for id, street in group if len(group) > 1 else ():
            found[id] |= {other for other, beside in group if _one_place(street, beside)}
    return {id: frozenset(others) for id, others in found.items()}


def _one_place(street: str, other: str) -> bool:
    return not street or not other or _plain(street) == _plain(other)


def _plain(street: str) -> str:
    """`1 Example St.` and `1, example street` are one street."""
    words = re.findall(r"\w+", street.casefold().replace("'", "").replace("’", ""))
    return " ".join(_SHORT.get(word, word) for word in words)

"""Codes: short stand-ins for the ids of steps, choices and words, for buttons that others may see.

An id such as `sex_work` in a button would lie in the messenger's copy of her chat. A code says
nothing to whoever does not have the flows, and every code has the same length.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

LENGTH = 8  # letters, digits, `-` and `_`


@lru_cache(maxsize=8192)
def code_of(id: str) -> str:
    """The code of an id, always the same."""
    digest = hashlib.blake2s(id.encode(), digest_size=6).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii")


def codes(ids: Iterable[str]) -> Mapping[str, str]:
    """The way back: code → id. Two ids of one code (never seen in 48 bits) both mean nothing."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for id in dict.fromkeys(ids):
        code = code_of(id)
        if code in found:
            twice.add(code)
        found[code] = id
    return {code: id for code, id in found.items() if code not in twice}

"""Records: a JSON object with a checksum in it, so that half a file is known for what it is."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

MOST_NUMBER = 10**9  # no count of talks comes near it
_CHECKSUM = "checksum"


def pack(record: Mapping[str, Any]) -> bytes:
    """The record as JSON with its keys in order and its checksum.

    The same record always gives the same bytes; the order in which rows came to be is not in them.
    """
    whole = {**record, _CHECKSUM: checksum(record)}
    return json.dumps(whole, sort_keys=True, indent=1).encode() + b"\n"


def unpack(data: bytes) -> dict[str, Any] | None:
    """The record without its checksum; None for what is no JSON object or has another checksum."""
    try:
        found = json.loads(data)
        if not isinstance(found, dict):
            return None
        told = found.pop(_CHECKSUM, None)
        return found if told == checksum(found) else None
    except (ValueError, RecursionError):
        return None


def checksum(record: Mapping[str, Any]) -> str:
    """The SHA-256 of the record, 64 hexadecimal letters. It tells of damage, not of deceit."""
    plain = json.dumps(record, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def is_count(value: object) -> bool:
    """Whether this is a whole number that a count can be; true and false are not."""
    return type(value) is int and abs(value) <= MOST_NUMBER

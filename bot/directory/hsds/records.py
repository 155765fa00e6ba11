"""Records: the JSON objects of HSDS, with ids that are worked out and never drawn by lot."""

import re
import uuid
from collections.abc import Container, Iterator
from typing import TypeAlias

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"
Record: TypeAlias = dict[str, Value]

_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:linnet:directory")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


def id_of(*names: str) -> str:
    """The UUID (version 5) of what the names lead to; the same names give the same one for ever."""
    # A length before each name, so that no two lists of names run together.
    return str(uuid.uuid5(_OURS, "".join(f"{len(name)}:{name}" for name in names)))


def is_uuid(text: str) -> bool:
    """Whether it is a UUID of any version, written with hyphens."""
    return bool(_UUID.fullmatch(text))


def text_of(record: Record, key: str) -> str:
    """The text under a key, without spaces around it; empty when it is missing or no text."""
    found = record.get(key)
    return found.strip() if isinstance(found, str) else ""


def record_of(record: Record, key: str) -> Record:
    """The record under a key; an empty one when there is none."""
    found = record.get(key)
    return found if isinstance(found, dict) else {}


def records_of(record: Record, key: str) -> list[Record]:
    """The records listed under a key, in order; what is no record is left out."""
    found = record.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def numbered(record: Record, key: str, at: str) -> Iterator[tuple[str, Record]]:
    """The records listed under a key, each with where it stands: `[0].phones[1]`."""
    for index, each in enumerate(records_of(record, key)):
        yield f"{at}.{key}[{index}]", each


def without_empty(record: Record, keep: Container[str] = ()) -> Record:
    """The record without the keys that say nothing; those of `keep` stay as they are."""
    return {
        key: value for key, value in record.items() if key in keep or value not in (None, "", [])
    }

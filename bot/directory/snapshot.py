"""A snapshot: entries that were read and checked once, in a form that loads at once.

It is JSON of what each entry states and where, and of the facts that follow. Nothing in it can run.
A snapshot that is damaged, or of another version of this program, is no snapshot.
"""

import gc
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.directory.loader import service_of
from bot.directory.model import Service
from bot.directory.stated import Stated
from bot.documents import Scalar
from bot.problems import Mark

# What is no entry runs into, or lacks; RuntimeError is also what too many brackets are.
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, StopIteration, RuntimeError)


def pack(services: Iterable[Service]) -> bytes:
    """The entries as bytes: one line with the hash of the rest, then JSON."""
    body = json.dumps(
        {"program": _program(), "services": [_record(service) for service in services]},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def unpack(data: bytes) -> tuple[Service, ...] | None:
    """The entries in their order; None for what is no whole snapshot of this program."""
    digest, _, body = data.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != digest:
        return None
    # The collector would look at a hundred thousand new objects again and again, for nothing.
    collects = gc.isenabled()
    gc.disable()
    try:
        found = json.loads(body)
        if found["program"] != _program():
            return None
        return tuple([_service(record) for record in found["services"]])
    except _BROKEN:
        return None
    finally:
        if collects:
            gc.enable()


@cache
def _program() -> str:
    """What the form of a snapshot rests on: the code of this room."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        code.update(path.read_bytes())
    return code.hexdigest()


def _record(service: Service) -> dict[str, Any]:
    return {
        "path": service.path,
        "mark": _place(service.mark),
        "stated": {
            key: [_written(found) for found in scalars] for key, scalars in service.stated.items()
        },
        "blocks": _blocks(service),
        "facts": {name: sorted(values) for name, values in service.facts.items()},
    }


def _written(found: Scalar) -> list[str | int | bool]:
    """Most values are words as they are written: then the words stand once."""
    more = [] if found.value == found.text and found.plain else [found.plain, found.value]
    return [found.text, *_place(found.mark), *more]


def _scalar(
    text: str, line: int, column: int, plain: bool = True, value: str | int | bool | None = None
) -> Scalar:
    return Scalar(text if value is None else value, Mark(line, column), text, plain)


def _place(mark: Mark) -> list[int]:
    return [mark.line, mark.column]


def _blocks(service: Service) -> dict[str, list[int]]:
    """Where each block of a list starts; where a block is not kept with its place, line 0."""
    marks: Mapping[str, list[Mark]] = {
        "contact": [contact.mark for contact in service.contacts],
        "places": [place.mark for place in service.places],
        "sessions": [activity.mark for activity in service.activities],
        "sources": [Mark()] * len(service.sources),
        "checks": [Mark()] * len(service.checks),
    }
    return {
        f"{name}[{number}]": _place(mark)
        for name, found in marks.items()
        for number, mark in enumerate(found)
    }


def _service(record: Mapping[str, Any]) -> Service:
    stated = Stated(
        {
            key: tuple([_scalar(*scalar) for scalar in scalars])
            for key, scalars in record["stated"].items()
        },
        {name: Mark(*place) for name, place in record["blocks"].items()},
    )
    facts = {name: frozenset(values) for name, values in record["facts"].items()}
    return service_of(stated, str(record["path"]), Mark(*record["mark"]), facts)

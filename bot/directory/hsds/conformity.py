"""Conformity: everything in a foreign document that cannot be right, each with where it stands.

Nothing in it is trusted. The published schemas catch little (an hour may be "nine"), so every
value is looked at as what its key means.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.directory.hsds.records import Record, Value, is_uuid, text_of
from bot.directory.hsds.rrule import minutes_of
from bot.directory.hsds.standard import FREQUENCIES, PLACES, STATUSES, TABLES, WEEK, inner
from bot.directory.numbering import digits
from bot.directory.reading import is_date
from bot.problems import did_you_mean

MOST_TEXT = 10_000  # characters
MOST_SERVICES = 5_000
MOST_REFUSALS = 200
_OLDEST = 120


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document is not taken: where, as `[0].phones[1].number`, and a sentence."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


# Characters that cannot be seen, that turn text around, or that YAML cannot hold. Line ends and
# tabs may stand in a text; they become spaces.
ODD = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\ud800-\udfff\ufeff\ufffe\uffff]"
)
_MARKUP = re.compile(r"<\s*[/!?]?[a-zA-Z]|&(?:[a-zA-Z]{2,8}|#x?[0-9a-fA-F]+);|\]\(|javascript:")
_BYDAY = re.compile(r"(?:[+-]?\d+)?(?:MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", re.ASCII)
_EMAIL = re.compile(r"[^\s@<>\"]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_RINGS = re.compile(r"\+?\d{3,20}", re.ASCII)


def _is_uri(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in parts.netloc and not re.search(r"\s", text)


def _one_of(choices: tuple[str, ...]) -> Callable[[str], bool]:
    return choices.__contains__


# What a text under a key of each kind must be, and the sentence when it is not.
_TEXTS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "id": (is_uuid, "is not a UUID"),
    "uri": (_is_uri, "is not a web address; it must start with https://"),
    "email": (_EMAIL.fullmatch, "is not an e-mail address"),
    "date": (lambda text: is_date(text[:10]) and len(text) >= 10, "is not a date YYYY-MM-DD"),
    "time": (lambda text: minutes_of(text) is not None, "is not a time HH:MM"),
    "byday": (
        lambda text: all(_BYDAY.fullmatch(item.strip().upper()) for item in text.split(",")),
        "are not days like MO,TU or 1MO",
    ),
    "number_to_ring": (
        lambda text: _RINGS.fullmatch(digits(text)), "is not a phone number",
    ),
    "country": (_COUNTRY.fullmatch, "is not a country code of two letters; write GB"),
    "language": (_LANGUAGE.fullmatch, "is not a language code"),
    "status": (_one_of(STATUSES), f"is not a status; it must be one of: {', '.join(STATUSES)}"),
    "place": (_one_of(PLACES), f"must be one of: {', '.join(PLACES)}"),
    "freq": (_one_of(FREQUENCIES), f"must be one of: {', '.join(FREQUENCIES)}"),
    "day": (_one_of(WEEK), f"must be one of: {', '.join(WEEK)}"),
}  # fmt: skip
_NUMBERS = {
    "number": (-1e9, 1e9, "a number"),
    "age": (0, _OLDEST, f"an age from 0 to {_OLDEST}"),
    "latitude": (-90, 90, "a latitude from -90 to 90"),
    "longitude": (-180, 180, "a longitude from -180 to 180"),
}


def refusals(services: list[Record], at: str = "", *, skip_unknown: bool = False) -> list[Refusal]:
    """Everything that cannot be right in a list of services, in its order, at most 200.

    `at` stands before the index in what a refusal says of its place. With `skip_unknown` keys
    that no standard knows are passed over.
    """
    if len(services) > MOST_SERVICES:
        return [Refusal(at or "all", f"there are more than {MOST_SERVICES} services; split it")]
    found: list[Refusal] = []
    for refusal in _all(services, at, skip_unknown):
        found.append(refusal)
        if len(found) == MOST_REFUSALS:
            break
    return found


def _all(services: list[Record], at: str, skip_unknown: bool) -> Iterator[Refusal]:
    first: dict[str, int] = {}
    for index, service in enumerate(services):
        where = f"{at}[{index}]"
        yield from _record(service, "service", where, skip_unknown)
        id = text_of(service, "id").lower()
        if id and id in first:
            why = f"the service {id} is there twice; first as {at}[{first[id]}]"
            yield Refusal(f"{where}.id", why)
        first.setdefault(id, index)
    yield from _loops(services, at)


def _record(record: Record, table: str, at: str, skip_unknown: bool) -> Iterator[Refusal]:
    keys = TABLES[table].keys
    for key in TABLES[table].required:
        empty = record.get(key) == "" and keys[key] not in {"text", "loose"}
        if record.get(key) is None or empty:
            yield Refusal(at, f"{_a(table)} needs '{key}', and this one has none")
    for key, value in record.items():
        where = f"{at}.{_shown(key)}"
        if key in keys:
            yield from _value(value, keys[key], where, skip_unknown) if value is not None else ()
        elif not skip_unknown:
            why = f"{_a(table)} has no such key{did_you_mean(key[:60], keys)}"
            yield Refusal(where, why)
    yield from _together(record, table, at)


def _said(table: str) -> str:
    return table.replace("_", " ")


def _a(table: str) -> str:
    return f"{'an' if table[0] in 'aeio' else 'a'} {_said(table)}"


def _shown(text: str) -> str:
    """A piece of the document as it may stand in a message: short, on one line, nothing hidden."""
    plain = ODD.sub("?", " ".join(text.split()))
    return plain if len(plain) <= 60 else f"{plain[:57]}..."


def _value(value: Value, kind: str, at: str, skip_unknown: bool) -> Iterator[Refusal]:
    if table := inner(kind):
        yield from _inner(value, table, at, skip_unknown, many=kind[0] == "[")
    elif kind in _NUMBERS:
        yield from _number(value, kind, at)
    elif not isinstance(value, str):
        yield Refusal(at, "this must be text")
    else:
        yield from _text(value, kind, at)


def _inner(
    value: Value, table: str, at: str, skip_unknown: bool, *, many: bool
) -> Iterator[Refusal]:
    if not many:
        if isinstance(value, dict):
            yield from _record(value, table, at, skip_unknown)
        else:
            yield Refusal(at, f"this must be one {_said(table)}, as an object")
        return
    if not isinstance(value, list):
        yield Refusal(at, "this must be a list")
        return
    seen: set[str] = set()
    for index, each in enumerate(value):
        where = f"{at}[{index}]"
        if not isinstance(each, dict):
            yield Refusal(where, f"this must be {_a(table)}, as an object")
            continue
        id = text_of(each, "id").lower()
        if id and id in seen:
            yield Refusal(f"{where}.id", "this id is in the list twice")
        seen.add(id)
        yield from _record(each, table, where, skip_unknown)


def _number(value: Value, kind: str, at: str) -> Iterator[Refusal]:
    least, most, words = _NUMBERS[kind]
    real = _real(value)
    if real is None or not least <= real <= most:
        yield Refusal(at, f"'{_shown(str(value))}' is not {words}")


def _real(value: Value) -> float | None:
    """The number that a value is; None for anything else, true and false among it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def _text(value: str, kind: str, at: str) -> Iterator[Refusal]:
    if len(value) > MOST_TEXT:
        yield Refusal(at, f"this text has more than {MOST_TEXT} characters")
    elif odd := ODD.search(value):
        yield Refusal(at, f"there is the hidden character U+{ord(odd[0]):04X} in this text")
    elif kind in _TEXTS:
        fits, why = _TEXTS[kind]
        if value.strip() and not fits(value.strip()):
            yield Refusal(at, f"'{_shown(value)}' {why}")
    elif kind == "text" and _MARKUP.search(value):
        yield Refusal(at, "there is markup in this text; it must be plain words")


def _together(record: Record, table: str, at: str) -> Iterator[Refusal]:
    """What no key can say alone."""
    if table == "service":
        least, most = (_real(record.get(key)) for key in ("minimum_age", "maximum_age"))
        if least is not None and most is not None and least > most:
            yield Refusal(at, f"minimum_age {least:g} is above maximum_age {most:g}")
    elif table == "schedule":
        opens = minutes_of(text_of(record, "opens_at"))
        closes = minutes_of(text_of(record, "closes_at"))
        if opens is not None and closes is not None and 0 < closes <= opens:
            yield Refusal(at, "it closes before it opens; split a night at midnight")


# A chain of these must end; one that comes back to itself would never.
_PARENTS = {"taxonomy_term": "parent_id", "organization": "parent_organization_id"}


def _loops(services: list[Record], at: str) -> Iterator[Refusal]:
    for table, key in _PARENTS.items():
        parents: dict[str, str] = {}
        for service in services:
            for record in _within(service, "service", table):
                if parent := text_of(record, key).lower():
                    parents[text_of(record, "id").lower()] = parent
        if _circle(parents):
            yield Refusal(at or "all", f"the {key}s of {_said(table)}s go round in a circle")


def _circle(parents: Mapping[str, str]) -> bool:
    """Whether some chain of parents comes back to itself; every link is followed once."""
    done: set[str] = set()
    for start in parents:
        chain: set[str] = set()
        here = start
        while here in parents and here not in done:
            if here in chain:
                return True
            chain.add(here)
            here = parents[here]
        done |= chain
    return False


def _within(record: Record, table: str, wanted: str) -> Iterator[Record]:
    """Every record of a table inside a record, itself too. Depth is limited by the reader."""
    if table == wanted:
        yield record
    for key, kind in TABLES[table].keys.items():
        value, below = record.get(key), inner(kind)
        inside = value if isinstance(value, list) else [value]
        for each in inside if below else ():
            if isinstance(each, dict) and below:
                yield from _within(each, below, wanted)

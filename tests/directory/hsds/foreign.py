"""Services as another directory might send them, and what becomes of them here."""

import copy
import json
import uuid
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bot.directory.findings import Around
from bot.directory.hsds.exporting import service_record
from bot.directory.hsds.importing import Draft, drafts_of
from bot.directory.hsds.untrusted import RefusedError
from bot.directory.model import Service
from tests.directory.entries import shipped_places

Json = Any  # tests break records in every way, so they have no types
SCHEMAS = Path(__file__).parents[1] / "schemas"
TODAY = date(2026, 11, 23)


def uid(number: int) -> str:
    """A UUID that tests can tell apart."""
    return str(uuid.UUID(int=number + (4 << 76) + (8 << 60)))


_PHONE = {"id": uid(2), "number": "0121 303 0000", "type": "voice"}
_SCHEDULE = {
    "id": uid(3), "freq": "WEEKLY", "byday": "MO,TU,WE", "opens_at": "09:00", "closes_at": "17:00",
}  # fmt: skip
_ADDRESS = {
    "id": uid(6), "address_1": "1 Example Street", "city": "Birmingham", "state_province": "",
    "postal_code": "B12 9AA", "country": "GB", "address_type": "physical",
}  # fmt: skip
_LOCATION = {
    "id": uid(5), "location_type": "physical", "name": "The Hall", "latitude": 52.5,
    "longitude": -1.9, "addresses": [_ADDRESS],
}  # fmt: skip
_SERVICE = {
    "id": uid(1),
    "name": "A Drop-in",
    "description": "Come in for a talk.",
    "status": "active",
    "url": "https://example.org/drop-in",
    "minimum_age": 18,
    "maximum_age": 65,
    "assured_date": "2026-03-01",
    "phones": [_PHONE],
    "schedules": [_SCHEDULE],
    "languages": [{"id": uid(7), "code": "pl", "name": "Polish"}],
    "service_areas": [{"id": uid(8), "name": "Birmingham City Council"}],
    "service_at_locations": [{"id": uid(4), "location": _LOCATION}],
}


def foreign(**keys: Json) -> Json:
    """A sound service with keys changed or added; None takes a key out."""
    found = copy.deepcopy(_SERVICE) | keys
    return {key: value for key, value in found.items() if value is not None}


@cache
def around() -> Around:
    """What checks may look at."""
    return Around(shipped_places(), TODAY)


def drafts(*services: Json, **how: Json) -> list[Draft]:
    """The drafts that these services become."""
    return drafts_of([*services], around(), **how)


def draft(**keys: Json) -> Draft:
    """The draft that one such service becomes."""
    return drafts(foreign(**keys))[0]


def refused(*services: Json, **how: Json) -> list[str]:
    """What is said against these services; empty when they are taken."""
    try:
        drafts(*services, **how)
    except RefusedError as error:
        return [str(refusal) for refusal in error.refusals]
    return []


def exported(services: Iterable[Service]) -> list[Json]:
    """Entries as they are exported."""
    names = {id: council.name for id, council in shipped_places().councils.items()}
    return [service_record(service, names) for service in services]


def same_but_status(one: Json, other: Json) -> bool:
    """Whether two records are the same bytes, apart from what an import always changes."""
    return json.dumps(one | {"status": ""}) == json.dumps(other | {"status": ""})


def schema(name: str) -> Json:
    """One of the published schemas."""
    return json.loads((SCHEMAS / f"{name}-service.json").read_text(encoding="utf-8"))

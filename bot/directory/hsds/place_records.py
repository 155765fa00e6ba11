"""Places of an entry, as locations of HSDS; a hidden one has nothing that could lead to it."""

from collections.abc import Iterator

from bot.directory.hsds.records import Record, id_of, without_empty
from bot.directory.hsds.taxonomy import PRIVATE, attributes_of
from bot.directory.model import Place, Service
from bot.directory.shape import SHAPE

# What the fields of an address or the travel words could lead to.
_LEADING = {"places[].name", "places[].street", "places[].town", "places[].postcode"}
_PLAIN = tuple(key for key in SHAPE if key.startswith("places[].") and key not in PRIVATE)
_ACCESS = {
    "step_free": "step-free",
    "lift": "lift",
    "toilet_accessible": "accessible toilet",
    "pram": "room for a pram",
    "baby_change": "baby change",
}


def place_records(service: Service, service_id: str) -> Iterator[Record]:
    """A link from the service to each of its places, with the place in it."""
    for index, place in enumerate(service.places):
        # Even the short name of a hidden place may tell where it is.
        name = f"place-{index + 1}" if place.address == "hidden" else place.id
        id = id_of(service_id, "place", name)
        own = id_of(id, "location")
        location = _location(service, index, place, name, own)
        yield {"id": id, "service_id": service_id, "location_id": own, "location": location}


def _location(service: Service, index: int, place: Place, name: str, id: str) -> Record:
    shown = place.address == "shown"
    return without_empty({
        "id": id,
        "location_type": "physical",
        "name": place.name if shown else None,
        "description": _described(place),
        "transportation": _text(service, index, "travel.en") if shown else None,
        "addresses": [*_addresses(place, id)] if shown else [],
        "accessibility": [*_accessibility(service, index, id)],
        "attributes": [*attributes_of(_stated(service, index, place, name), "location", id)],
    })  # fmt: skip


def _described(place: Place) -> str:
    if place.address == "hidden":
        return "The address is not published."
    area = place.town or place.name
    return f"In {area}. Ask for the address." if place.address == "area_only" and area else ""


def _addresses(place: Place, id: str) -> Iterator[Record]:
    """The address as far as it is known; what HSDS asks for and we do not know is left empty."""
    if place.street or place.town or place.postcode:
        yield {
            "id": id_of(id, "address"),
            "location_id": id,
            "address_1": place.street or "",
            "city": place.town or "",
            "state_province": "",
            "postal_code": place.postcode or "",
            "country": "GB",
            "address_type": "physical",
        }


def _text(service: Service, index: int, name: str) -> str:
    found = service.stated.get(f"places[{index}].{name}")
    return found[0].text if found else ""


def _accessibility(service: Service, index: int, id: str) -> Iterator[Record]:
    told = [
        f"{words}: {_text(service, index, name).replace('_', ' ')}"
        for name, words in _ACCESS.items()
        if _text(service, index, name)
    ]
    if told:
        words = "; ".join(told)
        yield {
            "id": id_of(id, "access"),
            "location_id": id,
            "description": f"{words[0].upper()}{words[1:]}.",
        }


def _stated(service: Service, index: int, place: Place, name: str) -> Iterator[tuple[str, str]]:
    """Keys of the shape and their values. Where and how to find it: only as far as it is shown."""
    start = f"places[{index}]."
    for key in _PLAIN:
        full = key.replace("places[].", start)
        if key == "places[].id":
            yield key, name
        elif key == "places[].travel":
            yield from _travel(service, start) if place.address == "shown" else ()
        elif key not in _LEADING:
            yield from ((key, scalar.text) for scalar in service.stated.get(full, ()))
    if place.address == "area_only":
        area = "town" if place.town else "name"
        yield from ((f"places[].{area}", text) for text in (place.town or place.name,) if text)


def _travel(service: Service, start: str) -> Iterator[tuple[str, str]]:
    for key in sorted(key for key in service.stated if key.startswith(f"{start}travel.")):
        language = key.rpartition(".")[2]
        yield from ((f"places[].travel.{language}", one.text) for one in service.stated[key])

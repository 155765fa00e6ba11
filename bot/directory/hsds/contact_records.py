"""Contacts of an entry, as the phones, contacts and virtual locations of HSDS."""

from collections import Counter
from dataclasses import dataclass, field

from bot.directory.hsds.records import Record, id_of, without_empty
from bot.directory.hsds.taxonomy import ORDER, PRIVATE, attributes_of
from bot.directory.languages import LANGUAGES
from bot.directory.model import Contact, Service
from bot.directory.shape import CONTACT_VALUES, SHAPE

# How HSDS calls the kinds of numbers (RFC 6350).
PHONE_TYPES = {"phone": "voice", "text": "text", "whatsapp": "text", "relay": "textphone"}
_SAID = {"webchat": "Web chat", "callback": "Call back", "website": "Website", "relay": "Relay"}
_KEYS = [key for key in SHAPE if key.startswith("contact[].") and key not in PRIVATE]


@dataclass(slots=True)
class Meeting:
    """The records of all contacts, each kind in the order of the entry."""

    phones: list[Record] = field(default_factory=list)
    contacts: list[Record] = field(default_factory=list)
    locations: list[Record] = field(default_factory=list)


def contact_records(service: Service, service_id: str) -> Meeting:
    """A number becomes a phone, an e-mail address a contact, a link or a door a location.

    The facts of a contact, and its place among the others, stand in its attributes.
    """
    found, met = Meeting(), Counter[tuple[str, str]]()
    for index, contact in enumerate(service.contacts):
        same = (contact.type, contact.value)
        id = id_of(service_id, "contact", *same, str(met[same]))
        met[same] += 1
        stated = _stated(service, index)
        if any(key == "contact[].number" for key, _ in stated):
            found.phones.append(_phone(contact, id, service_id, stated))
        elif contact.type == "email":
            found.contacts.append(_email(contact, id, service_id, stated))
        else:
            found.locations.append(_location(contact, id, service_id, stated))
    return found


def _stated(service: Service, index: int) -> list[tuple[str, str]]:
    """The keys of a contact with their values, and its place in the order of the entry."""
    said = [
        (key, scalar.text)
        for key in _KEYS
        for scalar in service.stated.get(key.replace("[]", f"[{index}]"), ())
    ]
    return [(ORDER, str(index)), *said]


def _phone(contact: Contact, id: str, service_id: str, stated: list[tuple[str, str]]) -> Record:
    spoken: list[Record] = [
        {
            "id": id_of(id, "language", code),
            "phone_id": id,
            "name": LANGUAGES[code],
            "code": code,
        }
        for code in contact.languages
    ]
    number = next(text for key, text in stated if key == "contact[].number")
    return without_empty({
        "id": id,
        "service_id": service_id,
        "number": number,
        "type": PHONE_TYPES[contact.type],
        "description": described(contact),
        "languages": [*spoken],
        "attributes": [*attributes_of(_without(stated, "number"), "phone", id)],
    })  # fmt: skip


def _without(stated: list[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    return [(key, text) for key, text in stated if key != f"contact[].{name}"]


def described(contact: Contact) -> str:
    """What a contact says beside its number, in a few words."""
    told = (
        contact.label,
        f"write {contact.say}" if contact.say else None,
        "free" if contact.cost == "free" else None,
        f"answers {', '.join(contact.answers)}" if contact.answers else None,
        contact.note,
    )
    return "; ".join(part.rstrip(".") for part in told if part)


def _email(contact: Contact, id: str, service_id: str, stated: list[tuple[str, str]]) -> Record:
    return without_empty({
        "id": id,
        "service_id": service_id,
        "title": described(contact),
        "email": contact.value,
        "attributes": [*attributes_of(_without(stated, "address"), "contact", id)],
    })  # fmt: skip


def _location(contact: Contact, id: str, service_id: str, stated: list[tuple[str, str]]) -> Record:
    link = contact.value if CONTACT_VALUES[contact.type] != ("say_where",) else None
    own = id_of(id, "location")
    location = without_empty({
        "id": own,
        "location_type": "virtual" if link else "physical",
        "url": link,
        "name": _SAID.get(contact.type, "Walk in"),
        "description": described(contact) if link else contact.value,
        "attributes": [
            *attributes_of(_without(stated, "url" if link else "say_where"), "location", own)
        ],
    })  # fmt: skip
    return {"id": id, "service_id": service_id, "location_id": own, "location": location}

"""Open Referral UK 3.0: an HSDS service of ours, cut to what the profile has.

The profile has no phone numbers, no language names and no way to apply. What it drops is said in
the description, in words, and comes back from attributes.
"""

from bot.directory.hsds.records import (
    Record,
    Value,
    id_of,
    record_of,
    records_of,
    text_of,
    without_empty,
)
from bot.directory.hsds.standard import TABLES, UK, inner
from bot.directory.hsds.taxonomy import attribute

_SENTENCES = (
    "application_process",
    "eligibility_description",
    "interpretation_services",
    "wait_time",
    "fees_description",
)


def uk_record(service: Record) -> Record:
    """The service in the profile; the record given is one of ours and stays as it is."""
    id = text_of(service, "id")
    kept: list[Value] = [
        attribute(key, text, "service", id)
        for key, text in (
            ("summary.en", text_of(service, "description")),
            ("discreet_name", text_of(service, "alternate_name")),
        )
        if text
    ]
    virtual = [
        record
        for record in records_of(service, "service_at_locations")
        if text_of(record_of(record, "location"), "location_type") == "virtual"
    ]
    full: Record = {
        **service,
        "description": " ".join(_told(service, virtual)),
        "contacts": [
            *(_called(phone) for phone in records_of(service, "phones")),
            *(_mailed(contact) for contact in records_of(service, "contacts")),
            *(_linked(record, id) for record in virtual),
        ],
        "service_at_locations": [
            record
            for record in records_of(service, "service_at_locations")
            if record not in virtual
        ],
        "attributes": [*records_of(service, "attributes"), *kept],
    }
    return without_empty(_cut(full, "service"))


def _told(service: Record, virtual: list[Record]) -> list[str]:
    """The description, and after it in words what the profile has no field for."""
    told = [text_of(service, "description")]
    for phone in records_of(service, "phones"):
        kind = "Text" if text_of(phone, "type") == "text" else "Phone"
        about = text_of(phone, "description")
        told.append(f"{kind}: {text_of(phone, 'number')}{f' ({about})' if about else ''}.")
    for record in virtual:
        location = record_of(record, "location")
        if text_of(location, "name") != "Website":
            told.append(f"{text_of(location, 'name')}: {text_of(location, 'url')} .")
    told += [text_of(service, key) for key in _SENTENCES]
    names = [text_of(language, "name") for language in records_of(service, "languages")]
    told.append(f"Languages: {', '.join(names)}." if names else "")
    return [sentence for sentence in told if sentence]


def _called(phone: Record) -> Record:
    return _contact(phone, "contact[].number", text_of(phone, "number"))


def _mailed(contact: Record) -> Record:
    return _contact(contact, "contact[].address", text_of(contact, "email"))


def _linked(record: Record, service_id: str) -> Record:
    location = record_of(record, "location")
    whole: Record = {**location, "id": text_of(record, "id"), "service_id": service_id}
    return _contact(whole, "contact[].url", text_of(location, "url"))


def _contact(record: Record, key: str, value: str) -> Record:
    """A contact of the profile, with the number or link as an attribute."""
    id = text_of(record, "id")
    said = record.get("title") or record.get("description")
    own: list[Value] = [attribute(key, value, "contact", id)]
    return {
        "id": id_of(id, "uk"),
        "service_id": record.get("service_id"),
        "title": said,
        "attributes": [*records_of(record, "attributes"), *own],
    }


def _cut(record: Record, table: str) -> Record:
    """The record with the keys of the profile only, and so all records in it."""
    return without_empty({
        key: _cut_value(value, TABLES[table].keys[key])
        for key, value in record.items()
        if key in UK[table]
    }, keep=TABLES[table].required)  # fmt: skip


def _cut_value(value: Value, kind: str) -> Value:
    table = inner(kind)
    if table and isinstance(value, list):
        return [_cut(each, table) for each in value if isinstance(each, dict)]
    return _cut(value, table) if table and isinstance(value, dict) else value

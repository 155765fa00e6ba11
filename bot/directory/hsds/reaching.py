"""Contacts and places of a foreign service, as blocks of an entry."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.directory.hsds.gathering import Gathered, Own, one_line, own_attributes
from bot.directory.hsds.records import Record, numbered, record_of, records_of, text_of
from bot.directory.languages import LANGUAGES
from bot.directory.numbering import digits
from bot.directory.shape import CONTACT_VALUES

_TYPES = {"": "phone", "voice": "phone", "cell": "phone", "text": "text", "sms": "text",
          "textphone": "relay"}  # fmt: skip
# Who works here may be looked for: until an editor has decided, no address stands in the file.
GUARDED_KINDS = frozenset({"refuge", "domestic_abuse", "sex_work"})
GUARDED_WORDS = re.compile(
    r"refuge|safe ?house|domestic (?:abuse|violence)|sex(?:ual)?[- ](?:work|violence|exploit)"
    r"|honou?r[- ]based|forced marriage|traffick|slavery|rape\b|coercive",
    re.IGNORECASE,
)
_MOST_CONTACTS = 40


@dataclass(frozen=True, slots=True)
class _Found:
    """One contact: its keys under `contact[].`, and where it stood."""

    stated: tuple[tuple[str, str], ...]
    order: int
    where: str

    @property
    def same(self) -> tuple[str, str]:
        """What makes two contacts one: type and number or link."""
        pairs = dict(self.stated)
        type = pairs["contact[].type"]
        value = next((pairs[f"contact[].{key}"] for key in CONTACT_VALUES[type]
                      if f"contact[].{key}" in pairs), "")  # fmt: skip
        plain = digits(value) if "contact[].number" in pairs else value.rstrip("/")
        return type, plain.casefold()


def gather_contacts(service: Record, at: str, into: Gathered) -> None:
    """Every way to reach the service, ours in their order and others after, none twice."""
    found = [*_all(service, at, into)]
    own = {each.same for each in found if each.order < _NO_ORDER}
    kept: list[_Found] = []
    seen: set[tuple[str, str]] = set()
    for each in sorted(found, key=lambda one: one.order):
        again = each.same in seen if each.order == _NO_ORDER else False
        if not again and not (each.order == _NO_ORDER and each.same in own):
            kept.append(each)
        seen.add(each.same)
    if len(kept) > _MOST_CONTACTS:
        into.asks.append(f"Only the first {_MOST_CONTACTS} contacts were taken.")
    for index, each in enumerate(kept[:_MOST_CONTACTS]):
        for key, value in each.stated:
            into.put(key.replace("[]", f"[{index}]"), value, each.where)


_NO_ORDER = 999


def _all(service: Record, at: str, into: Gathered) -> Iterator[_Found]:
    for where, phone in _phones(service, at):
        yield from _phone(phone, where, into)
    for where, contact in numbered(service, "contacts", at):
        yield from _contact(contact, where, into)
    for where, link in numbered(service, "service_at_locations", at):
        location = record_of(link, "location")
        yield from _location(location, f"{where}.location")
    yield from _plain(text_of(service, "url"), "website", "url", f"{at}.url")
    yield from _plain(text_of(service, "email"), "email", "address", f"{at}.email")
    for where, url in numbered(service, "additional_urls", at):
        yield from _plain(text_of(url, "url"), "website", "url", where)


def _phones(service: Record, at: str) -> Iterator[tuple[str, Record]]:
    yield from numbered(service, "phones", at)
    for where, contact in numbered(service, "contacts", at):
        yield from numbered(contact, "phones", where)
    for where, link in numbered(service, "service_at_locations", at):
        yield from numbered(link, "phones", where)
        yield from numbered(record_of(link, "location"), "phones", f"{where}.location")


def _phone(phone: Record, where: str, into: Gathered) -> Iterator[_Found]:
    own = own_attributes(records_of(phone, "attributes"))
    number = one_line(text_of(phone, "number"))
    if own.has("contact[].type"):
        yield _with_value(own, "number", number, f"{where}.number")
        return
    kind = _TYPES.get(text_of(phone, "type").lower())
    if kind is None:
        into.asks.append(f"The number {number} is left out: it is for {_type(phone)}.")
        return
    spoken = [text_of(each, "code") for each in records_of(phone, "languages")]
    into.said(f"the number {number}", text_of(phone, "description"))
    codes = [("contact[].languages", code) for code in spoken if code in LANGUAGES]
    pairs = (("contact[].type", kind), ("contact[].number", number), *codes)
    yield _Found(pairs, _NO_ORDER, f"{where}.number")


def _type(phone: Record) -> str:
    return one_line(text_of(phone, "type"))[:20]


def _with_value(own: Own, name: str, value: str, where: str) -> _Found:
    """One of our own contacts; its field counts before its attribute, where it has both."""
    stated = own.under("contact[].")
    key = f"contact[].{name}"
    if value:
        stated = [pair for pair in stated if pair[0] != key]
        stated.insert(1, (key, value))
    return _Found(tuple(stated), own.order, where)


def _contact(contact: Record, where: str, into: Gathered) -> Iterator[_Found]:
    own = own_attributes(records_of(contact, "attributes"))
    email = text_of(contact, "email")
    if own.has("contact[].type"):
        yield _with_value(own, "address", email, f"{where}.email")
    else:
        # A person's name stays out of the directory; the job may help to reach somebody.
        yield from _plain(email, "email", "address", f"{where}.email")
        into.said("a contact", text_of(contact, "department") or text_of(contact, "title"))


def _location(location: Record, where: str) -> Iterator[_Found]:
    own = own_attributes(records_of(location, "attributes"))
    url = text_of(location, "url")
    if own.first("contact[].type") == "walk_in":
        yield _with_value(own, "say_where", text_of(location, "description"), where)
    elif own.has("contact[].type"):
        yield _with_value(own, "url", url, f"{where}.url")
    elif text_of(location, "location_type") == "virtual":
        yield from _plain(url, "website", "url", f"{where}.url")


def _plain(value: str, type: str, key: str, where: str) -> Iterator[_Found]:
    if value:
        pairs = (("contact[].type", type), (f"contact[].{key}", value))
        yield _Found(pairs, _NO_ORDER, where)


# ---- places


def gather_places(service: Record, at: str, into: Gathered) -> None:
    """Every place she could go to; of a guarded service no address is taken."""
    index = 0
    for where, link in numbered(service, "service_at_locations", at):
        location = record_of(link, "location")
        own = own_attributes(records_of(location, "attributes"))
        virtual = text_of(location, "location_type") in {"virtual", "postal"}
        if location and not virtual and not own.has("contact[].type"):
            _place(location, own, f"{where}.location", f"places[{index}]", into)
            index += 1


def _place(location: Record, own: Own, where: str, block: str, into: Gathered) -> None:
    for key, value in own.under("places[]."):
        into.put(key.replace("places[]", block), value, where)
    if not own.has("places[].id"):
        name = "" if into.guarded else text_of(location, "name")
        into.put(f"{block}.id", slug(name) or numbered_id(block), where)
    if not own.has("places[].address"):
        into.put(f"{block}.address", "hidden" if into.guarded else "shown", where)
    for each in records_of(location, "accessibility"):
        if not own.stated:
            into.said("access", text_of(each, "description") or text_of(each, "accessibility"))
    if into.first(f"{block}.address") != "shown":
        return
    if into.guarded:
        _withhold(block, where, into)
        return
    _address(location, where, block, into)


def _withhold(block: str, where: str, into: Gathered) -> None:
    into.drop(f"{block}.address", f"{block}.id")
    into.put(f"{block}.id", numbered_id(block), where)
    into.put(f"{block}.address", "hidden", where)
    into.drop(*[key for key in into.values if key.startswith(f"{block}.travel")])
    into.drop(f"{block}.name", f"{block}.town", f"{block}.street", f"{block}.postcode")
    into.asks.append(
        "The address is left out, because women may be looked for there. Ask whether it may be shown."
    )


def _address(location: Record, where: str, block: str, into: Gathered) -> None:
    into.put(f"{block}.name", text_of(location, "name"), f"{where}.name")
    for at, address in numbered(location, "addresses", where):
        street = ", ".join(
            text for key in ("address_1", "address_2") if (text := text_of(address, key))
        )
        into.put(f"{block}.street", street, f"{at}.address_1")
        into.put(f"{block}.town", text_of(address, "city"), f"{at}.city")
        postcode = text_of(address, "postal_code").upper()
        into.put(f"{block}.postcode", postcode, f"{at}.postal_code")
        return


def numbered_id(block: str) -> str:
    """A short name for a place that tells nothing: `places[0]` → `place-1`."""
    return f"place-{int(re.sub(r'[^0-9]', '', block) or 0) + 1}"


def slug(text: str) -> str:
    """A text as an id: small letters, figures, single hyphens, at most 60; empty when none are."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")[:60].strip("-")

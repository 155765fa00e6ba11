"""What the lock holds of an entry: each contact as a sum that changes when it leads elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from bot.directory.findings import where
from bot.directory.model import Place, Service
from bot.directory.numbering import digits
from bot.directory.shape import CONTACT_VALUES
from bot.documents import Scalar
from bot.problems import Mark

KINDS = frozenset({*CONTACT_VALUES, "organisation", "place", "session"})


@dataclass(frozen=True, slots=True)
class Locked:
    """A contact of an entry that the lock has to know; `shown` is what the entry has, in a line."""

    entry: str
    kind: str
    sum: str
    shown: str
    mark: Mark

    @property
    def key(self) -> tuple[str, str, str]:
        """What its line is about."""
        return self.entry, self.kind, self.sum


def contacts_of(service: Service) -> tuple[Locked, ...]:
    """Every contact, website, place and meeting place of an entry, in file order.

    The same contact written twice, with two labels, comes once.
    """
    found: dict[tuple[str, str, str], Locked] = {}
    for kind, value, shown, mark in _values(service):
        locked = Locked(service.id, kind, _sum(service.id, kind, value), shown, mark)
        found.setdefault(locked.key, locked)
    return tuple(found.values())


def _sum(entry: str, kind: str, value: str) -> str:
    return sha256("\0".join((entry, kind, value)).encode()).hexdigest()[:32]


def _values(service: Service) -> Iterator[tuple[str, str, str, Mark]]:
    """Kind, normalised value, value in words and place of all that is locked."""
    for index, contact in enumerate(service.contacts):
        for name in CONTACT_VALUES[contact.type]:
            for found in service.stated.get(f"contact[{index}].{name}", ()):
                value, shown = normalised(name, found.text), _one_line(found)
                if contact.say:  # another word reaches another service behind the same number
                    value, shown = f"{value}\n{contact.say}", f"{shown}, {contact.say}"
                yield contact.type, value, shown, found.mark
    for found in service.stated.get("organisation.website", ()):
        yield "organisation", normalised("url", found.text), _one_line(found), found.mark
    for place in service.places:
        parts = [" ".join((part or "").split()) for part in _leading_to(place)]
        if any(parts):
            value, shown = "\n".join((place.address, *parts)), ", ".join(filter(None, parts))
            yield "place", value, shown, place.mark
    for index, activity in enumerate(service.activities):
        if activity.where:
            mark = where(service, f"sessions[{index}].where")
            yield "session", normalised("where", activity.where), activity.where, mark


def _one_line(found: Scalar) -> str:
    return " ".join(found.text.split())


def _leading_to(place: Place) -> tuple[str | None, ...]:
    return place.name, place.street, place.town, place.postcode


def normalised(name: str, text: str) -> str:
    """A value without what makes no difference to where it leads; `name` is its key.

    Spaces in a number, capitals in an e-mail address or the name of a site, a last slash.
    """
    if name == "number":
        return digits(text)
    if name == "address":
        return text.lower()
    if name == "url":
        start, slashes, rest = text.partition("://")
        host, slash, path = rest.partition("/")
        return f"{start.lower()}{slashes}{host.lower()}{slash}{path}".removesuffix("/")
    return " ".join(text.split())

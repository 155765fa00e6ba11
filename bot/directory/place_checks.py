"""Checks of places: nobody is led to a woman who hides, and nobody to the wrong council."""

import re

from bot.directory.findings import Around, Finding, Findings, Rule, matching, shown_texts, where
from bot.directory.model import Place, Service
from bot.problems import did_you_mean

# A woman may be looked for at these. Their addresses stay out of the files, not only off the card.
_GUARDED = ("refuge", "domestic_abuse", "sex_work")

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?(?: [0-9][A-Z]{2})?")
_FULL = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b", re.IGNORECASE)
# Words that are often no street count only with a capital.
_HOUSE = re.compile(
    r"\b\d{1,4}[a-zA-Z]?,? +(?:[a-zA-Z']+ +){1,3}"
    r"(?:(?i:road|street|avenue|lane|crescent|terrace|gardens|grove|mews)"
    r"|Rd|St|Ave|Ln|Close|Drive|Way|Place|Court|Square|Hill|Walk|Parade|Row)\b"
)


def _keyed(service: Service) -> list[tuple[str, Place]]:
    return [(f"places[{index}]", place) for index, place in enumerate(service.places)]


def _hidden(service: Service, _: Around) -> Findings:
    for key, place in _keyed(service):
        # How to get there leads to the door as surely as its number.
        names = ("street", "postcode", "travel.en") if place.address == "hidden" else ()
        for name in (name for name in names if f"{key}.{name}" in service.stated):
            why = f"the address is hidden, so '{name}' must not be in the file; take it out"
            yield Finding(where(service, f"{key}.{name}"), why)


def _unsafe(service: Service, _: Around) -> Findings:
    guarded = next((kind for kind in _GUARDED if kind in service.kinds), None)
    for key, place in _keyed(service) if guarded else ():
        if place.address == "hidden" or _confirmed(service, key):
            continue
        for name in ("street", "postcode"):
            if f"{key}.{name}" in service.stated:
                confirm = (
                    ", or confirm with the service and write 'address_confirmed_safe: yes'"
                    if guarded != "refuge"
                    else "; nobody can make it safe"
                )
                why = f"a service of kind '{guarded}' shows its '{name}'; take it out{confirm}"
                yield Finding(where(service, f"{key}.{name}"), why)


def _postcode_in_text(service: Service, _: Around) -> Findings:
    if not set(_GUARDED) & set(service.kinds):
        return
    for key, found in (*shown_texts(service), *matching(service, "notes")):
        if _FULL.search(found.text):
            name = key.rpartition(".")[0] or key
            yield Finding(found.mark, f"'{name}' has a postcode in it; take it out")


def _confirmed(service: Service, key: str) -> bool:
    """Whether the service said that the address of a place may be known; of a refuge it never may."""
    found = service.stated.get(f"{key}.address_confirmed_safe")
    return "refuge" not in service.kinds and found is not None and found[0].text == "yes"


def _street_in_text(service: Service, _: Around) -> Findings:
    confirmed = any(_confirmed(service, key) for key, _place in _keyed(service))
    if confirmed or not set(_GUARDED) & set(service.kinds):
        return
    for key, found in (*shown_texts(service), *matching(service, "notes")):
        if _HOUSE.search(found.text):
            name = key.rpartition(".")[0] or key
            yield Finding(found.mark, f"'{name}' has a house and a street in it; take it out")


def _not_a_postcode(service: Service, _: Around) -> Findings:
    for _key, found in matching(service, "places[].postcode"):
        if not POSTCODE.fullmatch(found.text):
            why = f"'{found.text}' is not a UK postcode; write it as B12 9AA, or B12"
            yield Finding(found.mark, why)


def _elsewhere(service: Service, around: Around) -> Findings:
    for key, place in _keyed(service):
        councils = around.places.councils_of(place.outcode or "")
        if councils and service.councils and not set(councils) & set(service.councils):
            names = " and ".join(around.places.councils[council].name for council in councils)
            why = f"postcode {place.outcode} is in {names}, but area.councils does not name it"
            yield Finding(where(service, f"{key}.postcode"), why, "warning")


def _unknown_council(service: Service, around: Around) -> Findings:
    for _key, found in matching(service, "area.councils"):
        if found.text not in around.places.councils:
            near = did_you_mean(found.text, around.places.councils)
            why = f"'{found.text}' is not a council{near or '; see directory/places.yaml'}"
            yield Finding(found.mark, why, "warning")


def _naming_sign(service: Service, _: Around) -> Findings:
    for _key, found in matching(service, "places[].sign"):
        if found.text == "names_drugs_or_alcohol":
            # True facts are no mistake, and nobody shall be tempted to leave this one out.
            why = "the sign names drugs or alcohol; the card tells her, so that she can choose"
            yield Finding(found.mark, why, "info")


def _no_area(service: Service, _: Around) -> Findings:
    if not service.councils and not service.national:
        why = "'area' names no council; name one, or write 'national: yes'"
        yield Finding(where(service, "area.national"), why)


RULES = (
    Rule("hidden-address", "A hidden place has its address in the file.", _hidden),
    Rule(
        "unsafe-address",
        "A refuge, domestic abuse or sex work service shows an address that is not confirmed.",
        _unsafe,
    ),
    Rule("postcode-in-text", "The text of a guarded service has a postcode.", _postcode_in_text),
    Rule("street-in-text", "The text of a guarded service has a street.", _street_in_text),
    Rule("not-a-postcode", "A postcode has not the shape of one.", _not_a_postcode),
    Rule("postcode-elsewhere", "A place lies in a council the entry does not name.", _elsewhere),
    Rule("unknown-council", "A council is not one of places.yaml.", _unknown_council),
    Rule("naming-sign", "A sign outside names drugs or alcohol.", _naming_sign),
    Rule("no-area", "An entry is for no council and not national.", _no_area, shown_only=True),
)

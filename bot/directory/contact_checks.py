"""Checks of numbers: a woman must reach somebody, and nobody by mistake."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from bot.directory.findings import Around, Finding, Findings, Rule, matching
from bot.directory.model import Service
from bot.directory.numbering import digits, is_short, range_of
from bot.documents import Scalar

_NUMBERS = ("contact[].number",)
_TYPED = (*_NUMBERS, "contact[].url", "contact[].address", "contact[].say", "organisation.website")

_PARTS = re.compile(r"[/,;|&]|\bor\b|\band\b")
_EXTENSION = re.compile(r"(?:\bext(?:ension)?\b|(?<![a-z])x|#|\boption\b).*\d", re.IGNORECASE)


def _several(number: str) -> bool:
    return sum(len(re.sub(r"\D", "", part)) >= 3 for part in _PARTS.split(number)) > 1


def _numbers(service: Service) -> Iterator[tuple[str, Scalar]]:
    """The numbers of the contacts that can be read as one number, with their full key."""
    for key, found in matching(service, *_NUMBERS):
        if found.text.isascii() and not _several(found.text):
            yield key, found


def _not_ascii(service: Service, _: Around) -> Findings:
    # A Cyrillic letter in a link leads elsewhere, and no eye sees it.
    for _key, found in matching(service, *_TYPED):
        if odd := re.search(r"[^\x20-\x7e]", found.text):
            named = unicodedata.name(odd[0], "a sign that cannot be seen").lower()
            why = f"U+{ord(odd[0]):04X} ({named}) does not belong here; type it with English keys"
            yield Finding(found.mark, why)


def _two_numbers(service: Service, _: Around) -> Findings:
    for _key, found in matching(service, *_NUMBERS):
        if _several(found.text):
            yield Finding(found.mark, "there are two numbers here; make each a contact of its own")


def _extension(service: Service, _: Around) -> Findings:
    for _key, found in _numbers(service):
        if _EXTENSION.search(found.text):
            why = "an extension cannot be dialled from here; write the number alone, and a 'note'"
            yield Finding(found.mark, why)


def _not_uk(service: Service, _: Around) -> Findings:
    for _key, found in _numbers(service):
        unknown = range_of(found.text) is None and not is_short(found.text)
        if unknown and not _EXTENSION.search(found.text):
            why = f"'{found.text}' is not a UK phone number; write it as 0121 234 5678"
            yield Finding(found.mark, why)


def _short(service: Service, _: Around) -> Findings:
    # Anybody can rent a short number, and a text to it may cost pounds.
    for _key, found in _numbers(service):
        if range_of(found.text) is None and is_short(found.text):
            why = (
                f"'{found.text}' is a short number that nobody approved; try it, and have it added "
                "to bot/directory/numbering.py"
            )
            yield Finding(found.mark, why)


def _made_up(service: Service, _: Around) -> Findings:
    for _key, found in _numbers(service):
        if range_of(found.text) == "made_up":
            why = f"'{found.text}' is a made-up number that reaches nobody; write the real one"
            yield Finding(found.mark, why)


def _costs_extra(service: Service, _: Around) -> Findings:
    # What she rang stands on a bill, and a bill may be read by somebody else.
    for _key, found in _numbers(service):
        if range_of(found.text) == "dear":
            start = digits(found.text)[:4]
            why = f"{start} numbers cost extra; give one that starts with 01, 02, 03 or 080"
            yield Finding(found.mark, why)


def _personal(service: Service, _: Around) -> Findings:
    for _key, found in _numbers(service):
        if range_of(found.text) in {"personal", "pager"}:
            why = (
                f"{digits(found.text)[:3]} numbers follow one person or a pager and cost extra; "
                "give a number of the service"
            )
            yield Finding(found.mark, why)


def _mobile(service: Service, _: Around) -> Findings:
    # A worker's own number must not be handed out, and a man's own number is easily slipped in.
    for key, found in _numbers(service):
        says = service.stated.get(key.replace(".number", ".public_mobile"))
        if range_of(found.text) == "mobile" and not (says and says[0].text == "yes"):
            why = (
                "this is a mobile number; write 'public_mobile: yes' if it is published as a "
                "number of the service, or give another"
            )
            yield Finding(found.mark, why)


def _free_03(service: Service, _: Around) -> Findings:
    for key, found in _numbers(service):
        if _cost_of(service, key) == "free" and digits(found.text).startswith("03"):
            why = "03 numbers cost as much as 01 numbers; write cost: standard"
            yield Finding(found.mark, why, "warning")


def _cost_of(service: Service, key: str) -> str | None:
    found = service.stated.get(key.replace(".number", ".cost"))
    return found[0].text if found else None


def _only_email(service: Service, _: Around) -> Findings:
    # Mail stays on a shared phone, and its answer may be read by somebody else.
    if service.contacts and all(contact.type == "email" for contact in service.contacts):
        why = "e-mail as the only contact is not safe for everyone; add a phone, text or web chat"
        yield Finding(service.contacts[0].mark, why)


_DATES = ("verified.on", "contact[].tested", "sources[].seen", "wait.as_of", "changes[].on")


def _future_date(service: Service, around: Around) -> Findings:
    for key, found in matching(service, *_DATES):
        if found.text > around.today.isoformat()[: len(found.text)]:
            name = key.rpartition("]")[2].removeprefix(".")
            yield Finding(found.mark, f"{name} {found.text} is in the future; write when it was")


def is_over(text: str, today: date) -> bool:
    """Whether a day, month or year is wholly past."""
    return text < today.isoformat()[: len(text)]


def _pause_over(service: Service, around: Around) -> Findings:
    for _key, found in matching(service, "paused.until"):
        if is_over(found.text, around.today):
            why = f"paused.until {found.text} has passed; set the status to active, or a new day"
            yield Finding(found.mark, why)


RULES = (
    Rule("not-ascii", "A number, link, address or word to text has a foreign sign.", _not_ascii),
    Rule("two-numbers", "One field holds two phone numbers.", _two_numbers),
    Rule("extension", "A number has an extension or an option behind it.", _extension),
    Rule("phone-not-uk", "A number has not the shape of a UK number.", _not_uk),
    Rule("short-number", "A short number is not one of the approved ones.", _short),
    Rule("made-up-number", "A number is one of those kept for films and examples.", _made_up),
    Rule("costs-extra", "A number costs extra.", _costs_extra),
    Rule("personal-number", "A number follows one person or a pager.", _personal),
    Rule(
        "mobile-not-public",
        "A mobile number is not said to be the service's published one.",
        _mobile,
    ),
    Rule("free-03", "An 03 number is said to be free.", _free_03),
    Rule("only-email", "E-mail is the only way to reach a service.", _only_email, shown_only=True),
    Rule("future-date", "Something was checked on a day that has not come yet.", _future_date),
    Rule("pause-over", "The day on which a pause ends has passed.", _pause_over),
)

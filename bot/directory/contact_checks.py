"""Checks of numbers, links and addresses: a woman must reach somebody, and nobody by mistake."""

import re
from datetime import date

from bot.directory.findings import Around, Finding, Findings, Rule, matching
from bot.directory.model import Service

_NUMBERS = ("contact[].number",)
_LINKS = ("contact[].url", "organisation.website")

_PARTS = re.compile(r"[/,;|]|\bor\b|\band\b")
_UK = re.compile(
    r"999|11[12]|101|119|116\d{3}|105|1800[0-2]\d*"  # emergency, NHS, police, text relay
    r"|0[123]\d{9}|01\d{8}|05\d{9}|07\d{9}|09\d{9}"
    r"|08\d{9}|0800\d{6}|0800\d{4}|0845464\d"
    r"|[678]\d{4}"  # short numbers for texts
)
# The numbers that Ofcom keeps for films and examples: they reach nobody.
_MADE_UP = re.compile(
    r"07700900\d{3}|01632960\d{3}|011[3-8]4960\d{3}|01[2-6]14960\d{3}|01914980\d{3}"
    r"|02079460\d{3}|02890180\d{3}|02920180\d{3}|03069990\d{3}|08081570\d{3}|09098790\d{3}"
)
_DEAR = re.compile(r"084[345]\d+|087[0-3]\d+|09\d+|118\d+")
_LINK = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)


def digits(number: str) -> str:
    """A number as it is dialled in Britain: `+44 (0)121 303 0000` → `01213030000`."""
    plain = re.sub(r"\(0\)|[\s().\-\u2010-\u2015]", "", number)
    return re.sub(r"\A(?:\+44|0044)0?", "0", plain)


def _several(number: str) -> bool:
    return sum(len(re.sub(r"\D", "", part)) >= 3 for part in _PARTS.split(number)) > 1


def _two_numbers(service: Service, _: Around) -> Findings:
    for _key, found in matching(service, *_NUMBERS):
        if _several(found.text):
            yield Finding(found.mark, "there are two numbers here; make each a contact of its own")


def _not_uk(service: Service, _: Around) -> Findings:
    for _key, found in matching(service, *_NUMBERS):
        if not _several(found.text) and not _UK.fullmatch(digits(found.text)):
            why = f"'{found.text}' is not a UK phone number; write it as 0121 234 5678"
            yield Finding(found.mark, why)


def _made_up(service: Service, _: Around) -> Findings:
    for _key, found in matching(service, *_NUMBERS):
        if _MADE_UP.fullmatch(digits(found.text)):
            why = f"'{found.text}' is a made-up number that reaches nobody; write the real one"
            yield Finding(found.mark, why)


def _costs_extra(service: Service, _: Around) -> Findings:
    for key, found in matching(service, *_NUMBERS):
        number, cost = digits(found.text), _cost_of(service, key)
        if cost == "free" and _DEAR.fullmatch(number):
            why = f"{number[:4]} numbers cost extra; cost cannot be 'free'"
            yield Finding(found.mark, why)


def _free_03(service: Service, _: Around) -> Findings:
    for key, found in matching(service, *_NUMBERS):
        if _cost_of(service, key) == "free" and digits(found.text).startswith("03"):
            why = "03 numbers cost as much as 01 numbers; write cost: standard"
            yield Finding(found.mark, why, "warning")


def _cost_of(service: Service, key: str) -> str | None:
    found = service.stated.get(key.replace(".number", ".cost"))
    return found[0].text if found else None


def _insecure_link(service: Service, _: Around) -> Findings:
    # On a watched network an http link shows every page she opens.
    for _key, found in matching(service, *_LINKS):
        if found.text.lower().startswith("http://"):
            yield Finding(found.mark, "this link starts with http; use https")


def _not_a_link(service: Service, _: Around) -> Findings:
    for _key, found in matching(service, *_LINKS):
        if not _LINK.fullmatch(found.text):
            why = f"'{found.text}' is not a link; write it in full, as https://example.org/help"
            yield Finding(found.mark, why)


def _not_an_email(service: Service, _: Around) -> Findings:
    for _key, found in matching(service, "contact[].address"):
        if not _EMAIL.fullmatch(found.text):
            yield Finding(found.mark, f"'{found.text}' is not an e-mail address")


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
    Rule("two-numbers", "One field holds two phone numbers.", _two_numbers),
    Rule("phone-not-uk", "A number has not the shape of a UK number.", _not_uk),
    Rule("made-up-number", "A number is one of those kept for films and examples.", _made_up),
    Rule("costs-extra", "A number that costs extra is said to be free.", _costs_extra),
    Rule("free-03", "An 03 number is said to be free.", _free_03),
    Rule(
        "insecure-link", "A link she may open starts with http.", _insecure_link, shown_only=True
    ),
    Rule("not-a-link", "A link is not written in full.", _not_a_link),
    Rule("not-an-email", "An e-mail address has not the shape of one.", _not_an_email),
    Rule("only-email", "E-mail is the only way to reach a service.", _only_email, shown_only=True),
    Rule("future-date", "Something was checked on a day that has not come yet.", _future_date),
    Rule("pause-over", "The day on which a pause ends has passed.", _pause_over),
)

"""Ways: how to get in touch with a service, each with what it costs and what it leaves behind."""

from datetime import datetime

from bot.conversation.messages import Way
from bot.conversation.opening import ANSWERS, open_line
from bot.directory.model import Contact, Service
from bot.directory.schedules import openness
from bot.locales import phrases as say
from bot.locales.rendering import Kind
from bot.locales.voice import Voice

KINDS = {
    "phone": say.PHONE,
    "text": say.TEXT,
    "whatsapp": say.WHATSAPP,
    "webchat": say.WEBCHAT,
    "email": say.EMAIL,
    "callback": say.CALLBACK,
    "website": say.WEBSITE,
    "relay": say.RELAY,
    "walk_in": say.WALK_IN,
}
LEAVES_TRACES = frozenset({"phone", "text", "whatsapp", "email", "relay"})
COSTS = {"free": say.FREE, "standard": say.STANDARD_COST}


def loudness(contact: Contact) -> int:
    """A web chat leaves less behind than a text, and a text is not heard."""
    return 0 if contact.type == "webchat" else 1 if contact.needs_no_voice else 2


def way_of(
    service: Service, contact: Contact, voice: Voice, at: datetime, *, quiet: bool, watched: bool
) -> Way:
    kind = (
        Kind.LINK if contact.type in {"webchat", "email", "callback", "website"} else Kind.NUMBER
    )
    if contact.type == "walk_in":
        kind = Kind.NAME
    return Way(
        label=voice(KINDS[contact.type]),
        shown=voice.isolate(contact.value, kind),
        link=link(contact),
        notes=tuple(_notes(service, contact, voice, at, quiet=quiet, watched=watched)),
    )


def _notes(
    service: Service, contact: Contact, voice: Voice, at: datetime, *, quiet: bool, watched: bool
) -> list[str]:
    notes = [voice(say.NO_VOICE)] if quiet and contact.needs_no_voice else []
    if watched and contact.type in LEAVES_TRACES:
        notes.append(voice(say.STAYS_ON_PHONE))
    if contact.label:
        notes.append(_foreign(contact.label, voice))
    if contact.say:
        notes.append(voice(say.SEND_WORD, word=contact.say))
    if contact.type in {"phone", "text", "whatsapp", "webchat", "relay"}:
        notes.append(_answers(service, contact, voice, at))
    if contact.cost in COSTS:
        notes.append(voice(COSTS[contact.cost]))
    if contact.anonymous == "yes":
        notes.append(voice(say.NO_NAME))
    if contact.type == "callback":
        notes.append(voice(say.SAFE_TIME))
    if contact.note:
        notes.append(_foreign(contact.note, voice))
    return notes


def _answers(service: Service, contact: Contact, voice: Voice, at: datetime) -> str:
    if contact.answers is None:
        return voice(say.ANSWERS_UNKNOWN)
    found = openness(service.answering(contact), at)
    line = open_line(found, voice, at, ANSWERS)
    return line if found.certain else f"{line} · {voice(say.HOLIDAYS_DIFFER)}"


def _foreign(words: str, voice: Voice) -> str:
    return words if voice.language.code == "en" else voice(say.IN_ENGLISH, words=words)


def link(contact: Contact) -> str | None:
    """What a tap opens; None where there is nothing to open."""
    digits = "".join(char for char in contact.value if char in "+0123456789")
    match contact.type:
        case "phone" | "relay":
            return f"tel:{digits}"
        case "text":
            return f"sms:{digits}"
        case "whatsapp":
            return f"https://wa.me/44{digits.removeprefix('0')}"
        case "email":
            return f"mailto:{contact.value}"
        case "webchat" | "callback" | "website":
            return contact.value
    return None

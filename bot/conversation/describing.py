"""Describing: one service as words on the card, with what is not known said plainly."""

from datetime import datetime
from functools import lru_cache

from bot.conversation.frozen import LINES
from bot.conversation.messages import Result, Way
from bot.conversation.opening import open_line, week
from bot.conversation.ways import loudness, way_of
from bot.directory.calls import calls_of, last_call
from bot.directory.freshness import Age, Group, age_of
from bot.directory.model import Activity, Place, Service, Verified
from bot.directory.schedules import openness
from bot.locales import phrases as say
from bot.locales.rendering import Kind
from bot.locales.voice import Voice


def describe(
    service: Service,
    voice: Voice,
    at: datetime,
    *,
    quiet: bool = False,
    watched: bool = False,
    extra: tuple[str, ...] = (),
    stale: bool = False,
) -> Result:
    """The service without needs: name, what it is, where, when, and how to get in touch.

    `quiet` puts the ways that need no voice first; `watched` says what stays on a phone that
    somebody may look at. `extra` are lines to stand before the date.
    `at` is aware, and only its minute counts: within a minute everybody is told the same, and it is
    put into words once. The date of the last check always stands, with the plain word that nobody
    has confirmed it by telephone.
    """
    minute = at.replace(second=0, microsecond=0)
    return _described(service, voice, minute, quiet, watched, extra, stale)


@lru_cache(maxsize=2048)
def _described(
    service: Service,
    voice: Voice,
    at: datetime,
    quiet: bool,  # by place, for the cache
    watched: bool,
    extra: tuple[str, ...],
    stale: bool,
) -> Result:
    lines = (
        *_where(service, voice),
        *_when(service, voice, at),
        *_for_whom(service, voice),
        *_spoken(service, voice),
        *_wait(service, voice),
        *_how_to_start(service, voice),
        *extra,
        *_tried(service, voice),
        *checked(service.last_checked, voice, stale=stale, overdue=_overdue(service, at)),
    )
    contacts = sorted(service.contacts, key=lambda way: loudness(way) if quiet else 0)
    return Result(
        name=voice.isolate(service.name, Kind.NAME),
        about=_about(service, voice),
        lines=lines,
        ways=tuple(
            way_of(service, each, voice, at, quiet=quiet, watched=watched) for each in contacts
        ),
        english=() if voice.language.code == "en" else _english_of(service, voice.language.code),
    )


def _english_of(service: Service, code: str) -> tuple[str, ...]:
    """What stands in English on a card in the language `code`, the longest first."""
    written = (service.summary, service.words("referral.start"))
    words = (
        service.name,
        *(each["en"] for each in written if "en" in each and not each.get(code)),
        *(text for contact in service.contacts for text in (contact.label, contact.note) if text),
    )
    return tuple(sorted(dict.fromkeys(words), key=len, reverse=True))


def frozen_line(id: str, voice: Voice) -> Result | None:
    """A number for danger that needs no directory; None where there is none for this id."""
    line = LINES.get(id)
    if line is None:
        return None
    kind, scheme = (say.TEXT, "sms") if line.word else (say.PHONE, "tel")
    notes = (voice(say.SEND_WORD, word=line.word),) if line.word else ()
    shown = voice.isolate(line.number, Kind.NUMBER)
    way = Way(voice(kind), shown, f"{scheme}:{line.number.replace(' ', '')}", notes)
    return Result(name=voice.isolate(line.name, Kind.NAME), about="", lines=(), ways=(way,))


_CHECKED = {
    "web_page": say.SEEN_IN,
    "phone": say.CONFIRMED_IN,
    "email": say.CONFIRMED_BY_EMAIL,
    "visit": say.CONFIRMED_ON_VISIT,
}


def checked(
    verified: Verified, voice: Voice, *, stale: bool, overdue: bool = False
) -> tuple[str, ...]:
    """When it was last checked, and how; never more than was really done.

    `overdue`: somebody confirmed it once, and that is too long ago to trust a number.
    """
    if verified.on is None:
        return (voice(say.SEEN_NO_DATE),)
    first = voice(_CHECKED[verified.how], month=voice.month(verified.on))
    if stale:
        return (first, voice(say.OLDER_THAN_A_YEAR))
    changed = overdue and verified.how != "web_page"
    return (first, voice(say.MAY_HAVE_CHANGED)) if changed else (first,)


def _overdue(service: Service, at: datetime) -> bool:
    return age_of(service, Group.CONTACT, at.date()) is Age.OVERDUE


def _tried(service: Service, voice: Voice) -> tuple[str, ...]:
    """Whether anybody answered our last test call, and in which month; empty: nobody has tried."""
    call = last_call(calls_of(service))
    if call is None:
        return ()
    phrase = say.ANSWERED_IN if call.answered else say.NOT_ANSWERED_IN
    return (voice(phrase, month=voice.month(call.on)),)


def _about(service: Service, voice: Voice) -> str:
    own = service.summary.get(voice.language.code)
    english = service.summary["en"]
    if own or voice.language.code == "en":
        return own or english
    return voice(say.IN_ENGLISH, words=english)


def _where(service: Service, voice: Voice) -> tuple[str, ...]:
    shown = [place for place in service.places if place.address == "shown"]
    if shown:
        return tuple(voice(say.AT_PLACE, place=_address(place)) for place in shown)
    # Harm prevented: a hidden place is not even named beside one that may be.
    areas = [place for place in service.places if place.address == "area_only"]
    if areas:
        names = dict.fromkeys(place.town or place.name or "" for place in areas)
        named = ", ".join(name for name in names if name)
        return (voice(say.IN_PLACE, place=named),) if named else ()
    return (voice(say.ADDRESS_HIDDEN),) if service.places else ()


def _address(place: Place) -> str:
    parts = (place.name, place.street, place.town, place.postcode)
    return ", ".join(part for part in parts if part)


def _for_whom(service: Service, voice: Voice) -> tuple[str, ...]:
    if service.age_from and service.age_to:
        ages = {"count": str(service.age_from), "until": str(service.age_to)}
        return (voice(say.FOR_AGES, **ages),)
    return (voice(say.FOR_AGE_FROM, count=str(service.age_from)),) if service.age_from else ()


def _spoken(service: Service, voice: Voice) -> tuple[str, ...]:
    """The languages the entry states, named in her own; English alone is not worth a line."""
    codes = sorted(service.facts.get("languages.spoken", frozenset()) - {"en"})
    names = [voice.language_name(code) for code in codes]
    return (voice(say.SPOKEN_THERE, words=voice.listing(names)),) if names else ()


def _wait(service: Service, voice: Voice) -> tuple[str, ...]:
    """How long until a first visit, where the entry says it with its date."""
    weeks = service.stated.get("wait.first_appointment_weeks")
    on = service.stated.get("wait.as_of")
    if not weeks or not on:
        return ()
    return (voice.plural(say.WAIT_WEEKS, int(weeks[0].text), month=voice.month(on[0].text)),)


def _how_to_start(service: Service, voice: Voice) -> tuple[str, ...]:
    words = service.words("referral.start")
    own = words.get(voice.language.code) or words.get("en")
    return (voice(say.HOW_TO_START, words=own),) if own else ()


def _when(service: Service, voice: Voice, at: datetime) -> tuple[str, ...]:
    """Open now or next open, the weekly hours, and the groups with their times."""
    if service.hours.open is None:
        has_place = any(place.address == "shown" for place in service.places)
        first = (voice(say.HOURS_UNKNOWN),) if has_place else ()
    else:
        found = openness(service.hours, at)
        unsure = () if found.certain else (voice(say.HOLIDAYS_DIFFER),)
        first = (open_line(found, voice, at), *week(service.hours.open, voice), *unsure)
    return (*first, *(_activity(item, voice) for item in service.activities if item.when))


_GROUPS = {
    "women_only_group": say.WOMEN_GROUP_AT,
    "drop_in": say.DROP_IN_AT,
}


def _activity(item: Activity, voice: Voice) -> str:
    when = "; ".join(week(item.when, voice))
    return voice(_GROUPS.get(item.what, say.GROUP_AT), when=when)

"""Describing: one service as words on the card, with what is not known said plainly."""

import itertools
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from bot.conversation.frozen import LINES
from bot.conversation.messages import Asking, Listing, Question, Result, Way
from bot.directory import hours
from bot.directory.calls import calls_of, last_call
from bot.directory.freshness import Age, Group, age_of
from bot.directory.matching import Match
from bot.directory.model import Activity, Contact, Place, Service, Verified
from bot.directory.schedules import Openness, openness
from bot.locales import phrases as say
from bot.locales.phrases import Phrase
from bot.locales.rendering import Kind
from bot.locales.voice import Voice
from bot.needs import Needs, Vocabulary

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
ASKS_SHOWN = 4
LEAVES_TRACES = frozenset({"phone", "text", "whatsapp", "email", "relay"})
COSTS = {"free": say.FREE, "standard": say.STANDARD_COST}


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
    contacts = sorted(service.contacts, key=lambda way: _loudness(way) if quiet else 0)
    return Result(
        name=voice.isolate(service.name, Kind.NAME),
        about=_about(service, voice),
        lines=lines,
        ways=tuple(
            _way(service, each, voice, at, quiet=quiet, watched=watched) for each in contacts
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


def _loudness(contact: Contact) -> int:
    """A web chat leaves less behind than a text, and a text is not heard."""
    return 0 if contact.type == "webchat" else 1 if contact.needs_no_voice else 2


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


def explain(
    match: Match, needs: Needs, vocabulary: Vocabulary, voice: Voice
) -> tuple[Listing | None, Listing | None, Asking | None]:
    """What fits, what does not, and what is not known with the sentence to ask.

    What she must have comes first. After a few sentences the rest is only named: a long list of
    questions is no help to somebody who is tired, but what is not known is never left out, nor
    what a service does not have. What fits of her sensitive answers is not named: the heading
    stands alone where nothing else fits.
    """
    unknown = sorted(match.unknown, key=lambda need: need not in needs.must)
    return (
        _fitting(match.has, needs, vocabulary, voice),
        _listing(say.LACKS, match.lacks, vocabulary, voice),
        _asking(unknown, vocabulary, voice) if unknown else None,
    )


def _fitting(
    has: tuple[str, ...], needs: Needs, vocabulary: Vocabulary, voice: Voice
) -> Listing | None:
    """What fits, without what she told a sensitive question; None where nothing fits at all.

    Harm prevented: whoever looks over her shoulder at a list of places would read her answers.
    """
    weaker = {
        vocabulary.needs[need].relaxes_to for need in needs.sensitive & vocabulary.needs.keys()
    }
    untold = needs.sensitive | (weaker - needs.must - needs.prefer)
    told = tuple(need for need in has if need not in untold)
    bare = Listing(voice(say.FITS), ()) if has else None
    return _listing(say.FITS, told, vocabulary, voice) or bare


def _asking(unknown: Sequence[str], vocabulary: Vocabulary, voice: Voice) -> Asking:
    rest = [voice(vocabulary.needs[need].tag) for need in unknown[ASKS_SHOWN:]]
    return Asking(
        heading=voice(say.ASKS),
        questions=tuple(
            question(vocabulary.needs[need].ask, voice) for need in unknown[:ASKS_SHOWN]
        ),
        rest=voice(say.ASKS_TOO, words=" · ".join(rest)) if rest else "",
    )


def _listing(
    heading: Phrase, needs: tuple[str, ...], vocabulary: Vocabulary, voice: Voice
) -> Listing | None:
    tags = tuple(voice(vocabulary.needs[need].tag) for need in needs)
    return Listing(voice(heading), tags) if tags else None


def question(english: str, voice: Voice) -> Question:
    """An English sentence of the catalogue in her language, with the English beside it."""
    words = voice(english)
    return Question(words, voice.isolate(english, Kind.NAME) if words != english else "")


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


_OPEN = (
    say.OPEN_ALWAYS, say.OPEN_UNTIL, say.OPENS_TODAY, say.OPENS_TOMORROW, say.OPENS_ON_DAY,
    say.OPENS_ON_DATE, say.CLOSED_NOW, say.HOURS_UNKNOWN,
)  # fmt: skip
_ANSWERS = (
    say.ANSWERS_ALWAYS, say.ANSWERS_UNTIL, say.ANSWERS_TODAY, say.ANSWERS_TOMORROW,
    say.ANSWERS_ON_DAY, say.ANSWERS_ON_DATE, say.ANSWERS_NOT_NOW, say.ANSWERS_UNKNOWN,
)  # fmt: skip


def open_line(
    found: Openness, voice: Voice, at: datetime, words: tuple[Phrase, ...] = _OPEN
) -> str:
    """Open now and until when, or when it opens next. `words` are the eight phrases for it."""
    always, until, today, tomorrow, on_day, on_date, closed, unknown = words
    if found.open is None:
        return voice(unknown)
    if found.open:
        return voice(until, time=voice.time(found.until)) if found.until else voice(always)
    if found.next_open is None:
        return voice(closed)
    opens, here = found.next_open, at.astimezone(found.next_open.tzinfo).date()
    clock = voice.time(opens)
    days = (opens.date() - here) // timedelta(days=1)
    if days < 2:
        return voice(tomorrow if days else today, time=clock)
    if days < 7:
        return voice(on_day, day=voice.day(opens.date()), time=clock)
    return voice(on_date, date=voice.date(opens.date()), time=clock)


@lru_cache(maxsize=4096)
def week(lines: tuple[str, ...], voice: Voice) -> tuple[str, ...]:
    """The weekly hours in words, one line a time range. `24/7` has no line: it is said already."""
    return tuple(_range(found, voice) for line in lines for found in _ranges(line))


def _ranges(line: str) -> tuple[hours.Range, ...]:
    found = hours.parse(line)
    return () if isinstance(found, hours.Refused) or line == hours.ALWAYS else found


def _range(found: hours.Range, voice: Voice) -> str:
    times = {
        "time": voice.time(_clock(found.start)),
        "until": voice.time(_clock(found.end)),
    }
    if len(found.weekdays) == 7:
        return voice(say.EVERY_DAY, **times)
    return voice(say.ON_DAYS, days=_days(found, voice), **times)


def _clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def _days(found: hours.Range, voice: Voice) -> str:
    """`Monday to Friday` where the days follow each other, else a list of days."""
    days = [day for day, _ in found.weekdays]
    names = [voice.day(_MONDAY + timedelta(days=day)) for day in days]
    in_a_row = len(days) > 2 and all((a + 1) % 7 == b for a, b in itertools.pairwise(days))
    if in_a_row:
        return voice(say.FROM_DAY_TO_DAY, day=names[0], until_day=names[-1])
    return voice.listing(names)


_MONDAY = date(2024, 1, 1)

_GROUPS = {
    "women_only_group": say.WOMEN_GROUP_AT,
    "drop_in": say.DROP_IN_AT,
}


def _activity(item: Activity, voice: Voice) -> str:
    when = "; ".join(week(item.when, voice))
    return voice(_GROUPS.get(item.what, say.GROUP_AT), when=when)


# ---- ways to make contact


def _way(
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
    line = open_line(found, voice, at, _ANSWERS)
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

"""Adopting: one foreign service as an entry under way; what is not known stays out."""

import re
from collections.abc import Iterator, Mapping

from bot.directory.hsds.gathering import ADDRESS, Gathered, Own, one_line, own_attributes
from bot.directory.hsds.reaching import (
    GUARDED_KINDS,
    GUARDED_WORDS,
    gather_contacts,
    gather_places,
)
from bot.directory.hsds.records import Record, numbered, record_of, records_of, text_of
from bot.directory.hsds.rrule import NotALineError, Slot, has_zone, lines_of, slot_of
from bot.directory.languages import LANGUAGES

_LONGEST = 600  # characters of a summary
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
# What no text that a woman reads may have; the checks of entries say why.
_UNFIT = re.compile(
    r"https?:|www\.|\b[a-z0-9-]+\.(?:org|com|co\.uk|net|info|uk)\b|confidential"
    r"|\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b",
    re.IGNORECASE,
)
# Their words that none of our keys takes as they are; an editor makes facts of them.
_TOLD = (
    "eligibility_description",
    "application_process",
    "interpretation_services",
    "fees_description",
    "fees",
    "wait_time",
    "accreditations",
    "alert",
)


def adopt(service: Record, at: str, councils: Mapping[str, str], source: str) -> Gathered:
    """What a service says, in our keys: our own attributes first, then the fields of HSDS.

    `councils` has ids by name in small letters; `source` names the file. The status is always
    draft. Nothing is guessed: what nobody states is left out, and stands in `asks` where an entry
    needs it.
    """
    own = own_attributes(records_of(service, "attributes"))
    into = Gathered(guarded=is_guarded(service, own))
    into.put("schema", "1", at)
    into.put("status", "draft", at)
    into.put("name", text_of(service, "name"), f"{at}.name")
    for key, value in own.stated:
        if "[]" not in key:
            into.put(key, value, f"{at}.attributes")
    into.drop("id")  # chosen anew, so that nothing is written over
    _summary(service, own, at, into)
    into.put("discreet_name", text_of(service, "alternate_name"), f"{at}.alternate_name")
    _ages(service, at, into)
    _organisation(service, at, into)
    _areas(service, own, at, councils, into)
    gather_contacts(service, at, into)
    gather_places(service, at, into)
    _hours(service, own, at, into)
    _sessions(service, at, into)
    if not own.has("languages.spoken"):
        _languages(service, at, into)
    _verified(service, own, at, into)
    into.put("sources[0].where", source, at)
    into.put("sources[0].gives", "everything in this entry", at)
    if not own.has("id"):
        for key in _TOLD:
            into.said(key, text_of(service, key))
    if own.unknown:
        into.asks.append(f"{own.unknown} facts are of another version of our taxonomy; left out.")
    return into


def is_guarded(service: Record, own: Own) -> bool:
    """Whether women may be looked for there, by our kinds or by their words."""
    if own.has("kind"):
        return bool(GUARDED_KINDS & {value for key, value in own.stated if key == "kind"})
    terms = (record_of(each, "taxonomy_term") for each in records_of(service, "attributes"))
    organisation = record_of(service, "organization")
    told = (
        *(text_of(service, key) for key in ("name", "alternate_name", "description")),
        *(text_of(organisation, key) for key in ("name", "description")),
        *(f"{text_of(term, 'name')} {text_of(term, 'term')}" for term in terms),
    )
    return bool(GUARDED_WORDS.search(" ".join(told)))


def _summary(service: Record, own: Own, at: str, into: Gathered) -> None:
    if own.has("summary.en"):
        return
    text = one_line(text_of(service, "description"))
    fit = [each for each in _SENTENCE.split(text) if each and not _unfit(each, into)]
    kept = list(_within(fit, _LONGEST))
    left = [each for each in _SENTENCE.split(text) if each and each not in kept]
    into.put("summary.en", " ".join(kept) or text_of(service, "name"), f"{at}.description")
    if left:
        into.said("description, left out of the summary", " ".join(left))


def _unfit(sentence: str, into: Gathered) -> bool:
    return bool(_UNFIT.search(sentence) or (into.guarded and ADDRESS.search(sentence)))


def _within(sentences: list[str], most: int) -> Iterator[str]:
    length = 0
    for sentence in sentences:
        length += len(sentence) + 1
        if length > most:
            return
        yield sentence


def _ages(service: Record, at: str, into: Gathered) -> None:
    for key, ours in (("minimum_age", "age.from"), ("maximum_age", "age.to")):
        value = service.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            whole = float(value).is_integer()
            into.put(ours, str(int(value) if whole else value), f"{at}.{key}")


def _organisation(service: Record, at: str, into: Gathered) -> None:
    organisation, where = record_of(service, "organization"), f"{at}.organization"
    name = text_of(organisation, "name")
    # Where none is known, tables repeat the name of the service.
    if not name or name == text_of(service, "name"):
        return
    into.put("organisation.name", name, f"{where}.name")
    into.put("organisation.website", text_of(organisation, "website"), f"{where}.website")
    for each, record in numbered(organisation, "organization_identifiers", where):
        scheme = f"{text_of(record, 'identifier_scheme')} {text_of(record, 'identifier_type')}"
        if "GB-CHC" in scheme or "charity" in scheme.lower():
            number = text_of(record, "identifier")
            into.put("organisation.charity_number", number, f"{each}.identifier")
            return


def _areas(
    service: Record, own: Own, at: str, councils: Mapping[str, str], into: Gathered
) -> None:
    if own.has("area.councils") or own.has("area.national"):
        return
    for where, area in numbered(service, "service_areas", at):
        name = text_of(area, "name") or text_of(area, "service_area")
        plain = re.sub(r"\b(?:city|borough|metropolitan|council|county|of)\b", " ", name.lower())
        id = councils.get(name.lower()) or councils.get(one_line(plain))
        if id:
            into.put("area.councils", id, where)
        else:
            into.said("service area", name)


def _languages(service: Record, at: str, into: Gathered) -> None:
    for where, language in numbered(service, "languages", at):
        code = text_of(language, "code").lower()
        if code in LANGUAGES:
            into.put("languages.spoken", code, where)
        else:
            into.said("languages", text_of(language, "name") or code)


def _verified(service: Record, own: Own, at: str, into: Gathered) -> None:
    on = text_of(service, "assured_date")[:10]
    if own.has("verified.by") and own.has("verified.how"):
        into.put("verified.on", on, f"{at}.assured_date")
        return
    # Their check is not ours, so it is their page that was seen, and no day of ours.
    into.drop("verified.by", "verified.how", "verified.on")
    into.put("verified.by", "editor", at)
    into.put("verified.how", "web_page", at)
    into.put("sources[0].seen", on, f"{at}.assured_date")


# ---- hours


def _hours(service: Record, own: Own, at: str, into: Gathered) -> None:
    """Opening hours from the schedules of the service, else from those of its only place."""
    if own.has("hours.open"):
        return
    schedules = [*numbered(service, "schedules", at)]
    links = [*numbered(service, "service_at_locations", at)]
    if not schedules and len(links) == 1:
        where, link = links[0]
        location = record_of(link, "location")
        schedules = [
            *numbered(link, "schedules", where),
            *numbered(location, "schedules", f"{where}.location"),
        ]
    slots: list[Slot] = []
    for where, schedule in schedules:
        slots += _slot(where, schedule, into)
    if slots:
        into.origins["hours.open"] = schedules[0][0]
        for line in dict.fromkeys(lines_of(slots)):
            into.put("hours.open", line, schedules[0][0])


def _slot(where: str, schedule: Record, into: Gathered) -> Iterator[Slot]:
    if own_attributes(records_of(schedule, "attributes")).under("sessions[]."):
        return
    about = text_of(schedule, "description") or text_of(schedule, "notes")
    try:
        slot = slot_of(schedule)
    except NotALineError as error:
        into.asks.append(f"The times of {where} are left out: {error}.")
    else:
        if any(has_zone(text_of(schedule, key)) for key in ("opens_at", "closes_at")):
            into.asks.append("Ask whether the hours are local times; they came with an offset.")
        if text_of(schedule, "valid_to") or text_of(schedule, "valid_from"):
            into.asks.append(f"The times of {where} hold only for some time; ask for how long.")
        yield slot
    into.said("hours", about)


def _sessions(service: Record, at: str, into: Gathered) -> None:
    """Our sessions: the first schedule of each says what it is, the others only repeat a time."""
    index = 0
    for where, schedule in numbered(service, "schedules", at):
        stated = own_attributes(records_of(schedule, "attributes")).under("sessions[].")
        keys = {key for key, _ in stated}
        if "sessions[].what" in keys:
            for key, value in stated:
                into.put(key.replace("[]", f"[{index}]"), value, where)
            index += 1

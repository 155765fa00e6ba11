"""Export: one entry as an HSDS 3 service, with what a woman may see and nothing else."""

from collections.abc import Iterable, Iterator, Mapping

from bot.directory.hsds.contact_records import contact_records
from bot.directory.hsds.place_records import place_records
from bot.directory.hsds.records import Record, Value, id_of, without_empty
from bot.directory.hsds.rrule import LOCAL_TIME, schedules_of
from bot.directory.hsds.taxonomy import NATIVE, PRIVATE, attributes_of
from bot.directory.languages import LANGUAGES
from bot.directory.model import Activity, Service, Status
from bot.directory.reading import day_range
from bot.directory.shape import SHAPE
from bot.directory.stated import pattern

_STATUSES: Mapping[Status, str] = {
    Status.DRAFT: "inactive",
    Status.ACTIVE: "active",
    Status.PAUSED: "temporarily closed",
    Status.CLOSED: "defunct",
}
_ORDER = {key: index for index, key in enumerate(SHAPE)}


def service_record(service: Service, councils: Mapping[str, str]) -> Record:
    """One entry as a service of HSDS 3.0, its keys always in the same order.

    `councils` has the names of councils by id. Private keys of the shape are left out, and of a
    hidden place everything that could lead there.
    """
    id = id_of("service", service.id)
    organisation = _organisation(service)
    meeting = contact_records(service, id)
    texts = service.stated
    found: Record = {
        "id": id,
        "organization_id": organisation.get("id"),
        "name": service.name,
        "alternate_name": service.discreet_name,
        "description": service.summary["en"],
        "url": _first(service, "website"),
        "email": _first(service, "email"),
        "status": _STATUSES[service.status],
        "interpretation_services": _interpreters(service),
        "application_process": service.words("referral.start").get("en"),
        "fees_description": "Free." if service.has("cost.free") else None,
        "wait_time": _wait(service),
        "eligibility_description": _eligibility(service),
        "minimum_age": service.age_from,
        "maximum_age": service.age_to,
        "assured_date": _day(service),
        "alert": service.words("paused.say").get("en") if "paused.say.en" in texts else None,
        "phones": [*meeting.phones],
        "schedules": [*_hours(service, id), *_sessions(service, id)],
        "service_areas": [*_areas(service, id, councils)],
        "service_at_locations": [*place_records(service, id), *meeting.locations],
        "languages": [*_languages(service, id)],
        "organization": organisation or None,
        "contacts": [*meeting.contacts],
        "attributes": [*attributes_of(_facts(service), "service", id)],
    }
    return without_empty(found)


def _facts(service: Service) -> Iterator[tuple[str, str]]:
    """What the entry states as a whole: key and value, in the order of the shape."""
    keys = sorted(
        (key for key in service.stated if "[" not in key), key=lambda key: _ORDER[_shaped(key)]
    )
    for key in keys:
        if _shaped(key) not in PRIVATE | NATIVE and key not in _carried(service):
            yield from ((key, scalar.text) for scalar in service.stated[key])


def _carried(service: Service) -> set[str]:
    """Keys that a field carries: whoever edits the field elsewhere must be heard."""
    return {"summary.en", "discreet_name", *(["verified.on"] if _day(service) else [])}


def _day(service: Service) -> str | None:
    """The day of the last check; None where only a month is known, for HSDS wants a day."""
    on = service.verified.on
    return on if on and len(on) == len("2026-11-01") else None


def _shaped(key: str) -> str:
    return key if key in SHAPE else key.rpartition(".")[0]


def stated_in(service: Service, block: str) -> Iterator[tuple[str, str]]:
    """What a block, as `contact[0]`, states: keys of the shape and values, in shape order.

    Private keys are left out.
    """
    inside = (key for key in service.stated if key.startswith(f"{block}."))
    for key in sorted(inside, key=lambda key: _ORDER[_shaped(pattern(key))]):
        if _shaped(pattern(key)) not in PRIVATE:
            yield from ((pattern(key), scalar.text) for scalar in service.stated[key])


def _first(service: Service, kind: str) -> str | None:
    return next((one.value for one in service.contacts if one.type == kind), None)


def _organisation(service: Service) -> Record:
    """The organisation that the entry names; empty when it names none."""
    name = service.organisation
    if not name:
        return {}
    website, charity = (_text(service, f"organisation.{key}") for key in _ORGANISATION)
    id = id_of("organization", name, website, charity)
    identifier: Record = {
        "id": id_of(id, "charity"),
        "organization_id": id,
        "identifier_scheme": "GB-CHC",
        "identifier_type": "Charity number",
        "identifier": charity,
    }
    return without_empty({
        "id": id,
        "name": name,
        "description": name,
        "website": website,
        "organization_identifiers": [identifier] if charity else [],
    })  # fmt: skip


_ORGANISATION = ("website", "charity_number")


def _text(service: Service, key: str) -> str:
    found = service.stated.get(key)
    return found[0].text if found else ""


def _areas(service: Service, id: str, councils: Mapping[str, str]) -> Iterator[Value]:
    names = [councils.get(council, council) for council in service.councils]
    if service.national:
        nations = (nation.text for nation in service.stated.get("area.nations", ()))
        names += [_NATIONS[nation] for nation in nations] or ["United Kingdom"]
    for name in names:
        yield {"id": id_of(id, "area", name), "service_id": id, "name": name}


_NATIONS = {
    "england": "England",
    "scotland": "Scotland",
    "wales": "Wales",
    "uk": "United Kingdom",
}


def _languages(service: Service, id: str) -> Iterator[Value]:
    for scalar in service.stated.get("languages.spoken", ()):
        code = scalar.text
        found: Record = {"id": id_of(id, "language", code), "service_id": id}
        yield {**found, "name": LANGUAGES[code], "code": code}


# ---- in words, for those who read only the fields of HSDS


def _interpreters(service: Service) -> str:
    codes = [scalar.text for scalar in service.stated.get("languages.interpreter", ())]
    names = [LANGUAGES.get(code, "any language by phone") for code in codes]
    return f"Interpreters: {', '.join(names)}." if names else ""


def _wait(service: Service) -> str:
    weeks, on = _text(service, "wait.first_appointment_weeks"), _text(service, "wait.as_of")
    return f"About {weeks} weeks to a first appointment, as of {on}." if weeks and on else ""


_FOR = (("welcomes", "Welcomes"), ("specialist_in", "Specialist in"), ("not_for", "Not for"))


def _eligibility(service: Service) -> str:
    told = [_listed(words, _values(service, key)) for key, words in _FOR]
    answers = (key for key in service.stated if key.startswith("accepts."))
    for key in sorted(answers, key=_ORDER.__getitem__):
        about = key.removeprefix("accepts.").replace("_", " ")
        told.append(f"Accepts {about}: {_text(service, key)}.")
    return " ".join(sentence for sentence in told if sentence)


def _values(service: Service, key: str) -> Iterable[str]:
    return (scalar.text.replace("_", " ") for scalar in service.stated.get(key, ()))


def _listed(words: str, values: Iterable[str]) -> str:
    named = ", ".join(values)
    return f"{words}: {named}." if named else ""


# ---- hours


def _hours(service: Service, id: str) -> Iterator[Value]:
    rules = _holidays(service)
    for index, schedule in enumerate(schedules_of(service.hours.open or ())):
        said = " ".join(part for part in (schedule.get("description"), rules) if part)  # type: ignore[misc]  # text, by `schedules_of`
        head: Record = {"id": id_of(id, "hours", str(index)), "service_id": id}
        yield without_empty({**head, **schedule, "description": said, "notes": LOCAL_TIME})


def _holidays(service: Service) -> str:
    """The rules that HSDS has no field for, in words."""
    told = [
        f"{words}: {', '.join(value.replace('_', ' ') for value in _said(service, key))}."
        for key, words in _RULES
        if _said(service, key)
    ]
    for text in _said(service, "hours.closed_on"):
        first, last = day_range(text)
        told.append(f"Closed {first}." if first == last else f"Closed {first} to {last}.")
    return " ".join(told)


_RULES = (
    ("hours.bank_holidays", "Bank holidays"),
    ("hours.school_holidays", "School holidays"),
)


def _said(service: Service, key: str) -> list[str]:
    return [scalar.text for scalar in service.stated.get(key, ())]


def _sessions(service: Service, id: str) -> Iterator[Value]:
    """Each session as one schedule a time range, or as one without times.

    The first has the facts of the session; the others have their time in an attribute, so that
    none of them is taken for opening hours.
    """
    for index, activity in enumerate(service.activities):
        first = [*stated_in(service, f"sessions[{index}]")]
        rest = [("sessions[].when", line) for line in activity.when[:1]]
        for number, schedule in enumerate(schedules_of(activity.when) or [{}]):
            own = id_of(id, "session", str(index), str(number))
            head: Record = {"id": own, "service_id": id}
            more: Record = {
                "description": _described(activity),
                "notes": LOCAL_TIME if "freq" in schedule else None,
                "attributes": [*attributes_of(rest if number else first, "schedule", own)],
            }
            yield without_empty({**head, **schedule, **more})


def _described(activity: Activity) -> str:
    term = "Not in the school holidays" if activity.term_only == "yes" else None
    name = activity.name or activity.what.replace("_", " ").capitalize()
    told = (part.rstrip(".") for part in (name, activity.where, term) if part)
    return f"{'. '.join(told)}."

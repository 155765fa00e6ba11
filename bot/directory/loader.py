"""Service entries: a YAML document becomes a `Service`, or problems that say why not."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.directory.facts import work_out
from bot.directory.model import (
    Activity,
    Check,
    Contact,
    Hours,
    Place,
    Service,
    Source,
    Status,
    Verified,
)
from bot.directory.reading import day_range, read_block
from bot.directory.shape import CONTACT_VALUES
from bot.directory.stated import Stated, words_of
from bot.documents import Document, read_file
from bot.problems import Mark, Problem, Report

RULES: Mapping[str, str] = {
    "not-an-id": "An id is not written with small letters, figures and single hyphens.",
    "no-contact": "An active entry has no way to reach the service.",
    "wrong-contact-key": "A contact has a key that does not belong to its type.",
    "stray-file": "A file in the services folder is not an entry.",
}

ENTRY_BYTES = 64 * 1024  # the longest entry that ships has 6 KiB

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def load_service(document: Document) -> tuple[Service | None, list[Problem]]:
    """One entry, with all its problems in file order; None when any of them is an error."""
    if document.root is None:
        return None, []
    report = Report(document.path)
    stated = read_block(document.root, report)
    _check_ids(stated, report)
    _check_contacts(stated, report, document.root.mark)
    problems = sorted(report.problems)
    if any(problem.level == "error" for problem in problems):
        return None, problems
    return service_of(stated, document.path, document.root.mark, work_out(stated)), problems


def load_directory(documents: Iterable[Document]) -> tuple[tuple[Service, ...], list[Problem]]:
    """All entries that can be used, in the order given; the others only leave problems behind."""
    services: list[Service] = []
    problems: list[Problem] = []
    for document in documents:
        service, found = load_service(document)
        services += [service] if service else []
        problems += found
    return tuple(services), problems


def read_services(folder: Path, shown: str) -> tuple[tuple[Service, ...], list[Problem]]:
    """Every entry under `folder`, by path; `shown` is the folder's name in problems."""
    documents: list[Document] = []
    problems: list[Problem] = []
    for path in sorted(path for path in folder.rglob("*") if not path.is_dir()):
        name = f"{shown}/{path.relative_to(folder).as_posix()}"
        if path.suffix == ".yaml":
            document, found = read_file(path, name, ENTRY_BYTES)
            documents.append(document)
            problems += found
        elif path.suffix != ".md":
            problems.append(_stray(name))
    services, found = load_directory(documents)
    return services, problems + found


def _stray(name: str) -> Problem:
    why = "this is not read; an entry is a file whose name ends in .yaml"
    return Problem(name, 1, 1, "warning", why, "stray-file")


def _check_ids(stated: Stated, report: Report) -> None:
    keys = ("id", *(f"{key}.id" for key, _ in stated.each("places")))
    for key in keys:
        for found in stated.values.get(key, ()):
            if not ID.fullmatch(found.text):
                why = f"'{found.text}' is not an id; use small letters, figures and '-'"
                report.add(found.mark, "not-an-id", why)


def _check_contacts(stated: Stated, report: Report, root: Mark) -> None:
    # A draft may still be waiting for its first number; it is never shown.
    if stated.text("status") == "active" and not any(stated.each("contact")):
        why = "an active entry needs a contact; a woman must be able to reach the service"
        report.add(root, "no-contact", why)
    for key, mark in stated.each("contact"):
        if kind := stated.text(f"{key}.type"):
            _check_contact(stated, report, key, mark, kind)


def _check_contact(stated: Stated, report: Report, key: str, mark: Mark, kind: str) -> None:
    fitting = CONTACT_VALUES[kind]
    words = " or ".join(f"'{name}'" for name in fitting)
    if not any(stated.text(f"{key}.{name}") for name in fitting):
        report.add(mark, "missing", f"a contact of type '{kind}' has no {words}")
    for name in sorted({name for names in CONTACT_VALUES.values() for name in names}):
        for found in stated.values.get(f"{key}.{name}", ()):
            if name not in fitting:
                why = f"'{name}' does not belong to a contact of type '{kind}'; write {words}"
                report.add(found.mark, "wrong-contact-key", why)


def service_of(
    stated: Stated, path: str, mark: Mark, facts: Mapping[str, frozenset[str]]
) -> Service:
    """The service that an entry without mistakes states; `facts` are those that follow from it."""
    return Service(
        id=_sure(stated, "id"),
        path=path,
        name=_sure(stated, "name"),
        status=Status(_sure(stated, "status")),
        kinds=stated.texts("kind") or (),
        summary=words_of(stated.values, "summary"),
        verified=_verified(stated),
        councils=stated.texts("area.councils") or (),
        contacts=tuple(_contact(stated, *each) for each in stated.each("contact")),
        facts=facts,
        mark=mark,
        national=stated.is_yes("area.national"),
        must_live_there=stated.is_yes("area.must_live_there"),
        discreet_name=stated.text("discreet_name"),
        organisation=stated.text("organisation.name"),
        places=tuple(_place(stated, *each) for each in stated.each("places")),
        hours=_hours(stated),
        activities=tuple(_activity(stated, *each) for each in stated.each("sessions")),
        checks=tuple(_check(stated, key) for key, _ in stated.each("checks")),
        sources=tuple(_source(stated, key) for key, _ in stated.each("sources")),
        notes=stated.texts("notes") or (),
        age_from=stated.whole("age.from"),
        age_to=stated.whole("age.to"),
        stated=stated.values,
    )


def _sure(stated: Stated, key: str) -> str:
    """A text that the shape requires: an entry without it never comes this far."""
    return stated.text(key) or ""


def _verified(stated: Stated) -> Verified:
    return Verified(
        on=stated.text("verified.on"),
        by=_sure(stated, "verified.by"),
        how=_sure(stated, "verified.how"),
        fields=stated.texts("verified.fields") or (),
    )


def _check(stated: Stated, key: str) -> Check:
    return Check(
        on=_sure(stated, f"{key}.on"),
        by=_sure(stated, f"{key}.by"),
        how=_sure(stated, f"{key}.how"),
        groups=stated.texts(f"{key}.groups") or (),
        answered=stated.text(f"{key}.answered"),
    )


def _contact(stated: Stated, key: str, mark: Mark) -> Contact:
    kind = _sure(stated, f"{key}.type")
    values = (stated.text(f"{key}.{name}") for name in CONTACT_VALUES[kind])
    return Contact(
        type=kind,
        value=next(value for value in values if value),
        mark=mark,
        label=stated.text(f"{key}.label"),
        say=stated.text(f"{key}.say"),
        cost=stated.text(f"{key}.cost"),
        answers=stated.texts(f"{key}.answers"),
        languages=stated.texts(f"{key}.languages") or (),
        anonymous=stated.text(f"{key}.anonymous"),
        tested=stated.text(f"{key}.tested"),
        answered=stated.text(f"{key}.answered"),
        note=stated.text(f"{key}.note"),
    )


def _place(stated: Stated, key: str, mark: Mark) -> Place:
    return Place(
        id=_sure(stated, f"{key}.id"),
        address=_sure(stated, f"{key}.address"),
        mark=mark,
        name=stated.text(f"{key}.name"),
        street=stated.text(f"{key}.street"),
        town=stated.text(f"{key}.town"),
        postcode=stated.text(f"{key}.postcode"),
    )


def _hours(stated: Stated) -> Hours:
    return Hours(
        open=stated.texts("hours.open"),
        bank_holidays=_holidays(stated, "hours.bank_holidays"),
        school_holidays=_holidays(stated, "hours.school_holidays"),
        closed_on=tuple(day_range(text) for text in stated.texts("hours.closed_on") or ()),
    )


def _holidays(stated: Stated, key: str) -> str | tuple[str, ...] | None:
    found = stated.texts(key)
    return found[0] if found and found[0] in {"closed", "as_usual"} else found


def _activity(stated: Stated, key: str, mark: Mark) -> Activity:
    return Activity(
        what=_sure(stated, f"{key}.what"),
        when=stated.texts(f"{key}.when") or (),
        mark=mark,
        name=stated.text(f"{key}.name"),
        where=stated.text(f"{key}.where"),
        term_only=stated.text(f"{key}.term_only"),
    )


def _source(stated: Stated, key: str) -> Source:
    return Source(
        where=_sure(stated, f"{key}.where"),
        seen=stated.text(f"{key}.seen"),
        gives=_sure(stated, f"{key}.gives"),
    )

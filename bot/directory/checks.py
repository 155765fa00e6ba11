"""Checks of the directory: every entry against its rules, then all entries together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from bot.directory import (
    contact_checks,
    date_checks,
    gap_checks,
    hours_checks,
    link_checks,
    meaning_checks,
    place_checks,
    status_checks,
    text_checks,
)
from bot.directory.findings import Around, Gone, Rule, rules_of, where
from bot.directory.hours import DAY_MINUTES, DAYS, clock
from bot.directory.model import Service, Status
from bot.directory.numbering import digits
from bot.directory.places import Places
from bot.directory.schedules import SchoolYear, uncovered
from bot.documents import Mapping as Block
from bot.documents import read_file
from bot.fields import Fields
from bot.problems import Level, Mark, Problem, Report

ENTRY_RULES: tuple[Rule, ...] = (
    *contact_checks.RULES,
    *link_checks.RULES,
    *place_checks.RULES,
    *hours_checks.RULES,
    *meaning_checks.RULES,
    *text_checks.RULES,
    *date_checks.RULES,
    *status_checks.RULES,
)

FEWEST_HELPLINES = 2
_ALIKE = 0.8
_COMPARED = 50  # entries with the same number


def check_directory(
    services: Sequence[Service],
    places: Places,
    today: date,
    gone: tuple[Gone, ...] = (),
    schools: Mapping[str, SchoolYear] | None = None,
) -> list[Problem]:
    """Every problem of the entries, by file and place; `today` is the day in London.

    `schools` is by council id; None or empty when no school holidays are known. Problems of the
    directory as a whole stand at line 1 of `directory/services`.
    """
    around = Around(places, today, gone, schools or {})
    problems = [problem for service in services for problem in check_entry(service, around)]
    for check in _WHOLE:
        problems += check(services)
    problems += gap_checks.gaps(services, around)
    return sorted(problems)


def fit_to_show(services: Iterable[Service], problems: Iterable[Problem]) -> tuple[Service, ...]:
    """The active entries that no error stands against, in the order given."""
    wrong = {problem.path for problem in problems if problem.level == "error"}
    return tuple(
        service
        for service in services
        if service.status is Status.ACTIVE and service.path not in wrong
    )


def check_entry(service: Service, around: Around) -> Iterator[Problem]:
    """What the rules for one entry say about it, in the order of the rules."""
    for rule in ENTRY_RULES:
        for found in rule.find(service, around) if rule.applies(service) else ():
            yield _problem(service, found.mark, found.level, found.sentence, rule.id)


def _problem(service: Service, mark: Mark, level: Level, why: str, rule: str) -> Problem:
    return Problem(service.path, mark.line, mark.column, level, why, rule)


_WHOLE_PATH = "directory/services"


def _for_all(why: str, rule: str) -> Problem:
    return Problem(_WHOLE_PATH, 1, 1, "error", why, rule)


def _id_twice(services: Sequence[Service]) -> Iterator[Problem]:
    first: dict[str, Service] = {}
    for service in services:
        if other := first.get(service.id):
            why = f"the id '{service.id}' is already used by {other.path}; choose another"
            yield _problem(service, where(service, "id"), "error", why, "id-twice")
        first.setdefault(service.id, service)


def _duplicate(services: Sequence[Service]) -> Iterator[Problem]:
    # Branches of one charity in different councils may well share a number and a name.
    for one, other in _sharing_a_number(services):
        together = (one.national and other.national) or set(one.councils) & set(other.councils)
        if together and _alike(one.name.casefold(), other.name.casefold()):
            why = f"the same number as {other.path}, and nearly the same name; one entry or two?"
            yield _problem(one, where(one, "name"), "warning", why, "duplicate")


def _alike(one: str, other: str) -> bool:
    alike = SequenceMatcher(None, one, other)
    # The quick answers are never below the slow one, and most names are far apart.
    return (
        alike.real_quick_ratio() >= _ALIKE
        and alike.quick_ratio() >= _ALIKE
        and alike.ratio() >= _ALIKE
    )


def _sharing_a_number(services: Sequence[Service]) -> Iterator[tuple[Service, Service]]:
    """Pairs with a telephone number in both, each once, in the order of the entries.

    Where very many share one number, an entry is compared with those that follow it by name: all
    pairs of a large directory would take minutes, and names that are alike stand near each other.
    """
    by_number: defaultdict[str, list[int]] = defaultdict(list)
    for index, service in enumerate(services):
        for number in _numbers(service):
            by_number[number].append(index)
    pairs: set[tuple[int, int]] = set()
    for indexes in by_number.values():
        named = sorted(indexes, key=lambda index: services[index].name.casefold())
        for at, one in enumerate(named):
            after = named[at + 1 : at + 1 + _COMPARED]
            pairs |= {(min(one, other), max(one, other)) for other in after}
    return ((services[one], services[other]) for one, other in sorted(pairs))


def _numbers(service: Service) -> set[str]:
    calls = (contact for contact in service.contacts if contact.type == "phone")
    return {digits(contact.value) for contact in calls}


def _helplines(services: Sequence[Service]) -> list[Service]:
    return [
        service
        for service in services
        if service.status is Status.ACTIVE and service.national and "helpline" in service.kinds
    ]


def _too_few(services: Sequence[Service]) -> Iterator[Problem]:
    # Whatever else fits nobody, a woman must be left with somebody to turn to.
    count = len(_helplines(services))
    if count < FEWEST_HELPLINES:
        why = f"only {count} national helplines are active; at least {FEWEST_HELPLINES} must be"
        yield _for_all(why, "too-few-helplines")


def _nobody_answers(services: Sequence[Service]) -> Iterator[Problem]:
    lines = [
        line
        for service in _helplines(services)
        for contact in service.contacts
        for line in contact.answers or ()
    ]
    for start, end in uncovered(lines)[:1]:
        why = (
            f"no national helpline answers {_moment(start)} to {_moment(end)}; add a 24-hour line"
        )
        yield _for_all(why, "nobody-answers")


def _moment(minute: int) -> str:
    day, minutes = divmod(minute, DAY_MINUTES)
    return f"{DAYS[day]} {clock(minutes)}" if day < len(DAYS) else "Su 24:00"


_WHOLE: tuple[Callable[[Sequence[Service]], Iterable[Problem]], ...] = (
    _id_twice,
    _duplicate,
    _too_few,
    _nobody_answers,
)

RULES: Mapping[str, str] = {
    **rules_of(ENTRY_RULES),
    **gap_checks.RULES,
    "id-twice": "Two entries have the same id.",
    "duplicate": "Two entries are perhaps about the same service.",
    "too-few-helplines": "Fewer than two national helplines are active.",
    "nobody-answers": "There is a minute of the week at which no national helpline answers.",
}


def read_do_not_ship(folder: Path, shown: str) -> tuple[tuple[Gone, ...], list[Problem]]:
    """Read `do_not_ship.yaml` of the directory folder: the names that must not come back."""
    document, problems = read_file(folder / "do_not_ship.yaml", f"{shown}/do_not_ship.yaml")
    report = Report(document.path, problems)
    if document.root is None:
        return (), problems
    fields = Fields(document.root, report, "do_not_ship.yaml")
    fields.choice("schema", ("1",))
    names = tuple(_gone(block, report) for block in fields.mappings("names"))
    fields.done()
    return tuple(gone for gone in names if gone.name), problems


def _gone(block: Block, report: Report) -> Gone:
    fields = Fields(block, report, "a name")
    name, why = fields.required("name") or "", fields.required("why") or ""
    also = tuple(found.text for found in fields.scalars("also"))
    fields.text("source")
    fields.done()
    return Gone(name, (name, *also), why)

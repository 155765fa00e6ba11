"""What the directory as a whole does not have: notes for those who look for more services.

No single entry can put a gap right, so gaps are notes (`info`), and never a mistake.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from bot.directory.findings import Around
from bot.directory.languages import LANGUAGES
from bot.directory.model import Service, Status
from bot.problems import Problem

_PATH = "directory/services"
_SOON = timedelta(days=60)  # long enough to ask a council for its new school year

RULES: Mapping[str, str] = {
    "council-without-woman": "No service of a council says that she can have a woman as worker.",
    "summary-untranslated": "Some summaries are not in a language that others are in.",
    "school-holidays-end": "The school holidays of a council are known for less than 60 days more.",
}


def gaps(services: Sequence[Service], around: Around) -> Iterator[Problem]:
    """Every gap among the active entries, as notes at line 1 of `directory/services`."""
    active = [service for service in services if service.status is Status.ACTIVE]
    for rule, find in _FINDERS.items():
        for sentence in find(active, around):
            yield Problem(_PATH, 1, 1, "info", sentence, rule)


def _no_woman(active: Sequence[Service], around: Around) -> Iterator[str]:
    """Councils that have services of their own, none with a female worker stated."""
    served = {council for service in active for council in service.councils}
    kept = {
        council
        for service in active
        if {"guaranteed", "on_request"} & service.facts.get("worker.female", frozenset())
        for council in service.councils
    }
    for council in sorted((served - kept) & set(around.places.councils)):
        name = around.places.councils[council].name
        yield f"no service for {name} says whether she can have a woman as worker; ask them"


def _untranslated(active: Sequence[Service], _: Around) -> Iterator[str]:
    written = {language for service in active for language in service.summary}
    for language in sorted(written - {"en"}):
        count = sum(language not in service.summary for service in active)
        name = LANGUAGES.get(language, language)
        if count:
            yield f"{count} services have no {name} summary; have them translated"


def _schools_end(_: Sequence[Service], around: Around) -> Iterator[str]:
    for council, year in sorted(around.schools.items()):
        if year.last - around.today < _SOON:
            name = around.places.councils[council].name
            yield f"school holidays for {name} are known until {year.last}; look for the next year"


_FINDERS: Mapping[str, Callable[[Sequence[Service], Around], Iterable[str]]] = {
    "council-without-woman": _no_woman,
    "summary-untranslated": _untranslated,
    "school-holidays-end": _schools_end,
}

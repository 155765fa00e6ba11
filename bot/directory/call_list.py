"""The call list: whom to ring this week, the shortest call first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.directory.calls import Call, calls_of, is_silent
from bot.directory.checklist import has_overdue, questions_for
from bot.directory.freshness import Age, Group, checked
from bot.directory.model import Contact, Service, Status
from bot.directory.schedules import LONDON, openness

# How one reaches a service to ask it something, the quickest first.
_WAYS = ("phone", "text", "whatsapp", "webchat", "email", "callback", "website", "relay")
_OPEN = (True, None, False)


@dataclass(frozen=True, slots=True)
class Reported:
    """The services that women may have said have something wrong on their card, until a day.

    May have: chance names some as well, so that none of them shows what one woman said.
    """

    services: frozenset[str] = frozenset()
    until: date = date.min


@dataclass(frozen=True, slots=True)
class Errand:
    """One service to ring. `groups` grow old by the last day of the list.

    `open` says whether the contact answers now; None: not known. `failed` has the test calls that
    nobody answered, when they were on two days or more and nobody has answered since. `reported`:
    it is among those reported, and nobody has checked anything of it since.
    """

    service: Service
    questions: int
    groups: tuple[Group, ...]
    overdue: bool
    contact: Contact | None
    open: bool | None
    failed: tuple[Call, ...] = ()
    reported: bool = False


def call_list(
    services: Iterable[Service],
    now: datetime,
    days: int,
    reported: Reported = Reported(),
) -> tuple[Errand, ...]:
    """What is due now or within `days` days, fewest questions first; drafts come last.

    `now` is aware. Of those with as many questions, what answers now comes first. Closed entries
    and those that do not want to be listed are never rung.
    """
    found = (_errand(each, now, days, reported) for each in services if _may_be_rung(each))
    due = [each for each in found if each.groups or each.failed or each.reported]
    return tuple(sorted(due, key=_order))


def _may_be_rung(service: Service) -> bool:
    return (
        service.status is not Status.CLOSED
        and not service.has("do_not_list")
        and "emergency" not in service.kinds
    )


def _order(errand: Errand) -> tuple[bool, int, int, str]:
    draft = errand.service.status is Status.DRAFT
    return draft, errand.questions, _OPEN.index(errand.open), errand.service.id


def _errand(service: Service, now: datetime, days: int, reported: Reported) -> Errand:
    today = now.astimezone(LONDON).date()
    last = today + timedelta(days=days)
    calls = calls_of(service)
    contact = best_contact(service)
    answers = openness(service.answering(contact), now).open if contact else None
    return Errand(
        service=service,
        questions=len(questions_for(service, last)),
        groups=tuple(one.group for one in checked(service, last) if one.age is not Age.FRESH),
        overdue=has_overdue(service, today),
        contact=contact,
        open=answers,
        failed=_since_the_last_answer(calls) if is_silent(calls) else (),
        reported=service.id in reported.services and not _checked_after(service, reported.until),
    )


def _checked_after(service: Service, day: date) -> bool:
    return any(one.on and one.on > day for one in checked(service, day))


def _since_the_last_answer(calls: tuple[Call, ...]) -> tuple[Call, ...]:
    failed: list[Call] = []
    for call in calls:
        failed = [] if call.answered else [*failed, call]
    return tuple(failed)


def best_contact(service: Service) -> Contact | None:
    """The contact to ask on: a telephone before anything else; None where there is none."""
    ways = [each for each in service.contacts if each.type in _WAYS]
    return min(ways, key=lambda each: _WAYS.index(each.type), default=None)

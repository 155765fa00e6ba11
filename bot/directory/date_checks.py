"""Checks of dates: what cannot have happened yet, and what was checked long ago.

Only time itself makes a fact old, so old facts are told as notes (`info`) and never turn a good
entry into a bad one over night; `freshness.py` has the limits. What is due belongs to the list of
calls, and what is over (a pause, a closing) is an error, because a woman would stand at a door.
"""

from datetime import date, timedelta

from bot.directory.findings import Around, Finding, Findings, Rule, matching, where
from bot.directory.freshness import LIMITS, Age, Group, checked, day_of
from bot.directory.model import Service

_FIRST_YEAR = "2000"
_TESTED_LIMIT = 180  # days; a test call is made less often than a contact is read again

_PAST = ("checks[].on", "closed.on")  # the other dates of the past are in contact_checks
_CHECKED = (*_PAST, "verified.on", "contact[].tested", "wait.as_of", "changes[].on")


def _days_since(text: str, today: date) -> int:
    return (today - day_of(text)) // timedelta(days=1)


def _in_future(service: Service, around: Around) -> Findings:
    for key, found in matching(service, *_PAST):
        if found.text > around.today.isoformat()[: len(found.text)]:
            name = "closed.on" if key == "closed.on" else "the day of this check"
            why = f"{name}, {found.text}, is in the future; write when it was"
            yield Finding(found.mark, why)


def _too_early(service: Service, _: Around) -> Findings:
    for _key, found in matching(service, *_CHECKED):
        if found.text < _FIRST_YEAR:
            why = f"{found.text} is before {_FIRST_YEAR}; is the year right?"
            yield Finding(found.mark, why)


def _no_result(service: Service, _: Around) -> Findings:
    for index, check in enumerate(service.checks):
        if check.how == "test_call" and check.answered is None:
            why = "a test_call without 'answered' tells nothing; write answered: yes or no"
            yield Finding(where(service, f"checks[{index}].how"), why, "warning")


def _no_call(service: Service, _: Around) -> Findings:
    for index, check in enumerate(service.checks):
        if check.how != "test_call" and check.answered is not None:
            why = f"'answered' belongs to a test_call, and this is '{check.how}'; take it out"
            yield Finding(where(service, f"checks[{index}].answered"), why, "warning")


def _contact_old(service: Service, around: Around) -> Findings:
    for each in checked(service, around.today):
        if each.group is Group.CONTACT and each.on and each.age in {Age.DUE, Age.OVERDUE}:
            days = (around.today - each.on) // timedelta(days=1)
            why = (
                f"the contacts were last checked {days} days ago (limit {each.limit}); "
                "ring, and note it under 'checks'"
            )
            yield Finding(
                service.contacts[0].mark if service.contacts else service.mark, why, "info"
            )


def _tested_old(service: Service, around: Around) -> Findings:
    for _key, found in matching(service, "contact[].tested"):
        days = _days_since(found.text, around.today)
        if days > _TESTED_LIMIT:
            why = f"this was tested {days} days ago (limit {_TESTED_LIMIT}); try it again"
            yield Finding(found.mark, why, "info")


def _wait_old(service: Service, around: Around) -> Findings:
    for _key, found in matching(service, "wait.as_of"):
        days, limit = _days_since(found.text, around.today), LIMITS[Group.WAIT]
        if days > limit:
            why = f"wait.as_of is {days} days old (limit {limit}); ask how long it is now"
            yield Finding(found.mark, why, "info")


def _wait_undated(service: Service, _: Around) -> Findings:
    keys = [key for key in service.stated if key.startswith("wait.first_")]
    if keys and "wait.as_of" not in service.stated:
        why = "nobody can tell how old this wait is; add wait.as_of with the day it was true"
        yield Finding(where(service, keys[0]), why, "warning")


RULES = (
    Rule("check-in-future", "A check or a closing on a day that has not come yet.", _in_future),
    Rule("date-too-early", "Something was checked before the year 2000.", _too_early),
    Rule("test-call-unsaid", "A test call does not say whether anybody answered.", _no_result),
    Rule("answered-without-call", "An answer to a check that was not a test call.", _no_call),
    Rule("contact-old", "The contacts were checked long ago.", _contact_old, shown_only=True),
    Rule("tested-old", "A contact was tested long ago.", _tested_old, shown_only=True),
    Rule("wait-old", "A wait was asked about long ago.", _wait_old, shown_only=True),
    Rule("wait-undated", "A wait does not say of which day it is.", _wait_undated),
)

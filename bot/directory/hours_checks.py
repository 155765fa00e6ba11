"""Checks of opening hours: what can be read, but is perhaps not meant."""

from collections.abc import Iterator

from bot.directory.findings import Around, Finding, Findings, Rule, where
from bot.directory.hours import DAY_MINUTES, DAYS, Range, clock, overlap, parse
from bot.directory.model import Service
from bot.directory.schedules import covers
from bot.directory.shape import SHAPE
from bot.directory.stated import pattern
from bot.problems import Mark

_LONGEST_NIGHT = 12 * 60


def _parsed(service: Service, key: str) -> tuple[Range, ...]:
    """The ranges of all lines under a key; the reader has refused lines that are none."""
    lines = (parse(scalar.text) for scalar in service.stated.get(key, ()))
    return tuple(part for line in lines if isinstance(line, tuple) for part in line)


def _line_keys(service: Service) -> Iterator[tuple[str, Mark]]:
    for key, scalars in service.stated.items():
        shaped = SHAPE.get(pattern(key))
        if shaped and shaped.kind in {"lines", "lines_or_choice"} and scalars:
            yield key, scalars[0].mark


def _long_night(service: Service, _: Around) -> Findings:
    for key, mark in _line_keys(service):
        for part in _parsed(service, key):
            hours = (part.end - part.start) // 60
            if part.end > DAY_MINUTES and part.end - part.start > _LONGEST_NIGHT:
                why = f"'{part.expression}' runs overnight ({hours} hours); is that meant?"
                yield Finding(mark, why, "warning")


def _overlap(service: Service, _: Around) -> Findings:
    for key, mark in _line_keys(service):
        if found := overlap(_parsed(service, key)):
            day, minute = found
            why = f"two ranges overlap on {DAYS[day]} at {clock(minute % DAY_MINUTES)}; join them"
            yield Finding(mark, why, "warning")


def _outside(service: Service, _: Around) -> Findings:
    usual = _parsed(service, "hours.open")
    for index, activity in enumerate(service.activities):
        key = f"sessions[{index}].when"
        elsewhere = activity.what == "outreach" or f"sessions[{index}].online" in service.stated
        for part in _parsed(service, key) if usual and not elsewhere else ():
            if day := _not_within(part, usual):
                when = f"{day} {clock(part.start)}"
                why = f"the {activity.what} on {when} is outside the opening hours; is that meant?"
                yield Finding(where(service, key), why, "warning")
                break


def _not_within(part: Range, usual: tuple[Range, ...]) -> str | None:
    """The first day of the range on which no usual range holds all of it."""
    for day, _ in part.weekdays:
        around = (open for open in usual if any(same == day for same, _ in open.weekdays))
        if not any(open.start <= part.start and part.end <= open.end for open in around):
            return DAYS[day]
    return None


def _school_run(service: Service, _: Around) -> Findings:
    lines = service.hours.open
    sessions = [line for activity in service.activities for line in activity.when]
    fits = covers(lines or (), "school_hours") or covers(sessions, "school_hours", whole=True)
    if service.has("times.school_run") and lines and not fits:
        why = "times.school_run is yes, but no hours lie between 09:30 and 14:30"
        yield Finding(where(service, "times.school_run"), why, "warning")


def _holiday_dropin(service: Service, _: Around) -> Findings:
    if service.has("hours.holiday_dropin") and service.hours.school_holidays == "closed":
        why = "hours.holiday_dropin is yes, but school_holidays is closed"
        yield Finding(where(service, "hours.holiday_dropin"), why, "warning")


def _contradiction(service: Service, _: Around) -> Findings:
    for key, scalars in service.stated.items():
        if scalars and scalars[0].text == "no" and service.facts.get(key) == frozenset({"yes"}):
            why = f"'{key}' says no, but the hours, sessions or contacts of this entry say yes"
            yield Finding(scalars[0].mark, why, "warning")


RULES = (
    Rule("long-night", "A range runs overnight for more than 12 hours.", _long_night),
    Rule("hours-overlap", "Two ranges of the same hours cover the same time.", _overlap),
    Rule("outside-hours", "A session lies outside the opening hours.", _outside),
    Rule("no-school-hours", "An entry fits the school run, but its hours do not.", _school_run),
    Rule("holiday-dropin", "A holiday drop-in where all is closed.", _holiday_dropin),
    Rule("contradiction", "A stated no, where the rest of the entry says yes.", _contradiction),
)

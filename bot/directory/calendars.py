"""School holidays: `calendars/school_holidays.yaml` becomes a `SchoolYear` by council."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.directory.places import Places
from bot.directory.reading import is_date
from bot.directory.schedules import SchoolYear
from bot.documents import Mapping as Block
from bot.documents import read_file
from bot.fields import Fields, one_of
from bot.problems import Problem, Report

RULES: Mapping[str, str] = {
    "calendar-day": "A day of a school calendar is not YYYY-MM-DD, or a range ends before it starts.",
}


def read_calendars(
    folder: Path, shown: str, places: Places
) -> tuple[Mapping[str, SchoolYear], list[Problem]]:
    """Read the school holidays of the directory folder, by council id.

    No file is no problem: the day type is then not known, and answers say so. A council whose
    days cannot be read is left out and reported.
    """
    path = folder / "calendars" / "school_holidays.yaml"
    if not path.exists():
        return {}, []
    document, problems = read_file(path, f"{shown}/calendars/school_holidays.yaml")
    report = Report(document.path, problems)
    if document.root is None:
        return {}, problems
    fields, found = Fields(document.root, report, "the calendar"), dict[str, SchoolYear]()
    fields.choice("schema", ("1",))
    for block in fields.mappings("councils"):
        council, year = _council(block, report, places)
        if council and year:
            found[council] = year
    fields.done()
    return found, sorted(problems)


def _council(block: Block, report: Report, places: Places) -> tuple[str | None, SchoolYear | None]:
    fields = Fields(block, report, "a council's calendar")
    fields.required("council")
    council = fields.scalar("council")
    known = one_of(council, "council", tuple(places.councils), report) if council else None
    covered = _range(fields, report)
    blocks = fields.mappings("holidays")
    holidays = [_holiday(holiday, report) for holiday in blocks]
    fields.text("source")
    fields.text("checked_on")
    fields.done()
    # One holiday that cannot be read would turn free days into school days.
    if covered is None or None in holidays:
        return known, None
    return known, SchoolYear(*covered, tuple(days for days in holidays if days))


def _holiday(block: Block, report: Report) -> tuple[date, date] | None:
    fields = Fields(block, report, "a school holiday")
    fields.text("name")
    days = _range(fields, report)
    fields.done()
    return days


def _range(fields: Fields, report: Report) -> tuple[date, date] | None:
    first, last = fields.required("from"), fields.required("to")
    if first is None or last is None:
        return None
    if all(len(day) == 10 and is_date(day) for day in (first, last)) and first <= last:
        return date.fromisoformat(first), date.fromisoformat(last)
    why = f"'{first}' to '{last}' are not days in order; write YYYY-MM-DD, first day first"
    report.add(fields.key_mark("from"), "calendar-day", why)
    return None

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.directory.calendars import read_calendars
from bot.directory.schedules import SchoolYear
from bot.problems import Problem
from tests.directory.entries import shipped_places

WHOLE = """schema: 1
councils:
  - council: dudley
    source: https://example.org/terms
    checked_on: 2026-09-01
    from: 2026-09-01
    to: 2027-07-31
    holidays:
      - {name: Half-term, from: 2026-10-26, to: 2026-10-30}
"""


def calendars(folder: Path, text: str) -> tuple[Mapping[str, SchoolYear], list[Problem]]:
    (folder / "calendars").mkdir()
    (folder / "calendars" / "school_holidays.yaml").write_text(text)
    return read_calendars(folder, "directory", shipped_places())


def test_no_calendar_is_no_problem(tmp_path):
    assert read_calendars(tmp_path, "directory", shipped_places()) == ({}, [])


def test_a_calendar_is_read_by_council(tmp_path):
    found, problems = calendars(tmp_path, WHOLE)
    half_term = (date(2026, 10, 26), date(2026, 10, 30))
    assert problems == []
    assert found == {"dudley": SchoolYear(date(2026, 9, 1), date(2027, 7, 31), (half_term,))}


def test_a_day_outside_the_calendar_is_not_known(tmp_path):
    year = calendars(tmp_path, WHOLE)[0]["dudley"]
    days = (date(2026, 10, 26), date(2026, 10, 31), date(2026, 8, 31), date(2027, 8, 1))
    assert [year.is_holiday(day) for day in days] == [True, False, None, None]


def test_a_council_with_a_day_that_cannot_be_read_is_left_out(tmp_path):
    found, problems = calendars(tmp_path, WHOLE.replace("2026-10-30", "30 October"))
    assert found == {}
    assert [problem.rule for problem in problems] == ["calendar-day"]


def test_a_calendar_without_its_days_is_left_out(tmp_path):
    found, problems = calendars(tmp_path, WHOLE.replace("    to: 2027-07-31\n", ""))
    assert found == {}
    assert [problem.rule for problem in problems] == ["missing"]


def test_a_council_that_is_none_is_reported(tmp_path):
    found, problems = calendars(tmp_path, WHOLE.replace("dudley", "dudly"))
    assert found == {}
    assert "did you mean 'dudley'" in problems[0].sentence


def test_a_calendar_without_a_council_is_reported(tmp_path):
    found, problems = calendars(tmp_path, WHOLE.replace("council: dudley\n    ", ""))
    assert found == {}
    assert [problem.rule for problem in problems] == ["missing"]


def test_a_calendar_that_is_no_yaml_is_reported(tmp_path):
    found, problems = calendars(tmp_path, "a: [")
    assert found == {}
    assert len(problems) == 1

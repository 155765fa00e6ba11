from datetime import date

import pytest

from bot.directory.findings import Around
from bot.directory.gap_checks import gaps
from bot.directory.schedules import SchoolYear
from tests.directory.entries import TODAY, entry, shipped_places


def told(*services, **schools):
    """The rules of all gaps."""
    return [one.rule for one in gaps(services, Around(shipped_places(), TODAY, (), schools))]


@pytest.mark.parametrize(("female", "gap"), [("guaranteed", 0), ("on_request", 0), ("no", 1)])
def test_a_council_where_no_service_has_a_female_worker_is_told(female, gap):
    found = told(entry(worker=f"{{female: {female}}}"), entry())
    assert found == ["council-without-woman"] * gap


def test_councils_without_any_service_and_drafts_are_no_gap():
    assert told() == []
    assert told(entry(status="draft"), entry(area="{national: yes}")) == []


def test_languages_that_some_summaries_have_are_counted():
    both, english = (
        entry(summary="{en: A place., pl: Miejsce.}"),
        entry(worker="{female: guaranteed}"),
    )
    assert told(both, english) == ["summary-untranslated"]
    assert told(both, entry(summary="{en: A., pl: B.}", worker="{female: guaranteed}")) == []


@pytest.mark.parametrize(
    ("last", "gap"), [(date(2027, 1, 21), 1), (date(2027, 1, 22), 0), (date(2026, 1, 1), 1)]
)
def test_a_school_year_that_ends_soon_is_told(last, gap):
    year = SchoolYear(date(2025, 9, 1), last, ())
    assert told(dudley=year) == ["school-holidays-end"] * gap


def test_a_gap_is_a_note_of_the_whole_directory():
    (found,) = gaps([entry()], Around(shipped_places(), TODAY))
    assert (found.path, found.line, found.level) == ("directory/services", 1, "info")

"""A draft by itself: its errors as `linnet check` would have them, and no entry without its file."""

import pytest

from bot.directory.draft_checks import check_draft
from bot.directory.drafting import draft
from bot.directory.findings import Around
from bot.directory.interview import whole
from tests.directory.entries import TODAY

ANSWERS = (
    {"name": "'A Hub'"},
    {"kind": "[support]"},
    {"area.councils": "[walsall]"},
    {"summary": "{en: 'A warm room.'}"},
)


@pytest.fixture
def around(data):
    return Around(data.places, TODAY, data.gone)


def text_of(*more):
    return draft(whole((*ANSWERS, *more), "a-hub"))


def test_a_draft_without_a_mistake_is_an_entry(around):
    service, problems = check_draft(text_of(), "a-hub", around)
    assert problems == []
    assert (service.id, service.path) == ("a-hub", "directory/services/a-hub.yaml")


@pytest.mark.parametrize(
    ("number", "rule"), [("0906 123 4567", "costs-extra"), ("07700 900123", "made-up-number")]
)
def test_an_error_of_the_entry_is_told_with_its_rule(around, number, rule):
    text = text_of({"contact[].type": "phone", "contact[].number": f"'{number}'"})
    service, problems = check_draft(text, "a-hub", around)
    assert service is not None
    assert [problem.rule for problem in problems] == [rule]


def test_warnings_and_notes_are_left_out(around):
    _, problems = check_draft(text_of(), "a-hub", around)
    assert all(problem.level == "error" for problem in problems)


def test_a_text_that_is_no_entry_has_errors_and_no_service(around):
    service, problems = check_draft("name: [", "a-hub", around)
    assert service is None
    assert problems

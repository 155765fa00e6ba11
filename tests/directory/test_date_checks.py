import pytest

from bot.directory.checks import check_directory
from tests.directory.entries import TODAY, entry, rules, shipped_places

CHECK = "[{{on: {on}, by: editor, how: phone, groups: [summary]}}]"


def verified(on):
    return f"{{on: {on}, by: editor, how: phone}}"


@pytest.mark.parametrize(
    ("on", "broken"),
    [("2026-11-23", []), ("2026-11", []), ("2026", []), ("2026-11-24", ["check-in-future"]),
     ("2026-12", ["check-in-future"]), ("2000-01-01", []), ("1999-12-31", ["date-too-early"])],
)  # fmt: skip
def test_a_check_was_made_on_a_day_that_can_be(on, broken):
    assert rules(checks=CHECK.format(on=on)) == broken


@pytest.mark.parametrize(
    ("check", "broken"),
    [
        ("how: test_call, answered: yes", []),
        ("how: test_call, answered: no", []),
        ("how: phone", []),
        ("how: test_call", ["test-call-unsaid"]),
        ("how: visit, answered: no", ["answered-without-call"]),
    ],
)
def test_only_a_test_call_says_whether_anybody_answered(check, broken):
    assert rules(checks=f"[{{on: 2026-11-20, by: editor, {check}}}]") == broken


@pytest.mark.parametrize(
    ("kind", "on", "broken"),
    [
        ("womens_centre", "2026-08-25", []),
        ("womens_centre", "2026-08-24", ["contact-old"]),
        ("helpline", "2026-09-24", []),
        ("helpline", "2026-09-23", ["contact-old"]),
    ],
)
def test_contacts_grow_old_and_those_of_a_helpline_sooner(kind, on, broken):
    assert rules(kind=f"[{kind}]", verified=verified(on)) == broken


def test_contacts_that_nobody_dated_and_those_of_a_draft_bring_no_note():
    assert rules() == []
    assert rules(status="draft", verified=verified("2020-01-01")) == []


@pytest.mark.parametrize(
    ("tested", "broken"), [("2026-05-27", []), ("2026-05-26", ["tested-old"])]
)
def test_a_test_of_a_contact_grows_old(tested, broken):
    assert rules(contact=f"[{{type: phone, number: 0121 303 0000, tested: {tested}}}]") == broken


@pytest.mark.parametrize(
    ("as_of", "broken"),
    [(", as_of: 2026-10-24", []), (", as_of: 2026-10-23", ["wait-old"]), ("", ["wait-undated"])],
)
def test_a_wait_grows_old_soon_and_never_stands_without_its_day(as_of, broken):
    assert rules(wait=f"{{first_reply_days: 2{as_of}}}") == broken


def test_what_time_alone_brings_is_never_more_than_a_note():
    old = entry(
        verified=verified("2020-01-01"),
        contact="[{type: phone, number: 0121 303 0000, tested: 2020-01-01}]",
        wait="{first_reply_days: 2, as_of: 2020-01-01}",
    )
    found = [
        one for one in check_directory([old], shipped_places(), TODAY) if one.path == old.path
    ]
    assert {problem.level for problem in found} == {"info"}
    assert len(found) == 3

"""Freshness: each group of facts grows old at its own speed."""

from datetime import date, timedelta

import pytest

from bot.directory.freshness import (
    LIMITS,
    Age,
    Group,
    age_of,
    checked,
    current,
    day_of,
    group_of,
    groups_of,
)
from bot.directory.shape import GROUPS, SHAPE
from tests.directory.entries import entry

TODAY = date(2026, 11, 23)


def verified(days, fields=None, **keys):
    """An entry that was checked so many days ago."""
    on = (TODAY - timedelta(days=days)).isoformat()
    told = f", fields: {fields}" if fields else ""
    return entry(verified=f"{{on: {on}, by: editor, how: phone{told}}}", **keys)


def test_the_format_and_the_code_name_the_same_groups():
    assert tuple(Group) == GROUPS


def test_every_key_of_the_format_belongs_to_one_group():
    found = {key: group_of(key) for key in SHAPE}
    assert found["contact[].number"] is Group.CONTACT
    assert found["hours.open"] is Group.ACCESS
    assert found["wait.as_of"] is Group.WAIT
    assert found["places[].lift"] is Group.BUILDING
    assert found["summary"] is Group.SUMMARY
    assert group_of("contact[3].answers") is Group.CONTACT


@pytest.mark.parametrize("group", [Group.CONTACT, Group.SUMMARY])
def test_a_group_is_due_after_its_limit_and_overdue_after_twice_that(group):
    limit = LIMITS[group]
    ages = [
        age_of(verified(days), group, TODAY)
        for days in (limit, limit + 1, 2 * limit, 2 * limit + 1)
    ]
    assert ages == [Age.FRESH, Age.DUE, Age.DUE, Age.OVERDUE]


def test_the_numbers_of_a_helpline_grow_old_sooner():
    assert age_of(verified(61, kind="[helpline]"), Group.CONTACT, TODAY) is Age.DUE
    assert age_of(verified(61), Group.CONTACT, TODAY) is Age.FRESH


def test_only_the_groups_that_were_looked_at_were_checked():
    service = verified(10, "[contact]", hours="{open: [Mo 09:00-17:00]}")
    assert age_of(service, Group.CONTACT, TODAY) is Age.FRESH
    assert age_of(service, Group.ACCESS, TODAY) is Age.NO_DATE


def test_a_later_check_counts_for_its_groups():
    checks = "[{on: 2026-11-20, by: service, how: phone, groups: [contact]}]"
    service = verified(400, checks=checks)
    assert age_of(service, Group.CONTACT, TODAY) is Age.FRESH
    assert age_of(service, Group.SUMMARY, TODAY) is Age.DUE


def test_a_call_to_see_whether_anybody_answers_confirms_nothing():
    checks = "[{on: 2026-11-20, by: editor, how: test_call, answered: yes}]"
    assert age_of(verified(400, checks=checks), Group.CONTACT, TODAY) is Age.OVERDUE


def test_a_wait_has_a_date_of_its_own():
    service = verified(0, wait="{first_appointment_weeks: 3, as_of: 2026-09-01}")
    assert age_of(service, Group.WAIT, TODAY) is Age.OVERDUE


def test_a_date_that_nobody_wrote_down_is_no_date():
    (contact, *_) = checked(entry(), TODAY)
    assert (contact.group, contact.on, contact.age) == (Group.CONTACT, None, Age.NO_DATE)


def test_only_groups_that_are_stated_have_an_age():
    assert Group.WAIT not in groups_of(entry())
    assert {each.group for each in checked(entry(), TODAY)} == {*groups_of(entry())}


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026", date(2026, 1, 1)), ("2026-03", date(2026, 3, 1)), ("2026-03-05", date(2026, 3, 5))],
)
def test_a_bare_year_or_month_is_its_first_day(text, day):
    assert day_of(text) == day


def test_every_shipped_entry_has_an_age_for_what_it_states(data):
    for service in data.services:
        assert [each.group for each in checked(service, TODAY)] == list(groups_of(service))


@pytest.mark.parametrize(
    ("as_of", "told"), [("2026-11-01", True), ("2026-10-01", True), ("2026-09", False)]
)
def test_a_wait_that_is_too_old_is_not_told(as_of, told):
    service = entry(
        wait=f"{{first_appointment_weeks: 2, as_of: {as_of}, support_while_waiting: yes}}"
    )
    found = current(service, TODAY)
    assert ("wait.first_appointment_weeks" in found.stated, "wait.short" in found.facts) == (
        told,
        told,
    )
    assert found.has("wait.support_while_waiting")


def test_an_entry_without_a_wait_is_left_as_it_is():
    service = entry()
    assert current(service, TODAY) is service

import pytest

from tests.directory.entries import rules


def sessions(what: str, when: str, more: str = "") -> str:
    return f'[{{what: {what}, when: "{when}"{more}}}]'


OFFICE = '{open: ["Mo-Fr 09:00-17:00"]}'


def test_a_night_of_twelve_hours_is_let_through():
    assert rules(hours='{open: ["Mo 20:00-08:00"]}') == []
    assert rules(hours='{open: ["Mo 20:00-08:01"]}') == ["long-night"]


@pytest.mark.parametrize(
    "keys",
    [
        {"hours": '{bank_holidays: ["Mo 10:00-12:00", "Mo 11:00-13:00"]}'},
        {"sessions": sessions("group", "Mo 10:00-12:00,11:00-13:00")},
        {"contact": '[{type: phone, number: 111, answers: ["24/7", "Mo 10:00-12:00"]}]'},
    ],
)
def test_lines_that_overlap_are_told_wherever_they_stand(keys):
    assert rules(**keys) == ["hours-overlap"]


def test_sessions_within_the_opening_hours_are_no_problem():
    assert rules(hours=OFFICE, sessions=sessions("group", "Mo,We 10:00-12:00")) == []


@pytest.mark.parametrize("when", ["Sa 10:00-12:00", "Mo 16:00-18:00", "Mo-Sa 10:00-12:00"])
def test_a_session_outside_the_opening_hours_is_asked_about(when):
    assert rules(hours=OFFICE, sessions=sessions("group", when)) == ["outside-hours"]


def test_outreach_and_online_groups_need_no_open_door():
    assert rules(hours=OFFICE, sessions=sessions("outreach", "Mo 20:00-23:00")) == []
    assert rules(hours=OFFICE, sessions=sessions("group", "Mo 19:00-20:00", ", online: yes")) == []


def test_without_opening_hours_no_session_is_outside():
    assert rules(sessions=sessions("group", "Mo 19:00-20:00")) == []


def test_the_school_run_is_checked_only_where_hours_are_known():
    assert rules(times="{school_run: yes}") == []
    assert rules(times="{school_run: yes}", hours=OFFICE) == []
    late = '{open: ["Mo-Fr 15:00-19:00"]}'
    group = sessions("group", "We 10:00-12:00")
    assert rules(times="{school_run: yes}", hours=late) == ["no-school-hours"]
    assert "no-school-hours" not in rules(times="{school_run: yes}", hours=late, sessions=group)


def test_a_holiday_drop_in_is_fine_where_holidays_are_open():
    assert rules(hours="{holiday_dropin: yes, school_holidays: as_usual}") == []


def test_a_stated_no_that_nothing_speaks_against_is_let_through():
    assert rules(times="{evening: no}", hours=OFFICE) == []
    assert rules(ways="{drop_in: no}", sessions="[{what: drop_in}]") == ["contradiction"]

"""The call list: fewest questions first, then whoever answers now; drafts at the end."""

from datetime import UTC, date, datetime

import pytest

from bot.directory.call_list import Reported, best_contact, call_list
from tests.directory.entries import entry

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)  # a Monday
OLD = "{on: 2026-08-01, by: service, how: phone}"
FRESH = "{on: 2026-11-20, by: service, how: phone}"


def ids(*services, days=7):
    return [errand.service.id for errand in call_list(services, NOW, days)]


def phone(answers):
    return f'[{{type: phone, number: 0121 303 0000, answers: ["{answers}"]}}]'


def test_what_is_fresh_is_not_rung():
    assert ids(entry(verified=FRESH)) == []


def test_what_grows_old_within_the_week_is_rung():
    soon = entry(verified="{on: 2026-08-27, by: service, how: phone}")  # 90 days on 25 November
    assert ids(soon, days=1) == []
    assert ids(soon) == ["a-centre"]


def test_fewer_questions_come_first():
    long = entry(id="a", verified=OLD)
    short = entry(id="b", verified=OLD, accepts="{using_now: yes}")
    assert ids(long, short) == ["b", "a"]


def test_of_two_as_short_the_one_that_answers_now_comes_first():
    shut = entry(id="a", verified=OLD, contact=phone("Tu 09:00-17:00"))
    there = entry(id="b", verified=OLD, contact=phone("Mo 09:00-17:00"))
    assert ids(shut, there) == ["b", "a"]
    assert [errand.open for errand in call_list([there, shut], NOW, 7)] == [True, False]


def test_drafts_come_last():
    assert ids(entry(id="a", status="draft"), entry(id="b")) == ["b", "a"]


@pytest.mark.parametrize("keys", [{"status": "closed"}, {"do_not_list": "yes"}])
def test_some_are_never_rung(keys):
    assert ids(entry(**keys)) == []


def test_two_days_without_an_answer_are_said_even_where_nothing_else_is_due():
    calls = ", ".join(
        f"{{on: 2026-11-2{day}, by: editor, how: test_call, answered: no}}" for day in (1, 2)
    )
    (errand,) = call_list([entry(verified=FRESH, checks=f"[{calls}]")], NOW, 7)
    assert [call.on for call in errand.failed] == ["2026-11-21", "2026-11-22"]
    once = f"[{calls.partition('}, ')[0]}}}]"
    assert ids(entry(verified=FRESH, checks=once)) == []


def test_a_date_nobody_wrote_down_is_overdue():
    (errand,) = call_list([entry()], NOW, 7)
    assert errand.overdue


def test_a_telephone_comes_before_other_ways():
    ways = '[{type: website, url: "https://a.org"}, {type: phone, number: 0121 303 0000}]'
    found = best_contact(entry(contact=ways))
    assert found is not None
    assert found.type == "phone"
    assert best_contact(entry(status="draft", contact="[]")) is None


REPORTED = Reported(frozenset({"a-centre"}), date(2026, 10, 31))


def test_what_was_reported_is_rung_until_somebody_checks_it():
    old = entry(verified="{on: 2026-10-20, by: service, how: phone}")
    assert call_list([old], NOW, 0) == ()
    (errand,) = call_list([old], NOW, 0, REPORTED)
    assert errand.reported
    assert call_list([entry(verified=FRESH)], NOW, 0, REPORTED) == ()


def test_a_call_that_nobody_answered_checks_nothing():
    call = "[{on: 2026-11-21, by: editor, how: test_call, answered: no}]"
    old = entry(verified="{on: 2026-10-20, by: service, how: phone}", checks=call)
    assert [errand.reported for errand in call_list([old], NOW, 0, REPORTED)] == [True]


def test_another_service_is_not_among_those_reported():
    due = entry(id="b", verified=OLD)
    assert [errand.reported for errand in call_list([due], NOW, 7, REPORTED)] == [False]

"""Test calls: what the last one says, and when nobody seems to answer at all."""

import pytest

from bot.directory.calls import answers, calls_of, in_order, is_silent, last_call
from tests.directory.entries import entry


def made(*tests):
    return in_order(tuple(test.split()) for test in tests)


def test_calls_come_in_the_order_of_their_days():
    calls = made("2026-11-05 no", "2026-03 yes", "2026-07-01 no")
    assert [call.on for call in calls] == ["2026-03", "2026-07-01", "2026-11-05"]


def test_a_test_without_a_day_or_an_end_is_no_call():
    assert in_order([(None, "yes"), ("2026-11-05", None)]) == ()
    assert last_call(()) is None


def test_of_one_day_the_answered_call_counts():
    last = last_call(made("2026-11-05 yes", "2026-11-05 no"))
    assert last is not None
    assert last.answered


@pytest.mark.parametrize(
    ("tests", "silent"),
    [
        (("2026-11-05 no",), False),
        (("2026-11-05 no", "2026-11-05 no"), False),
        (("2026-11-05 no", "2026-11-06 no"), True),
        (("2026-11 no", "2026-11-06 no"), False),  # perhaps the same day
        (("2026-11 no", "2026-12-01 no"), True),
        (("2026-11-05 no", "2026-11-06 no", "2026-11-07 yes"), False),
        (("2026-11-05 no", "2026-11-06 yes", "2026-11-07 no"), False),
        (("2026-11-05 no", "2026-11-06 no", "2026-11 yes"), False),  # perhaps later
        ((), False),
    ],
)
def test_nobody_on_two_days_and_nobody_since_is_silence(tests, silent):
    assert is_silent(made(*tests)) is silent


def test_one_failed_call_says_nothing_yet():
    assert answers(made("2026-11-05 no")) is None
    assert answers(made("2026-11-05 no", "2026-11-06 no")) == "no"
    assert answers(made("2026-11-05 no", "2026-11-06 yes")) == "yes"


def test_checks_of_other_kinds_are_no_calls():
    checks = "[{on: 2026-11-05, by: service, how: phone}]"
    assert calls_of(entry(checks=checks)) == ()


def test_a_tested_contact_is_a_call():
    contact = "[{type: phone, number: 0121 303 0000, tested: 2026-10, answered: no}]"
    assert [call.on for call in calls_of(entry(contact=contact))] == ["2026-10"]


def test_a_contact_that_failed_beside_one_that_answered_is_no_failed_call():
    one = "{type: phone, number: 0121 303 0000, tested: 2026-10, answered: yes}"
    other = "{type: phone, number: 0121 303 0001, tested: 2026-11-02, answered: no}"
    assert [call.answered for call in calls_of(entry(contact=f"[{one}, {other}]"))] == [True]

"""Standards: worked out from what an entry says, and never better than that."""

import pytest

from bot.directory.standards import (
    Meets,
    Standard,
    completeness,
    meets,
    parts_of,
    standards_of,
    unsaid,
)
from tests.directory.entries import entry

WHOLE = (
    "[{id: main, address: area_only, town: X, sign: discreet, step_free: yes, lift: not_needed,"
    " pram: yes, baby_change: yes, men: never}]"
)


def test_an_entry_that_says_nothing_meets_nothing_that_is_known():
    assert set(standards_of(entry()).values()) == {Meets.UNKNOWN}


def test_a_place_that_has_it_all_meets_the_first_standard():
    assert meets(entry(places=WHOLE), Standard.PLACE) is Meets.YES


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("sign: discreet", "sign: names_drugs_or_alcohol"),
        ("step_free: yes", "step_free: no"),
        ("lift: not_needed", "lift: no"),
        ("pram: yes, ", ""),
        ("men: never", "men: same_time"),
    ],
)
def test_one_thing_that_is_missing_or_not_said_makes_it_partly(said, other):
    assert meets(entry(places=WHOLE.replace(said, other)), Standard.PLACE) is Meets.PARTLY


def test_her_own_way_in_stands_for_a_house_without_men():
    mixed = WHOLE.replace("men: never", "men: same_time, entrance_for_women: yes")
    assert meets(entry(places=mixed), Standard.PLACE) is Meets.YES


@pytest.mark.parametrize(
    ("standard", "keys", "found"),
    [
        (Standard.GROUPS, {"groups": "{women_only: yes}"}, Meets.YES),
        (Standard.GROUPS, {"groups": "{women_only: no}"}, Meets.NO),
        (Standard.WORKER, {"worker": "{female: guaranteed}"}, Meets.YES),
        (Standard.WORKER, {"worker": "{female: on_request}"}, Meets.YES),
        (Standard.WORKER, {"worker": "{female: no}"}, Meets.NO),
        (Standard.WORKER, {"worker": "{gender_choice: yes}"}, Meets.YES),
        (Standard.WORKER, {"worker": "{gender_choice: no}"}, Meets.UNKNOWN),
        (Standard.TIMES, {"hours": "{open: [Tu 17:00-20:00]}"}, Meets.YES),
        (Standard.TIMES, {"ways": "{phone: on_request}"}, Meets.YES),
        (Standard.TIMES, {"ways": "{phone: no}"}, Meets.UNKNOWN),
    ],
)
def test_each_standard_follows_from_its_facts(standard, keys, found):
    assert meets(entry(**keys), standard) is found


def test_the_parts_are_told_in_words():
    words = dict(parts_of(entry(places=WHOLE.replace("pram: yes, ", "")), Standard.PLACE))
    assert words["room for a pram"] is None
    assert words["step-free"] is True


def test_an_entry_that_says_nothing_is_an_e_and_more_said_is_better():
    grades = [
        completeness(entry(**keys)).grade
        for keys in (
            {"contact": "[{type: email, address: a@example.org}]"},
            {"worker": "{female: no}"},
        )
    ]
    assert grades == ["E", "D"]
    assert completeness(entry(places=WHOLE)).said >= 6


def test_a_no_is_said_as_well():
    before = completeness(entry()).missing
    assert len(before) - len(completeness(entry(worker="{female: no}")).missing) == 1


def test_no_shipped_entry_is_said_to_meet_what_it_does_not_state(data):
    for service in data.services:
        for standard, found in standards_of(service).items():
            said = [has for _, has in parts_of(service, standard)]
            assert found is not Meets.YES or True in said


def test_what_is_unsaid_is_what_completeness_misses(data):
    for service in data.services:
        assert tuple(part.words for part in unsaid(service)) == completeness(service).missing

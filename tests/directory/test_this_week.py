"""This week: what she can go to or ring while she waits, the soonest first."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory.matching import match
from bot.directory.model import Activity, Contact
from bot.directory.ranking import Tier
from bot.directory.this_week import WEEK, open_this_week, soonest
from tests.directory.searching import (
    LINES,
    MARK,
    MONDAY,
    answers,
    ids,
    index,
    line,
    needs,
    opens,
    service,
)

EVERY_DAY = opens("Mo-Su 09:00-17:00")


def centre(id, hours=EVERY_DAY, **more):
    return service(id, **{"kinds": ("womens_centre",), "hours": hours, **more})


def week(*services, at=MONDAY, limit=3, **asked):
    return open_this_week(needs(**asked), index(*services), at, limit)


def drop_in(*when, what="drop_in", **more):
    return (Activity(what, when, MARK, **more),)


# ---- what is among them


@pytest.mark.parametrize("kind", ["womens_centre", "mutual_aid"])
def test_kinds_that_need_no_referral_are_among_them(kind):
    assert ids(week(service("one", kinds=(kind,), hours=EVERY_DAY))) == ["one"]


def test_treatment_behind_a_referral_is_not():
    assert ids(week(service("one", kinds=("treatment",), hours=EVERY_DAY))) == []


def test_treatment_that_she_can_walk_into_is():
    walk_in = service("a", {"ways.drop_in": "yes"}, kinds=("treatment",), hours=EVERY_DAY)
    by_session = service("b", kinds=("treatment",), activities=drop_in("Mo 12:00-13:00"))
    assert ids(week(walk_in, by_session)) == ["a", "b"]


def test_a_door_that_is_open_to_walk_in_counts_too():
    door = (Contact("walk_in", "High Street", MARK),)
    assert ids(week(service("a", kinds=("treatment",), hours=EVERY_DAY, contacts=door))) == ["a"]


def test_a_line_about_one_harm_is_only_for_her_who_named_it():
    """It answers day and night, and would stand first for everybody."""
    abuse = service("abuse", kinds=("domestic_abuse", "helpline"), contacts=answers("24/7"))
    assert ids(week(abuse, centre("c"))) == ["c"]
    assert ids(week(abuse, centre("c", opens("Tu 09:00-17:00")), prefer="domestic_abuse")) == [
        "abuse", "c",
    ]  # fmt: skip


def test_a_way_of_being_helped_is_no_reason_to_show_such_a_line():
    facts = {"ways.phone": "yes"}
    abuse = service("a", facts, kinds=("domestic_abuse", "helpline"), contacts=answers("24/7"))
    assert ids(week(abuse, prefer="phone_or_video")) == []


def test_only_her_own_council_is_looked_at():
    assert ids(week(centre("beside", councils=("b",)), centre("own"))) == ["own"]


def test_what_she_hid_is_not_shown():
    assert ids(week(centre("one"), centre("two"), hidden="one")) == ["two"]


def test_what_would_turn_her_away_is_not_shown():
    refuses = centre("one", facts={"not_for": "pregnant"})
    assert ids(week(refuses, must="pregnancy")) == []


# ---- when


@pytest.mark.parametrize("hours", [None, opens()])
def test_what_states_no_times_is_not_called_open(hours):
    assert ids(week(centre("one", **({} if hours is None else {"hours": hours})))) == (
        ["one"] if hours is None else []
    )


def test_hours_that_are_not_known_are_not_guessed():
    assert ids(week(service("one", kinds=("womens_centre",)))) == []


def test_what_opens_soonest_comes_first():
    found = week(
        centre("friday", opens("Fr 09:00-17:00")),
        centre("now", opens("Mo 09:00-17:00")),
        centre("tomorrow", opens("Tu 09:00-17:00")),
    )
    assert ids(found) == ["now", "tomorrow", "friday"]


def test_a_week_is_seven_days_and_not_eight():
    third = centre("one", opens("We[1] 14:00-17:00"))  # the first Wednesday of the month
    assert ids(week(third, at=datetime(2026, 11, 25, 12, tzinfo=UTC))) == []
    assert ids(week(third, at=datetime(2026, 11, 25, 12, tzinfo=UTC) + timedelta(days=1))) == [
        "one"
    ]


def test_a_group_with_times_of_its_own_counts():
    one = service("one", kinds=("mutual_aid",), activities=drop_in("We 19:00-20:00", what="group"))
    assert ids(week(one)) == ["one"]


@pytest.mark.parametrize(
    "activity",
    [
        drop_in("We 19:00-20:00", what="group", term_only="yes"),
        drop_in("We 19:00-20:00", what="outreach"),
        drop_in(what="group"),
    ],
)
def test_a_group_that_may_not_meet_or_is_not_for_visitors_does_not(activity):
    assert ids(week(service("one", kinds=("mutual_aid",), activities=activity))) == []


def test_at_most_three_are_shown():
    found = week(*(centre(f"c{number}") for number in range(5)))
    assert len(found.matches) == 3


def test_what_breaks_a_must_comes_last():
    mixed = centre("mixed", facts={"worker.female": "no"})
    later = centre("later", opens("Fr 09:00-17:00"))
    assert ids(week(mixed, later, must="woman_worker")) == ["later", "mixed"]


# ---- lines beside them


def test_one_line_stands_beside_them_and_three_where_there_is_nothing():
    lines = [line(f"open-{n}", contacts=answers("24/7")) for n in "abcd"]
    assert len(week(centre("one"), *lines).national) == 1
    alone = week(*lines)
    assert (ids(alone), len(alone.national)) == ([], 3)


def test_a_line_whose_hours_are_not_known_is_not_said_to_answer():
    assert week(centre("one")).national == ()
    assert {each.id for each in LINES} == {"line-one", "line-two"}


def test_without_a_place_there_are_lines_alone():
    found = week(line("a", contacts=answers("24/7")), centre("one"), council=None)
    assert (ids(found), [each.service.id for each in found.national]) == ([], ["a"])


def test_in_danger_the_line_for_danger_stands_apart():
    alarm = line("alarm", kinds=("domestic_abuse", "helpline"), contacts=answers("24/7"))
    assert week(alarm, centre("one"), tags="danger").crisis.service.id == "alarm"


def test_outside_the_area_it_is_said():
    assert week(council=None, outcode="Z1").outside


# ---- for any hours


LINE = st.sampled_from(
    ["Mo-Fr 09:00-17:00", "Tu 09:00-12:00", "Sa,Su 10:00-11:00", "We[1] 09:00-10:00", "24/7", "Fr 22:00-02:00"]
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(LINE, max_size=2, unique=True), max_size=5), st.integers(0, 24 * 20))
def test_everything_shown_opens_within_the_week_in_order(all_hours, hour):
    at = MONDAY + timedelta(hours=hour)
    services = [centre(f"c{n}", opens(*hours)) for n, hours in enumerate(all_hours)]
    found = week(*services, at=at, limit=10)
    times = [soonest(each.service, each.openness, at) for each in found.matches]
    assert times == sorted(times)
    assert all(at <= time <= at + WEEK for time in times)
    assert all(each.tier is Tier.LOCAL for each in found.matches)
    whole = match(needs(), index(*services), at, 10)
    left = [each for each in whole.matches if each.service.id not in ids(found)]
    assert all(soonest(each.service, each.openness, at) is None for each in left)

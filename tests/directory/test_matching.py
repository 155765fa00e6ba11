"""What a woman finds near her: what is shown, in which order, and where she is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.directory.matching import AREA, match
from bot.directory.model import Status, Verified
from bot.directory.ranking import Tier
from bot.directory.schedules import openness
from tests.directory.searching import (
    MONDAY,
    answers,
    at,
    ids,
    index,
    needs,
    opens,
    search,
    service,
    steps,
)

LONG_AGO = Verified("2024", "editor", "web_page")


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PAUSED, Status.CLOSED])
@pytest.mark.parametrize("council", ["a", "b", "d"])
def test_an_entry_that_is_not_active_is_never_shown(status, council):
    facts = {"ways.video": "yes", "times.evening": "yes"}
    entry = service("s", facts, status=status, councils=(council,), kinds=("domestic_abuse",))
    far = replace(entry, id="n", national=True, contacts=answers("24/7"))
    found = search(entry, far, prefer="evening", tags="danger")
    assert (ids(found), found.crisis) == ([], None)
    assert {each.service.id for each in found.national} == {"line-one", "line-two"}


def test_only_a_stated_no_breaks_a_must():
    refuses = service("refuses", {"times.evening": "no"})
    found = search(refuses, service("silent"), limit=1, must="evening")
    assert ids(found) == ["silent"]


def test_her_own_services_come_first_then_the_neighbours_then_those_from_afar():
    found = search(
        service("far", {"ways.video": "yes"}, councils=("d",)),
        service("next", {"times.evening": "yes"}, councils=("b",)),
        service("hers"),
        must="evening",
    )
    assert [(each.service.id, each.tier) for each in found.matches] == [
        ("hers", Tier.LOCAL),
        ("next", Tier.NEIGHBOUR),
        ("far", Tier.REMOTE),
    ]
    assert steps(found) == [(AREA, None, None)]


def test_the_area_is_not_widened_where_enough_fits():
    found = search(service("one"), service("next", councils=("b",)), limit=1)
    assert ids(found) == ["one"]
    assert found.relaxed == ()


def test_a_neighbour_that_fits_comes_before_one_of_her_own_that_does_not():
    refuses = service("hers", {"times.evening": "no"})
    found = search(refuses, service("next", councils=("b",)), must="evening")
    assert ids(found) == ["next", "hers"]


def test_what_gave_way_is_told_in_the_order_of_the_ladder():
    facts = {"groups.women_only": "no", "times.evening": "no", "worker.female": "no"}
    found = search(service("s", facts), must="woman_worker women_only_group evening")
    assert steps(found) == [
        ("time", "evening", None),
        ("group", "women_only_group", "one_to_one"),
        (None, "woman_worker", None),
    ]


def test_a_rung_that_lets_enough_in_is_the_last():
    no_evening = service("a", {"times.evening": "no"})
    no_group = service("b", {"groups.women_only": "no"})
    found = search(no_evening, no_group, limit=1, must="evening women_only_group")
    assert ids(found) == ["a"]


def test_fewer_broken_musts_come_first_whichever_rung_they_stand_on():
    two = service("two", {"times.evening": "no", "times.weekend": "no"})
    one = service("one", {"children.creche": "no"})
    found = search(two, one, must="evening weekend creche")
    assert ids(found) == ["one", "two"]


def test_a_safety_need_never_gives_way():
    steps_only = service("steps", {"place.step_free": "no"})
    assert ids(search(steps_only, must="step_free")) == []


def test_a_group_never_relaxes_to_a_mixed_group_alone():
    mixed = {"groups.women_only": "no"}
    alone, never = service("a", mixed), service("b", mixed | {"worker.one_to_one": "no"})
    assert ids(search(alone, never, must="women_only_group")) == ["a"]


def test_men_at_the_same_time_are_put_up_with_unless_the_place_is_unsafe_for_her():
    mixed = service("mixed", {"place.men": "same_time"})
    assert ids(search(mixed, must="women_only_building")) == ["mixed"]
    assert ids(search(mixed, tags="unsafe_place")) == []


def test_where_the_place_may_be_unsafe_the_card_tells_whether_men_are_there():
    found = search(service("silent"), tags="unsafe_place")
    assert found.matches[0].unknown == ("women_only_building",)


def test_a_service_that_would_turn_her_away_is_never_shown():
    refuses = service("refuses", {"not_for": "pregnant"})
    assert ids(search(refuses, prefer="pregnancy")) == []


def test_the_reasons_come_with_the_match():
    facts = {"times.evening": "yes", "children.creche": "no", "worker.own_community": "always"}
    found = search(
        service("s", facts), prefer="evening creche weekend", avoid="own_community"
    ).matches[0]
    assert (found.has, found.lacks, found.unknown) == (("evening",), ("creche",), ("weekend",))
    assert found.against == ("own_community",)


def test_what_she_avoids_is_not_told_as_a_step():
    found = search(service("s", {"worker.own_community": "always"}), avoid="own_community")
    assert (ids(found), found.relaxed) == (["s"], ())


def test_openness_is_that_of_the_hours():
    hours = opens("Mo-Fr 09:00-17:00")
    found = search(service("s", hours=hours)).matches[0]
    assert found.openness == openness(hours, MONDAY)


def test_what_is_open_now_comes_first_then_what_may_be():
    closed, may_be = service("a", hours=opens("Tu 09:00-10:00")), service("b")
    found = search(closed, may_be, service("c", hours=opens("Mo 09:00-17:00")))
    assert ids(found) == ["c", "b", "a"]


def test_the_nearer_service_comes_first_and_the_band_of_its_nearest_place_is_told():
    two_places = service("two", places=(*at("A9 1AA"), *at("A1 1AA")))
    found = search(service("one", places=at("A2 1AA")), two_places, outcode="A1")
    assert [(each.service.id, each.band) for each in found.matches] == [
        ("two", "near"),
        ("one", "close"),
    ]


def test_without_an_outcode_or_a_place_no_distance_is_told():
    assert search(service("s", places=at("A1 1AA"))).matches[0].band is None
    assert search(service("s"), outcode="A1").matches[0].band is None
    assert search(service("s", places=at("Q1 1AA")), outcode="A1").matches[0].band is None


def test_no_service_is_first_every_day_and_each_is_first_in_turn():
    made = index(*(service(name) for name in ("one", "two", "three")))
    first = [
        match(needs(), made, MONDAY + timedelta(days=day)).matches[0].service.id
        for day in range(60)
    ]
    assert all(first.count(name) >= 10 for name in ("one", "two", "three"))


def test_an_entry_not_checked_for_a_year_is_marked():
    found = search(service("old", verified=LONG_AGO), service("new", kinds=("treatment",)))
    assert [(each.service.id, each.stale) for each in found.matches] == [
        ("new", False),
        ("old", True),
    ]


def test_an_old_entry_is_hidden_where_a_fresher_one_covers_its_council_and_kind():
    found = search(service("old", verified=LONG_AGO), service("new"))
    assert ids(found) == ["new"]


def test_her_language_is_looked_for():
    found = search(
        service("a"),
        service("b", {"languages.spoken": "ur"}),
        prefer="my_language",
        language="ur",
    )
    assert ids(found) == ["b", "a"]


def test_what_else_she_named_gets_the_last_of_the_first_places():
    drink = [service(f"drink{n}", {"helps_with": "alcohol"}) for n in range(4)]
    other = service("other", {"who": "sex_workers"}, kinds=("sex_work",))
    found = search(*drink, other, must="alcohol", prefer="sex_work")
    assert ids(found)[2] == "other"
    assert "other" not in ids(search(*drink, other, must="alcohol"))


# ---- where she is


@pytest.mark.parametrize(
    "where",
    [
        {"council": "nowhere"},
        {"council": None, "outcode": "Z1"},
        {"council": None, "outcode": "Q1"},
    ],
)
def test_outside_all_councils_is_said_and_there_are_national_lines(where):
    found = search(service("s", {"ways.video": "yes"}), **where)
    assert (found.outside, found.no_treatment, ids(found)) == (True, False, [])
    assert len(found.national) == 2


def test_without_a_place_there_are_national_lines_and_no_claim():
    found = search(service("s"), council=None)
    assert (found.outside, found.no_treatment, ids(found)) == (False, False, [])


def test_an_outcode_stands_for_its_council():
    assert ids(search(service("s"), council=None, outcode="A1")) == ["s"]


def test_an_outcode_of_two_councils_stands_for_both():
    found = search(service("s"), service("t", councils=("b",)), council=None, outcode="AB1")
    assert {(each.service.id, each.tier) for each in found.matches} == {
        ("s", Tier.LOCAL),
        ("t", Tier.LOCAL),
    }

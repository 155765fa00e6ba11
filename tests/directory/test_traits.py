import pytest

from bot.directory.model import Check, Verified
from bot.directory.traits import Trait, is_fresh, traits, year_before
from tests.directory.searching import TODAY, answers, service

SINCE = year_before(TODAY)


def holds(trait, facts=None, **more):
    return bool(traits(service("s", facts, **more), SINCE) >> trait & 1)


@pytest.mark.parametrize(
    ("on", "fresh"),
    [
        ("2025-11-23", True),
        ("2025-11-22", False),
        ("2025-12", True),
        ("2025-11", False),
        ("2026", True),
        ("2025", False),
        (None, False),
    ],
)
def test_an_entry_is_fresh_for_a_year_counted_from_the_first_day_it_can_mean(on, fresh):
    checked = service("s", verified=Verified(on, "editor", "web_page"))
    assert is_fresh(checked, SINCE) is fresh
    assert bool(traits(checked, SINCE) >> Trait.FRESH & 1) is fresh


@pytest.mark.parametrize(
    ("trait", "kind"),
    [
        (Trait.TREATMENT, "treatment"),
        (Trait.LINE, "helpline"),
        (Trait.REMOTE, "helpline"),
        (Trait.HUB, "womens_centre"),
        (Trait.GROUP, "migrants"),
    ],
)
def test_some_traits_follow_from_the_kind(trait, kind):
    assert holds(trait, kinds=("support", kind))
    assert not holds(trait, kinds=("support",))


@pytest.mark.parametrize("who", ["lgbt", "sex_workers", "young_people", "minoritised"])
def test_a_service_for_some_women_is_for_a_group(who):
    assert holds(Trait.GROUP, {"who": who})


@pytest.mark.parametrize("who", ["women", "everyone", "parents"])
def test_a_service_for_women_or_for_all_is_for_no_group(who):
    assert not holds(Trait.GROUP, {"who": who})


def test_a_service_by_and_for_a_community_is_for_a_group_unless_it_is_a_womens_centre():
    assert holds(Trait.GROUP, {"by_and_for": "sikh"})
    assert not holds(Trait.GROUP, {"by_and_for": "sikh"}, kinds=("womens_centre", "migrants"))


def test_a_service_that_sees_nobody_grown_up_is_for_children():
    assert holds(Trait.CHILDREN_ONLY, age_to=18)
    assert holds(Trait.CHILDREN_ONLY, {"who": "young_people"})
    assert holds(Trait.CHILDREN_ONLY, {"who": "young_people"}, age_to=25)
    assert not holds(Trait.CHILDREN_ONLY, age_to=25)
    assert not holds(Trait.CHILDREN_ONLY)


def test_several_kinds_of_help_in_a_place_make_a_hub():
    assert holds(Trait.HUB, {"on_site.several": "yes"})


def test_a_way_that_is_stated_makes_a_service_remote_and_a_no_does_not():
    assert holds(Trait.REMOTE, {"ways.video": "on_request"})
    assert not holds(Trait.REMOTE, {"ways.video": "no"})
    assert not holds(Trait.REMOTE, {"ways.in_person": "yes"})


def test_an_abuse_line_that_answers_day_and_night_is_an_alarm():
    day_and_night = answers("24/7")
    assert holds(Trait.ALARM, kinds=("domestic_abuse",), contacts=day_and_night)
    assert not holds(Trait.ALARM, kinds=("domestic_abuse",), contacts=answers("Mo-Fr 09:00-17:00"))
    assert not holds(Trait.ALARM, kinds=("housing",), contacts=day_and_night)


def test_a_later_check_of_all_of_it_makes_an_entry_fresh_again():
    old, today = Verified("2020", "editor", "web_page"), Check("2026-11-01", "service", "phone")
    part = Check("2026-11-01", "service", "phone", ("contact",))
    call = Check("2026-11-01", "editor", "test_call", answered="yes")
    assert holds(Trait.FRESH, verified=old, checks=(today,))
    assert not holds(Trait.FRESH, verified=old, checks=(part, call))


def test_two_days_on_which_nobody_answered_make_a_service_silent():
    failed = [
        Check(on, "editor", "test_call", answered="no") for on in ("2026-11-01", "2026-11-02")
    ]
    assert holds(Trait.SILENT, checks=tuple(failed))
    assert not holds(Trait.SILENT, checks=tuple(failed[:1]))
    assert not holds(Trait.SILENT)


@pytest.mark.parametrize(
    ("on", "overdue"),
    [("2026-11-01", False), ("2026-06-01", False), ("2026-05-01", True), (None, True)],
)
def test_numbers_that_nobody_checked_for_long_are_overdue(on, overdue):
    checked = service("s", verified=Verified(on, "editor", "web_page"))
    assert bool(traits(checked, SINCE) >> Trait.OVERDUE & 1) is overdue

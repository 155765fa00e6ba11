"""Looking up: each kind of results has a search of its own."""

from bot.conversation.looking_up import THIS_WEEK, look_up, shown_after
from bot.directory.matching import Found, match
from bot.directory.this_week import open_this_week
from bot.flows.checks import RESULTS
from tests.directory.searching import MONDAY, PLACES, answers, ids, index, needs, opens, service

CENTRE = service("centre", kinds=("womens_centre",), hours=opens("Mo-Fr 09:00-17:00"))
TREATMENT = service("treatment", kinds=("treatment",), contacts=answers("Mo-Fr 09:00-17:00"))


def found(what, **asked):
    return look_up(what, needs(**asked), index(CENTRE, TREATMENT), PLACES, MONDAY)


def test_services_are_those_that_fit():
    assert found("services") == match(needs(), index(CENTRE, TREATMENT), MONDAY)


def test_helplines_are_those_for_every_place():
    lines = found("helplines")
    assert (ids(lines), lines.outside) == ([], False)
    assert lines.national


def test_helplines_say_when_she_lives_outside():
    assert found("helplines", council=None, outcode="LE1").outside
    assert not found("helplines", council=None, outcode="A1").outside


def test_this_week_is_what_is_open_this_week():
    assert found(THIS_WEEK) == open_this_week(needs(), index(CENTRE, TREATMENT), MONDAY)
    assert ids(found(THIS_WEEK)) == ["centre"]


def test_every_kind_of_results_that_a_flow_may_name_can_be_looked_up():
    assert set(RESULTS) == {"services", "helplines", THIS_WEEK}
    assert len({tuple(ids(found(what))) for what in RESULTS}) == 3


def test_what_fills_the_wait_stands_behind_the_list_she_chose_from():
    this_week = found(THIS_WEEK)
    assert shown_after(THIS_WEEK, ("a", "centre"), this_week) == ("a", "centre")
    assert shown_after(THIS_WEEK, ("a",), this_week) == ("a", "centre")
    assert shown_after("services", ("a",), this_week) == ("centre",)
    assert shown_after("helplines", ("a",), Found((), ())) == ()

"""Looking up: each kind of results has a search of its own."""

import pytest

from bot.conversation.looking_up import THIS_WEEK, look_up, shown_after
from bot.conversation.messages import Result
from bot.directory.matching import Found, match
from bot.directory.this_week import open_this_week
from bot.flows.checks import RESULTS
from tests.directory.searching import MONDAY, PLACES, answers, ids, index, needs, opens, service
from tests.talk import Talk

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


# ---- with the directory that ships


def test_in_birmingham_the_women_s_centre_and_one_line_are_there_this_week(world, moment):
    talk = Talk(world, moment)
    talk.type("1", "Birmingham", "1", "what now", "3")
    assert talk.card.step == "while_you_wait.open"
    names = [block.name for block in talk.card.blocks if isinstance(block, Result)]
    assert "Anawim - Birmingham's Centre for Women" in names
    assert len(names) == 4
    national = [one.name for one in world.material.services.values() if one.national]
    assert [name in national for name in names] == [False, False, False, True]


@pytest.mark.parametrize(
    ("answers", "near"),
    [
        (("LE1", "1"), "I know of nothing near you"),
        (("next", "1"), "I do not know where to look yet."),
        (("Herefordshire", "1"), "I know of nothing near you"),
    ],
)
def test_where_nothing_near_is_open_it_is_said_and_lines_stand(world, moment, answers, near):
    talk = Talk(world, moment)
    talk.type("1", *answers, "what now", "3")
    assert talk.card.step == "while_you_wait.lines"
    assert near in talk.text
    assert ("near you" in talk.text) is ("near you" in near)
    assert [block for block in talk.card.blocks if isinstance(block, Result)]


def test_the_list_of_the_wait_is_made_anew_each_time(world, moment):
    """What she hid since must not come back by it."""
    talk = Talk(world, moment)
    talk.type("1", "Birmingham", "1", "2")
    labels = [option.label for option in talk.card.options]
    talk.type(str(labels.index("Anawim - Birmingham's Centre for Women") + 1))
    talk.type("what now", "3")
    assert talk.card.step == "while_you_wait.open"
    assert "Anawim" not in talk.text

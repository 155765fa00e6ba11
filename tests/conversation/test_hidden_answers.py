"""Hidden answers: what she hid stays hidden until she herself brings it back."""

from bot.conversation.plan import Asked, Chosen
from bot.conversation.replaying import migrate
from tests.conversation.short_flows import ASIDE, aside_plan, begin, go, hidden
from tests.examples import plan_of


def test_what_was_hidden_stays_hidden_when_other_answers_change():
    plan = aside_plan()
    session = go(plan, begin(plan), "a", "hide", Chosen(("x",)), "again", "b")
    assert session.at == "welcome.found"
    assert hidden(plan, session) == {"x"}


def test_hiding_again_adds_and_keeps_every_other_answer():
    plan = aside_plan()
    session = go(plan, begin(plan), "a", "hide", Chosen(("x",)), "again", "b", "on", "c", "hide")
    assert hidden(plan, session) == {"x"}
    session = go(plan, session, Chosen(("y",)))
    assert hidden(plan, session) == {"x", "y"}
    assert ("welcome.two", "c") in session.trail
    session = go(plan, session, "hide", Asked("skip"))
    assert hidden(plan, session) == {"x", "y"}


def test_only_she_herself_brings_hidden_places_back():
    plan = aside_plan()
    session = go(plan, begin(plan), "a", "hide", Chosen(("x",)), "hide", Chosen(("all",)))
    assert hidden(plan, session) == set()
    assert hidden(plan, go(plan, session, "hide", Chosen(("y",)))) == {"y"}


def test_a_place_from_elsewhere_that_was_shown_can_be_hidden_and_stays_so():
    plan = aside_plan(offered=("x",))
    session = go(plan, begin(plan), "a", "hide", Chosen(("y",)), "again", "b")
    assert hidden(plan, session) == {"y"}


def test_what_was_hidden_and_is_gone_from_the_directory_is_let_go():
    session = go(aside_plan(), begin(aside_plan()), "a", "hide", Chosen(("x",)), "again", "b")
    plan = plan_of(ASIDE, sources={"services_near": ("y", "z")})
    assert "welcome.hide" not in dict(migrate(plan, session._replace(fingerprint="old")).trail)


def test_skipping_the_question_aside_keeps_nothing_hidden():
    plan = aside_plan()
    session = go(plan, begin(plan), "a", "hide", Asked("skip"), "again", "b", Asked("back"))
    assert session.at == "welcome.one"

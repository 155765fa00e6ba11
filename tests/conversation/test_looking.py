"""Looking: what an author sees behind a card."""

from bot.conversation.looking import looked
from bot.directory.matching import Found
from bot.needs import Needs
from bot.sessions.model import Session


def test_the_step_and_every_answer_stand_in_ids():
    trail = (("welcome.one", "a"), ("welcome.two", ("b", "c")), ("welcome.three", None))
    look = looked(Session("f", "welcome.four", "en", trail=trail), Needs(), Found((), ()))
    assert look.step == "welcome.four"
    assert look.trail == (
        ("welcome.one", "a"),
        ("welcome.two", "b, c"),
        ("welcome.three", "(skipped)"),
    )


def test_needs_stand_by_how_they_are_asked_for_and_what_is_not_asked_is_left_out():
    needs = Needs(must=frozenset({"b", "a"}), tags=frozenset({"danger"}))
    look = looked(Session("f", "welcome.one", "en"), needs, Found((), ()))
    assert look.needs == (("must", "a, b"), ("tags", "danger"))
    assert look.matches == ()

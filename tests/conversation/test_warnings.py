"""What is said right after an answer that calls for it: for reading only, and never lost."""

import pytest

from bot.conversation.messages import Again, Paragraph, Result
from bot.conversation.plan import Chosen
from bot.conversation.replaying import replay
from bot.sessions.model import unpack

SUDDENLY = "Please do not stop all at once."
WOKEN = "Ring 999 if someone cannot be woken. Give naloxone if there is any."
BABY = "it can be dangerous for the baby"
YOUNG = "There is help for you too."


def words(card):
    return " ".join(block.text for block in card.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize(
    ("what", "told", "not_told"),
    [
        ("My drinking", [], [SUDDENLY, WOKEN]),
        ("My use of drugs", [], [SUDDENLY, WOKEN]),
        ("I drink every day", [SUDDENLY], [WOKEN]),
        ("Pills or medicines", [SUDDENLY], [WOKEN]),
        ("Heroin or other opioids", [WOKEN], [SUDDENLY]),
        ("I drink every day, Heroin or other opioids", [SUDDENLY, WOKEN], []),
        ("Someone else's drinking or drugs", [], [SUDDENLY, WOKEN]),
    ],
)
@pytest.mark.parametrize("place", ["Birmingham", "LE1"])
def test_the_first_list_begins_with_what_the_answer_calls_for(talk, what, told, not_told, place):
    """`LE1` is outside the area: where nothing is near, the warning must not be lost."""
    card = talk.type("1", place, what)
    assert any(isinstance(block, Result) for block in card.blocks)
    assert [text for text in told if text not in words(card)] == []
    assert [text for text in not_told if text in words(card)] == []


def test_also_where_no_place_was_said(talk):
    card = talk.type("1", "next", "I drink every day")
    assert card.step == "triage.lines"
    assert words(card).startswith(SUDDENLY)
    assert "Tell me a place." in words(card)


def test_a_warning_is_no_answer_more_before_the_first_result(talk):
    assert talk.type("1", "Walsall", "I drink every day, Heroin or other opioids").step == (
        "triage.first"
    )


def test_also_when_it_is_asked_after_the_first_result(talk):
    card = talk.type("1", "B43", "Walsall", "1", "I drink every day")
    assert card.step == "triage.worker"
    assert SUDDENLY in words(card)


def at_children(talk, what="1"):
    return talk.type("1", "Walsall", what, "1", "next", "next")


def test_pregnancy_is_answered_with_a_plan_and_not_with_a_stop(talk):
    at_children(talk)
    card = talk.type("Help while I am pregnant")
    assert card.step == "triage.times"
    assert BABY in words(card)
    assert "ask a midwife or doctor for a plan" in words(card)


def test_other_answers_about_children_bring_no_warning(talk):
    at_children(talk)
    assert BABY not in words(talk.type("I could bring my child"))


def test_pregnancy_of_who_worries_about_someone_else_has_its_own_words(talk):
    at_children(talk, "Someone else's drinking or drugs")
    card = talk.type("Help while I am pregnant")
    assert "Nobody should stop all at once on their own." in words(card)
    assert "If you are pregnant and use" not in words(card)


def test_who_is_under_18_is_shown_lines_for_her(talk):
    at_children(talk)
    card = talk.type("next", "next", "next", "I am under 18")
    assert card.step == "triage.also"
    assert YOUNG in words(card)
    shown = [block.name for block in card.blocks if isinstance(block, Result)]
    assert [name.split()[0] for name in shown] == ["Shout", "NHS", "Nacoa"]


def test_who_is_not_is_not(talk):
    at_children(talk)
    assert YOUNG not in words(talk.type("next", "next", "next", "I have been in prison"))


def test_a_warning_stands_as_long_as_its_card(talk, world):
    """A second press draws the card again; the warning must be on it still."""
    talk.type("1", "LE1", "I drink every day")
    assert SUDDENLY in words(talk.act(Again()))
    session = unpack(talk.kept())
    assert session.said[0] == "about.stopping"
    turn, _ = replay(world.material.plan, session.trail, "en")
    assert turn.state == session.at
    assert Chosen(("daily",)).values == dict(session.trail)["about.what"]


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ("Someone hurts or scares me", "National Domestic Abuse Helpline"),
        ("Sexual violence", "24/7 Rape and Sexual Abuse Support Line"),
        ("Someone makes me do things", "Modern Slavery and Exploitation Helpline"),
    ],
)
def test_who_tells_of_danger_is_shown_a_line_before_the_next_question(talk, told, line):
    at_children(talk)
    card = talk.type("next", "next", "next", "next", told)
    assert card.step == "matters.what"
    (shown,) = [block.name for block in card.blocks if isinstance(block, Result)]
    assert shown.startswith(line)


def test_who_tells_of_all_of_it_is_shown_all_lines(talk):
    at_children(talk)
    card = talk.type("next", "next", "next", "next", "5 6 7")
    assert len([block for block in card.blocks if isinstance(block, Result)]) == 3


@pytest.mark.parametrize(("language", "most"), [("en", 300), ("ur", 400), ("pl", 400)])
@pytest.mark.parametrize("place", ["triage.none_near", "triage.tell_where"])
def test_both_warnings_and_the_lines_fit_on_one_card(world, language, most, place):
    """Nobody sees this card in the flows: the warnings are carried to where nothing is near."""
    voice, steps = world.catalogues.voice(language), world.material.plan.steps
    names = ("about.stopping", "about.overdose", place, "triage.lines")
    said = [voice(text) for name in names if (text := steps[name].step.text)]
    assert len(said) == 4
    assert sum(map(len, said)) <= most

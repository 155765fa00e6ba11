"""Urgent help as it ships: numbers first, no question as a condition, and the talk goes on."""

import pytest

from bot.conversation.messages import Paragraph, Result
from tests.conversation.card_blocks import names

EMERGENCY = "999 emergency (police, ambulance, fire)"

# From the urgent card, what she presses, and the names that stand at the top of the answer.
WAYS = {
    "body": (["Someone is very ill or hurt"], ["NHS 111"]),
    "overdose": (["Someone is very ill or hurt", "After heroin or other opioids"], [EMERGENCY]),
    "stopping": (["Someone is very ill or hurt", "I want to stop or feel ill"], ["NHS 111"]),
    "pregnant": (["Someone is very ill or hurt", "Someone is pregnant"], ["NHS 111"]),
    "life": (["I may end my life"], ["Samaritans", "Shout", "NHS 111 mental health option"]),
    "abuse": (
        ["Someone hurts or scares me"],
        [
            "National Domestic Abuse Helpline (run by Refuge)",
            "24/7 Rape and Sexual Abuse Support Line (Rape Crisis England & Wales)",
            "Women's Aid Live Chat",
        ],
    ),
    "child": (["A child is in danger"], ["NSPCC helpline", "Family Rights Group advice service"]),
}


def words(card):
    return " ".join(block.text for block in card.blocks if isinstance(block, Paragraph))


def test_the_card_says_what_a_silent_call_does_and_does_not_do(talk):
    said = words(talk.type("1", "urgent"))
    assert "stay on the line. Press 55 when you are asked to." in said
    assert "Pressing 55 does not tell the police where you are." in said
    assert "You can text 999 only if your phone was registered for it before." in said


def test_the_card_has_ways_without_a_voice(talk):
    emergency, line = [
        block for block in talk.type("1", "urgent").blocks if isinstance(block, Result)
    ]
    assert emergency.name.startswith("999")
    assert [way.shown for way in emergency.ways] == ["999", "999", "18000"]
    assert "British Sign Language" in " ".join(
        note for way in emergency.ways for note in way.notes
    )
    assert line.name.startswith("National Domestic Abuse Helpline")


@pytest.mark.parametrize("way", WAYS)
def test_numbers_come_at_once_and_the_talk_goes_on(talk, way):
    presses, expected = WAYS[way]
    card = talk.type("1", "Walsall", "urgent", *presses)
    assert names(card) == expected
    assert "999" in words(card) or expected == ["NHS 111"]
    assert talk.type("Other urgent help").step == "urgent.now"
    talk.type(*presses)
    assert talk.type("Go on with the questions").step == "about.what"


def test_how_a_silent_call_goes_is_told_after_any_answer(talk):
    card = talk.type("1", "urgent", "Someone hurts or scares me", "If I cannot speak")
    assert "If you do not press 55 when you are asked to, the call ends." in words(card)
    assert names(card) == [EMERGENCY]
    assert talk.type("Go on with the questions").step == "triage.area"


@pytest.mark.parametrize("way", WAYS)
def test_no_line_stands_twice_on_a_card(talk, way):
    """Two blocks with one number look like two helplines, and the second costs her a try."""
    talk.type("1", "urgent")
    for press in WAYS[way][0]:
        shown = names(talk.type(press))
        assert len(shown) == len(set(shown))


def test_the_questions_of_the_urgent_card_can_be_passed_over(talk):
    assert talk.type("1", "Walsall", "urgent", "next").step == "about.what"
    assert talk.type("urgent", "1", "next").step == "about.what"


def test_who_worries_about_someone_else_is_not_told_that_she_must_stop(talk):
    talk.type("1", "Walsall", "Someone else's drinking or drugs", "urgent", "1")
    card = talk.type("Someone wants to stop")
    assert "Please do not tell anyone to stop all at once." in words(card)
    assert "your body" not in words(card)


def test_after_danger_at_the_beginning_the_questions_still_come(talk):
    talk.type("3", "Someone hurts or scares me")
    assert talk.type("Go on with the questions").step == "triage.area"

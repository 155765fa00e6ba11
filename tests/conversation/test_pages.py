"""Every page of "Good to know": reached by name, read to its end, and back to the question."""

import pytest

from bot.conversation.messages import Paragraph, Result
from bot.flows.model import Kind
from tests.talk import Talk

# Topic, page, a piece of each card in order, and the lines that stand on them.
PAGES = {
    "keeps": ("This chat and my phone", "What this chat keeps", ["keeps your answers"], []),
    "here": ("This chat and my phone", "If someone comes in", ["A recipe stands"], []),
    "traces": (
        "This chat and my phone",
        "What stays on my phone",
        ["Calls stay in the list of calls", "delete the chat in your list"],
        [],
    ),
    "accompanied": (
        "This chat and my phone",
        "Someone comes with me",
        ["you can ask to be seen alone", "an interpreter who is not family"],
        ["National Domestic Abuse Helpline (run by Refuge)"],
    ),
    "first_visit": (
        "Going to a service",
        "What a first visit is like",
        ["What happens next is agreed with you."],
        [],
    ),
    "missed": ("Going to a service", "What if I miss a visit?", ["ask for a new time"], []),
    "not_daily": (
        "Going to a service",
        "I do not drink every day",
        ["You do not have to be very ill"],
        ["Drinkline", "FRANK"],
    ),
    "stop_first": (
        "Going to a service",
        "They say I must stop first",
        ["do not stop all at once to be let in", "Do you see women who still drink or use?"],
        ["Shelter emergency helpline", "NHS 111 mental health option"],
    ),
    "sharing": (
        "My children",
        "Workers and children's services",
        [
            "does not in itself mean that children are taken away",
            "Services must act so that children are not harmed.",
            "is meant to stay private",
            "What do you share, and with whom?",
        ],
        ["Family Rights Group advice service"],
    ),
    "pregnant": (
        "My children",
        "Being pregnant",
        ["dangerous for the baby", "Midwives ask women to be open"],
        ["NHS 111"],
    ),
    "removed": (
        "My children",
        "A child no longer lives with me",
        ["My child was taken into care."],
        ["Family Rights Group advice service", "Samaritans"],
    ),
    "returning": (
        "My children",
        "When a child comes home",
        ["You can ask for help before the day."],
        ["Family Rights Group advice service"],
    ),
    "abuse": (
        "People close to me",
        "Is this abuse?",
        ["You do not need a word for it", "Clare's Law", "usually only to the person at risk"],
        ["National Domestic Abuse Helpline (run by Refuge)", "Women's Aid Live Chat"],
    ),
    "hit_back": (
        "People close to me",
        "I hit back too",
        ["You can still ask for help.", "Services have their own rules"],
        ["National Domestic Abuse Helpline (run by Refuge)"],
    ),
    "in_prison": (
        "People close to me",
        "He is in prison, or coming out",
        ["While he is in prison", "Make a plan before he comes out"],
        ["National Domestic Abuse Helpline (run by Refuge)"],
    ),
    "relative": (
        "People close to me",
        "I worry about someone close",
        ["You can get help for yourself", "Anyone may use it to save a life."],
        [
            "Al-Anon Family Groups UK",
            "Nacoa (National Association for Children of Alcoholics)",
            "Drinkline",
        ],
    ),
    "ordered": (
        "Rules and rights",
        "I have been told to go",
        [
            "You can still say what helps you",
            "show you in writing",
            "Services have their own rules",
        ],
        ["Family Rights Group advice service"],
    ),
    "no_recourse": (
        "Rules and rights",
        "No right to benefits here",
        ["is not charged", "Please do not type about your papers here."],
        ["National Domestic Abuse Helpline (run by Refuge)"],
    ),
    "script": (
        "Rules and rights",
        "My medicine when I move",
        ["leave prison or hospital", "do not wait until the medicine runs out"],
        ["NHS 111"],
    ),
    "record": (
        "Rules and rights",
        "What they wrote is wrong",
        ["You can ask to have it put right.", "an advocate", "Services have their own rules"],
        ["Family Rights Group advice service"],
    ),
}


@pytest.fixture
def talk(world, moment):
    talk = Talk(world, moment)
    talk.type("1", "Walsall", "know")
    return talk


def words(card):
    return " ".join(block.text for block in card.blocks if isinstance(block, Paragraph))


def lines(card):
    return [block.name for block in card.blocks if isinstance(block, Result)]


def read(talk):
    """The cards from here to the end of the page."""
    cards = [talk.card]
    while "More" in [option.label for option in talk.card.options]:
        cards.append(talk.type("More"))
    return cards


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_read_to_its_end_and_the_question_stands_again(talk, page):
    topic, label, pieces, expected = PAGES[page]
    talk.type(topic, label)
    cards = read(talk)
    assert len(cards) == len(pieces)
    for card, piece in zip(cards, pieces, strict=True):
        assert piece in words(card)
        assert {"urgent", "leave"} <= {control.id for control in card.controls}
    assert [line for card in cards for line in lines(card)] == expected
    if page == "keeps":
        assert talk.type("Go on with the questions").step == "know.phone"
    assert talk.card.step.startswith("know.")
    assert talk.type("Go on with the questions").step == "about.what"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_left_at_every_card(talk, page):
    topic, label, *_ = PAGES[page]
    talk.type(topic, label)
    while "Other pages" in [option.label for option in talk.card.options]:
        here = talk.card.step
        assert talk.type("Other pages").step.startswith("know.")
        talk.type(label)
        while talk.card.step != here:
            talk.type("More")
        talk.type("More")
    assert talk.card.step == "keeps.page" or talk.card.step.startswith("know.")


def test_every_page_of_the_lists_is_walked_here(world):
    steps = world.material.plan.steps
    listed = {
        choice.id
        for name, planned in steps.items()
        if name.startswith("know.") and name != "know.menu" and planned.waits
        for choice in planned.step.choices
    }
    # Getting in touch is no page but a flow of its own, walked in test_wording.py.
    assert listed - {"menu", "on", "now"} == set(PAGES)


def test_every_list_leads_back_to_the_topics(talk):
    for option in talk.card.options[:-1]:
        assert talk.type(option.label).step != "know.menu"
        back = [choice.label for choice in talk.card.options if choice.id == "menu"]
        assert talk.type(*(back or ["know"])).step == "know.menu"


def test_lists_are_short(world):
    """Five and a way on: more is not read on a small screen by somebody who is afraid."""
    for name, planned in world.material.plan.steps.items():
        if name.startswith("know") and planned.step.kind is Kind.ASK:
            assert len(planned.step.choices) <= 6


# Pages that speak of what is kept, private or shared.
PRIVATE = ("keeps", "sharing", "abuse", "hit_back", "ordered", "record")


@pytest.mark.parametrize("page", PRIVATE)
def test_a_page_about_what_is_private_says_what_is_not(talk, page):
    """Harm prevented: no page may promise more secrecy than a service can keep."""
    topic, label, *_ = PAGES[page]
    talk.type(topic, label)
    limits = "Services have their own rules about what they must share."
    assert any(limits in words(card) for card in read(talk))


def test_the_limits_are_written_once(data):
    written = [
        step.text.text
        for flow in data.flows.by_id.values()
        for step in flow.steps
        if step.text and "rules about what they must share" in step.text.text
    ]
    assert len(written) == 1


@pytest.mark.parametrize(
    ("topic", "label", "hers"),
    [
        ("Going to a service", "When it is not every day", "It is not every day. Can you help me"),
        ("Going to a service", "They say: stop first", "your body"),
        ("Going to a service", "What a first visit is like", "your use"),
        ("My children", "Being pregnant", "If you are pregnant"),
        ("Rules and rights", "My medicine when I move", "your body"),
    ],
)
def test_no_page_tells_a_worried_woman_that_she_drinks_herself(world, moment, topic, label, hers):
    talk = Talk(world, moment)
    talk.type("1", "Walsall", "Someone else's drinking or drugs", "know", topic, label)
    for card in read(talk):
        assert hers not in words(card)

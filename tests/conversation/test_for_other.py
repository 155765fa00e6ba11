"""Words for a woman who worries about someone else: said instead, and only to her."""

from dataclasses import replace

import pytest

from bot.conversation import engine
from bot.conversation.plan import Asked, Chosen
from bot.conversation.wording import draw
from tests.examples import plan_of
from tests.talk import Talk

OTHER = "for_other: who has them and not (who has me)"
STEPS = """
    who: {ask: For whom?, many: {min: 1}, choices: {me: For me, them: For them}}
    warn: {say: You must not stop., for_other: Nobody should stop.}
    next:
      ask: Is it so?
      for_other: Is it so for them?
      choices: {using: {label: I drink, for_other: They drink}, no: "No"}
    end: {end: done}
"""


def at(plan, *values):
    return engine.step(plan, engine.start(plan, "en").session, Chosen(values)).session


def drawn(world, moment, plan, session):
    material = type(world.material)(
        plan=plan, vocabulary=world.material.vocabulary, services={}, councils={}, names={}
    )
    card = draw(material, session, world.catalogues.voice("en"), moment)
    return [block.text for block in card.blocks], [option.label for option in card.options]


@pytest.mark.parametrize(
    ("who", "words", "label"),
    [
        (("me",), ["You must not stop.", "Is it so?"], "I drink"),
        (("me", "them"), ["You must not stop.", "Is it so?"], "I drink"),
        (("them",), ["Nobody should stop.", "Is it so for them?"], "They drink"),
    ],
)
def test_who_asks_only_for_someone_else_gets_the_other_words(world, moment, who, words, label):
    plan = plan_of(STEPS, facts=OTHER)
    said, labels = drawn(world, moment, plan, at(plan, *who))
    assert said[: len(words)] == words
    assert labels == [label, "No"]


def test_who_skips_the_question_gets_the_usual_words(world, moment):
    plan = plan_of(STEPS, facts=OTHER)
    session = engine.step(plan, engine.start(plan, "en").session, Asked("skip")).session
    assert drawn(world, moment, plan, session)[0][0] == "You must not stop."


def test_without_a_condition_nobody_gets_the_other_words(world, moment):
    plan = plan_of(STEPS)
    assert drawn(world, moment, plan, at(plan, "them"))[1][0] == "I drink"


def test_a_card_kept_for_one_woman_is_not_shown_to_the_other(world, moment):
    """Harm prevented: a kept card must not tell a worried mother that she drinks herself."""
    hers, theirs = Talk(world, moment), Talk(world, moment)
    for talk, what in ((hers, "1"), (theirs, "Someone else's drinking or drugs")):
        talk.type("1", "Birmingham", what, "1", *["next"] * 5)
    assert hers.card.step == theirs.card.step == "triage.me"
    assert "I still drink or use" in [option.label for option in hers.card.options]
    assert "They still drink or use" in [option.label for option in theirs.card.options]


def test_both_labels_can_be_typed(world, moment):
    talk = Talk(world, moment)
    talk.type("1", "Birmingham", "Someone else's drinking or drugs", "1", *["next"] * 5)
    assert talk.type("They still drink or use").step == "triage.also"
    assert talk.type("back", "I still drink or use").step == "triage.also"


@pytest.mark.parametrize("what", ["My drinking", "I drink every day", "Heroin or other opioids"])
def test_who_asks_for_herself_too_is_not_taken_for_someone_else(world, moment, what):
    both = f"{what}, Someone else's drinking or drugs"
    talk = Talk(world, moment)
    talk.type("1", "Birmingham", both, "1", *["next"] * 5)
    assert "I still drink or use" in [option.label for option in talk.card.options]


def test_last_words_are_the_other_ones_too(world, moment):
    plan = plan_of(
        "who: {ask: Who?, many: {min: 1}, choices: {me: For me, them: For them}}\n"
        "bye: {say: You did well., for_other: You did well for them.}\nend: {end: done}",
        facts=OTHER,
    )
    changed = replace(world, material=replace(world.material, plan=plan))
    for label, words in (("For me", "You did well."), ("For them", "You did well for them.")):
        assert Talk(changed, moment).type(label).blocks[0].text == words

"""Words that work everywhere: leave, cover, services, language, good to know and privacy."""

import pytest

from bot.conversation.messages import Again, Button, Word
from bot.locales import phrases as say
from bot.sessions.model import unpack
from tests.conversation.card_blocks import paragraphs
from tests.talk import Talk

# ---- leaving


def test_leave_wipes_and_says_goodbye(talk):
    card = talk.type("1", "Birmingham", "stop")
    assert card.ended
    assert talk.kept() == b""
    assert (card.options, card.controls) == ((), ())


def test_finishing_wipes_too(talk):
    card = talk.type("1", "Birmingham", "1", "Finish and wipe")
    assert card.ended
    assert "That is all for now." in talk.text
    assert talk.kept() == b""


# ---- the cover


def test_the_cover_shows_nothing_of_the_chat_and_only_her_cue_ends_it(talk):
    card = talk.type("1", "cover")
    assert card.step == "cover.soup"
    assert card.controls == ()
    assert "999" not in talk.text
    assert talk.type("what is this").step == "cover.soup"
    assert "999" not in talk.text
    assert talk.type("back").step == "cover.soup"
    assert talk.type("who needs help here").step == "cover.soup"
    assert talk.act(Word("services")).step == "cover.soup"
    assert talk.act(Button("welcome.safe", ("yes",), 0)).step == "cover.soup"
    assert "from before" not in talk.text
    assert talk.type("soup").step == "triage.area"


def test_the_cover_can_be_left_by_two_buttons_that_only_she_knows(talk):
    talk.type("1", "cover")
    assert [option.label for option in talk.card.options] == ["Another recipe", "Shopping list"]
    assert talk.type("1").step == "cover.rice"
    assert talk.type("1", "2", "Print").step == "triage.area"


def test_leaving_under_the_cover_says_nothing_of_what_it_was(talk):
    card = talk.type("1", "cover", "stop")
    assert card.ended
    assert [block.text for block in card.blocks] == ["Bye for now."]


def test_urgent_help_and_leaving_work_under_the_cover_too(talk):
    assert talk.type("1", "cover", "help").step == "urgent.now"
    talk.type("cover")
    assert talk.type("leave").ended


# ---- services


def test_services_can_be_shown_at_any_question_after_the_area(talk):
    talk.type("1", "Walsall")
    assert "services" in [control.id for control in talk.card.controls]
    assert talk.type("show me services now").step == "services.now"
    assert talk.type("1").step == "about.what"


# ---- the language


def test_the_language_can_change_and_the_answers_stay(talk):
    talk.type("1", "Walsall", "language", "polski")
    assert (talk.card.language, talk.card.step) == ("pl", "about.what")
    session = unpack(talk.kept())
    assert ("triage.area", "walsall") in session.trail


def test_a_machine_made_translation_says_so_once(world, moment):
    talk = Talk(world, moment, "ur")
    notice = world.catalogues.voice("ur")(
        "A computer helped to write this translation. A native speaker has not checked it yet."
    )
    assert notice in paragraphs(talk.card)
    talk.type("1")
    assert notice not in paragraphs(talk.card)


@pytest.mark.parametrize("act", [Again(), Word("open"), Word("hide"), Button("x", (), 1)])
def test_the_word_about_the_translation_stays_while_its_card_stands(talk, world, act):
    """A second press, and a bot that is started again before it painted, draw the card anew."""
    talk.type("1", "Walsall", "language", "polski")
    said = paragraphs(talk.card)
    assert world.catalogues.voice("pl")(say.DRAFT_NOTICE) in said
    talk.act(act)
    if talk.card.state == "hidden":
        talk.act(Word("open"))
    assert set(said) <= set(paragraphs(talk.card))


# ---- good to know, and privacy


def test_good_to_know_comes_back_to_the_question(talk):
    talk.type("1", "Walsall", "good to know", "1", "1")
    assert "This chat keeps your answers until you leave" in talk.text
    assert talk.type("Go on with the questions").step == "know.phone"
    assert talk.type("Go on with the questions").step == "about.what"


def test_privacy_is_a_word_and_the_page_says_what_cannot_be_wiped(talk):
    talk.type("1", "Walsall", "privacy")
    assert "Services have their own rules about what they must share." in " ".join(
        talk.text.split()
    )
    talk.type("What it cannot wipe")
    assert "It cannot wipe what your phone keeps" in talk.text
    assert "Telegram keeps data of its own" in " ".join(talk.text.split())
    assert talk.type("Go on with the questions").step == "about.what"

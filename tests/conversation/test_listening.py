"""Listening: a warning first, a second press before anything is to be heard, and then no more."""

import asyncio

import pytest

from bot.conversation.listening import (
    LISTEN,
    LISTENING,
    NOT_NOW,
    PLAY,
    Sound,
    after,
    controls,
    recordings,
    warning,
)
from bot.conversation.messages import Again, Button, Incoming, Paragraph, Start, Typed, Word
from bot.locales import phrases as say
from bot.locales.phrases import Phrase
from bot.sessions.model import unpack
from tests.conversation.card_blocks import alerts
from tests.recorded import tone
from tests.talk import Talk

LANGUAGES = ("en", "ur", "pl")


@pytest.fixture(params=LANGUAGES)
def talk(request, recorded, moment):
    return Talk(recorded, moment, request.param)


@pytest.fixture
def english(recorded, moment):
    return Talk(recorded, moment, "en")


def ids(card):
    return [control.id for control in card.controls]


def offered(card):
    return [id for id in ids(card) if id in LISTENING]


def press(talk, *intents):
    for intent in intents:
        talk.act(Word(intent, talk.card.turn))
    return talk.card


# ---- the two presses


def test_a_card_with_a_recording_offers_it_first_of_all_controls(talk):
    assert ids(talk.card)[0] == LISTEN
    assert offered(talk.card) == [LISTEN]
    assert talk.card.sounds == ()


def test_the_first_press_brings_the_warning_and_no_sound(talk):
    before = talk.card
    card = press(talk, LISTEN)
    voice = talk.turns.voice(card.language)
    assert card.blocks[0] == Paragraph(voice(say.LISTEN_WARNING), "alert")
    assert (offered(card), card.sounds) == ([PLAY, NOT_NOW], ())
    assert card.blocks[-1] == before.blocks[-1]
    assert (card.step, card.turn, card.options) == (before.step, before.turn, before.options)


def test_the_english_stands_beside_the_warning_while_nobody_translated_it_back(talk):
    card = press(talk, LISTEN)
    beside = [block.text for block in card.blocks[:2] if block.tone == "beside"]
    assert beside == ([] if card.language == "en" else [say.LISTEN_WARNING.text])


def test_the_second_press_brings_the_recordings_of_its_words_in_order(talk):
    card = press(talk, LISTEN, PLAY)
    assert card.sounds
    assert {name.partition("/")[0] for name in card.sounds} == {card.language}
    assert all(talk.turns.sound(name).startswith(tone()[:4]) for name in card.sounds)
    assert (offered(card), alerts(card)) == ([LISTEN], [])


def test_leave_and_urgent_help_stand_on_every_one_of_the_cards(talk):
    for intent in (LISTEN, PLAY):
        assert {"urgent", "leave"} <= set(ids(press(talk, intent)))


def test_what_was_said_comes_before_what_is_asked(english, recorded):
    card = english.type("3", "on")
    while not english.card.options:
        card = english.type("next")
    voice, plan = recorded.catalogues.voice("en"), recorded.material.plan
    session = unpack(english.kept())
    wanted = [plan.steps[name].step.text for name in (*session.said, session.at)]
    sounds = press(english, LISTEN, PLAY).sounds
    assert sounds == tuple(voice.recording(text) for text in wanted)
    assert card.step == english.card.step


def test_not_now_takes_the_warning_away(talk):
    before = talk.card
    assert press(talk, LISTEN, NOT_NOW) == before


@pytest.mark.parametrize("now", list(Sound))
def test_nothing_is_wanted_without_a_warning(now):
    assert after(now, NOT_NOW) == Sound.NONE
    assert after(now, LISTEN) == Sound.WARNED
    assert after(now, PLAY) == (Sound.WARNED if now == Sound.NONE else Sound.WANTED)


def test_play_pressed_without_the_warning_brings_the_warning(talk):
    card = press(talk, PLAY)
    assert (offered(card), card.sounds) == ([PLAY, NOT_NOW], ())


def test_a_second_press_on_play_changes_nothing(talk):
    assert press(talk, LISTEN, PLAY) == press(talk, PLAY)


# ---- what takes the sound away


@pytest.mark.parametrize(
    "act",
    [
        Typed("qqqq zzzz"),
        Typed("back"),
        Typed("next"),
        Word("language"),
        Word("urgent"),
        Word("hide"),
    ],
    ids=str,
)
@pytest.mark.parametrize("presses", [(LISTEN,), (LISTEN, PLAY)])
def test_whatever_else_she_does_takes_it_away(english, act, presses):
    english.type("1")
    press(english, *presses)
    card = english.act(act)
    assert (card.sounds, set(offered(card)) - {LISTEN}) == ((), set())
    assert say.LISTEN_WARNING.text not in alerts(card)
    assert unpack(english.kept()).sound == Sound.NONE


def test_an_answer_takes_it_away(english):
    press(english, LISTEN, PLAY)
    option = english.card.options[0].id
    card = english.act(Button(english.card.step, (option,), english.card.turn))
    assert (card.sounds, offered(card)) == ((), [LISTEN])


def test_what_was_hidden_is_not_heard_when_it_is_opened_again(english):
    press(english, LISTEN, PLAY)
    hidden = english.act(Word("hide"))
    assert (hidden.state, hidden.sounds, hidden.controls) == ("hidden", (), ())
    opened = english.act(Word("open"))
    assert (opened.sounds, offered(opened)) == ((), [LISTEN])


def test_while_it_is_hidden_no_press_brings_it(english):
    english.act(Word("hide"))
    for intent in LISTENING:
        card = english.act(Word(intent))
        assert (card.state, card.sounds) == ("hidden", ())
    assert unpack(english.kept()).sound == Sound.NONE


def test_under_the_cover_there_is_nothing_to_hear(english):
    press(english, LISTEN, PLAY)
    card = english.act(Word("cover"))
    for intent in (LISTEN, PLAY):
        assert (card.state, card.sounds, offered(card)) == ("covered", (), [])
        assert alerts(card) == []
        card = english.act(Word(intent))
    assert say.LISTEN_WARNING.text not in str(card)


def test_the_goodbye_has_no_sound(english):
    press(english, LISTEN, PLAY)
    card = english.type("leave")
    assert (card.ended, card.sounds, card.controls) == (True, (), ())


def test_an_old_button_is_not_applied(english):
    old = english.card.turn
    english.type("1")
    for intent in LISTENING:
        card = english.act(Word(intent, old))
        assert (card.sounds, offered(card)) == ((), [LISTEN])


def test_a_button_of_another_talk_is_not_applied(english):
    press(english, LISTEN)
    played = Incoming("key", Word(PLAY, english.card.turn), nonce="another")
    assert asyncio.run(english.turns.take(played)).sounds == ()


def test_the_card_once_more_is_the_card_once_more(english):
    card = press(english, LISTEN, PLAY)
    assert english.act(Again()) == card


def test_a_button_left_over_begins_no_talk(english):
    english.type("leave")
    for intent in LISTENING:
        taken = asyncio.run(english.turns.turn(Incoming("key", Word(intent), nonce="old")))
        assert taken.card.state == "closed"


# ---- where there is nothing to hear


def test_without_recordings_nothing_is_offered_and_no_press_does_anything(world, moment):
    talk = Talk(world, moment)
    before = talk.card
    assert offered(before) == []
    assert press(talk, LISTEN, PLAY) == before


def test_in_english_the_english_is_heard(recorded, moment):
    talk = Talk(recorded, moment, "ur")
    assert talk.act(Word("in_english")).language == "en"
    card = press(talk, LISTEN, PLAY)
    assert {name[:3] for name in card.sounds} == {"en/"}
    back = talk.act(Word("in_hers"))
    assert (back.language, back.sounds) == ("ur", ())


def test_words_that_are_said_twice_are_heard_once(recorded):
    voice = recorded.catalogues.voice("en")
    text = recorded.material.plan.steps["triage.area"].step.text
    assert len(recordings(voice, [text, None, text])) == 1
    assert recordings(voice, [Phrase("Nobody read this."), None]) == ()


def test_a_label_without_a_translation_says_that_it_is_english(recorded):
    voice = recorded.catalogues.voice("pl")
    bare = type(voice)(voice.language, {}, recorded.catalogues.voice("en"))
    assert [one.language for one in controls(bare, Sound.WARNED)] == ["en", "en"]
    assert [one.language for one in controls(voice, Sound.NONE)] == [""]
    assert warning(voice, Sound.WANTED) == warning(voice, Sound.NONE) == []


def test_a_start_begins_without_a_sound(english):
    press(english, LISTEN, PLAY)
    assert english.act(Start("en")).sounds == ()

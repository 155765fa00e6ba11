"""The talk over HTTP: what a request asks for, checked for shape and never trusted."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import buttons
from bot.channels.web.page import LONGEST_TYPED
from bot.channels.web.talk import MOST_PICKS, Asked, Talk, from_form, from_script, key_of
from bot.conversation.codes import code_of
from bot.conversation.messages import Again, Button, Card, Typed, Word
from bot.conversation.turns import Turns
from bot.exceptions import StoreUnavailable
from tests.channels.telegram.fakes import FaultyStore

TOKEN = "a" * 43
CARD = Card("en", "ltr", (), step="matters.what", turn=4)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=600)


@pytest.fixture
def store():
    return FaultyStore(lambda: 0.0)


@pytest.fixture
def talk(world, moment, store):
    return Talk(Turns(world, store, lambda: moment), lambda: TOKEN)


def form(**fields):
    return from_form(urlencode({"t": TOKEN, **fields}, doseq=True).encode())


def script(**fields):
    return from_script(TOKEN, json.dumps(fields).encode())


# ---- what a request holds


@settings(deadline=None)
@given(words, words, st.lists(words, max_size=50), st.integers(0, 999_999))
def test_with_and_without_the_script_the_same_is_asked(press, typed, picks, turn):
    fields = {"a": press, "say": typed, "pick": picks, "n": str(turn)}
    assert script(**fields) == form(**fields)


def test_nothing_but_a_token_asks_for_the_card_again(talk):
    assert form() == script() == Asked(TOKEN)
    assert talk.act(Asked(TOKEN)) == Again()


@pytest.mark.parametrize(
    "turn", ["", "x", "-1", "1.0", "1234567", "１", " 1", "1\n", 1, None, [1]]
)
def test_a_turn_that_is_no_number_of_ours_is_none(turn):
    assert script(n=turn).turn is None


@pytest.mark.parametrize("value", [None, 7, True, {}, ["x"], 1.5])
def test_what_is_no_text_is_left_out(value):
    assert script(a=value, say=value, n=value) == Asked(TOKEN)


@pytest.mark.parametrize("picks", [None, 7, "x", {}, [7, None, []]])
def test_picks_that_are_no_list_of_texts_are_none(picks):
    assert script(pick=picks).picks == ()


def test_no_more_is_read_than_the_page_can_send():
    asked = script(say="x" * 9999, pick=["x"] * 9999)
    assert (len(asked.typed), len(asked.picks)) == (LONGEST_TYPED, MOST_PICKS)


@pytest.mark.parametrize("body", [b"[]", b"7", b"null", b"", b"{", b"[" * 100_000, b"\xff"])
def test_what_is_no_object_is_none_of_ours(body):
    assert from_script(TOKEN, body) is None


@pytest.mark.parametrize("body", [b"", b"t=", b"t=x", b"\xff", b"&".join([b"a=1"] * 61)])
def test_a_form_without_a_token_is_none_of_ours(body):
    assert from_form(body) is None


@settings(deadline=None)
@given(st.text())
def test_a_token_is_43_letters_or_none(token):
    assert from_script(token, b"{}") is None
    assert from_script(TOKEN + token, b"{}") == (None if token else Asked(TOKEN))


# ---- what it asks for


def test_a_button_is_its_answer(talk):
    asked = Asked(TOKEN, buttons.choice(CARD, "soon"), turn=4)
    assert talk.act(asked) == Button("matters.what", ("soon",), 4)


@pytest.mark.parametrize("turn", [None, 0, 3, 5])
def test_the_turn_is_that_of_the_page_and_not_of_the_button(talk, turn):
    asked = Asked(TOKEN, buttons.choice(CARD, "soon"), turn=turn)
    assert talk.act(asked) == Button("matters.what", ("soon",), turn or 0)


def test_ticked_boxes_are_given_by_done_once_each(talk):
    picks = (*map(code_of, ("soon", "direct", "soon")), "unknown")
    asked = Asked(TOKEN, buttons.done(CARD), picks, turn=4)
    assert talk.act(asked) == Button("matters.what", ("soon", "direct"), 4)


def test_boxes_beside_another_button_mean_nothing(talk):
    asked = Asked(TOKEN, buttons.word(CARD, "urgent"), (code_of("soon"),), turn=4)
    assert talk.act(asked) == Word("urgent", 4)


def test_typed_words_count_at_their_turn(talk):
    assert talk.act(Asked(TOKEN, "say", typed="yes", turn=4)) == Typed("yes", 4)


def test_words_beside_a_button_are_not_read(talk):
    asked = Asked(TOKEN, buttons.word(CARD, "back"), typed="yes", turn=4)
    assert talk.act(asked) == Word("back", 4)


@pytest.mark.parametrize("press", ["say", ""])
@pytest.mark.parametrize("typed", ["", "  ", "\t\n", "\u2003"])
def test_words_without_a_letter_ask_for_the_card_again(talk, press, typed):
    assert talk.act(Asked(TOKEN, press, typed=typed)) == Again()


def test_no_button_but_the_first_page_begins_a_talk(talk):
    assert talk.act(Asked(TOKEN, buttons.begin(CARD))) == Again()


@settings(deadline=None)
@given(st.text())
def test_whatever_is_carried_is_some_act(world, press):
    talk = Talk(Turns(world, FaultyStore(lambda: 0.0), lambda: None), lambda: TOKEN)
    if press not in {"say", ""}:
        assert talk.act(Asked(TOKEN, press)) == Again()


# ---- keys


def test_a_key_does_not_tell_its_token():
    assert TOKEN not in key_of(TOKEN)
    assert key_of(TOKEN) != key_of("b" * 43)


def test_the_first_card_has_a_fresh_token_and_keeps_nothing(talk):
    card, token = talk.first()
    assert (card.turn, token) == (1, TOKEN)


async def test_forgetting_what_is_no_token_asks_the_store_for_nothing(talk, store):
    store.fail("delete")
    await talk.forget("no token")


async def test_forgetting_says_when_the_store_is_away(talk, store):
    store.fail("delete")
    with pytest.raises(StoreUnavailable):
        await talk.forget(TOKEN)


@pytest.mark.parametrize(
    ("words", "help"), [("help", True), ("leave", True), ("birmingham", False)]
)
def test_words_of_help_and_of_leaving_are_known(talk, words, help):
    assert talk.is_help(words) == help

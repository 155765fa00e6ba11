"""Hiding a place: it is gone without a trace until she says otherwise, and no answer is lost."""

from bot.sessions.model import unpack
from tests.conversation.card_blocks import names


def test_a_hidden_place_is_gone_and_leaves_no_trace(talk):
    shown = names(talk.type("1", "Birmingham", "1"))
    after = talk.type("2", shown[0])
    assert after.step == "triage.better"
    assert shown[0] not in talk.text
    assert "hid" not in talk.text.replace("Hide a place from me", "")


def test_a_second_hidden_place_does_not_bring_back_the_first(talk):
    first, second, *_ = names(talk.type("1", "Birmingham", "1"))
    talk.type("2", first, "2", second)
    assert not {first, second} & set(names(talk.card))
    talk.type("back", "show me services now")
    assert not {first, second} & set(names(talk.card))


def test_a_hidden_place_stays_hidden_and_no_other_answer_is_lost(talk):
    first, second, *_ = names(talk.type("1", "Birmingham", "1"))
    talk.type("2", first, "Change my answers", "1", *["next"] * 7)
    assert talk.card.step == "triage.better"
    talk.type("2", second)
    assert not {first, second} & set(names(talk.card))
    assert ("triage.worker", ("woman",)) in unpack(talk.kept()).trail


def test_a_place_in_another_council_can_be_hidden(talk):
    shown = names(talk.type("1", "Hereford", "2"))
    assert "Cranstoun Worcestershire" in shown
    after = talk.type("Hide a place from me", "Cranstoun Worcestershire")
    assert "Cranstoun Worcestershire" not in names(after)


def test_hidden_places_come_back_when_she_says_so(talk):
    shown = names(talk.type("1", "Birmingham", "1"))
    talk.type("2", shown[0], "2", "Show me all places again")
    assert names(talk.card) == shown

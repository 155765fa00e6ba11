"""Typed text: what is not understood is asked again with help, and nothing of it is kept."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sessions.model import unpack
from tests.conversation.card_blocks import alerts
from tests.talk import Talk


def test_what_is_not_understood_shows_the_card_again_with_the_urgent_line(talk):
    before = talk.type("1")
    after = talk.type("my name is Anna and I live at 12 Secret Street")
    assert after.step == before.step
    assert "Ring 999" in alerts(after)[0]
    assert b"Anna" not in talk.kept()
    assert "Anna" not in talk.text


def test_help_grows_with_every_miss_and_the_talk_never_ends(talk):
    shown = [len(talk.type("xyzzy").blocks) for _ in range(4)]
    assert shown[0] < shown[1] < shown[2] == shown[3]
    assert talk.card.step == "welcome.safe"


def test_the_inward_half_of_a_postcode_is_nowhere(talk):
    talk.type("1", "my postcode is B29 7XX")
    assert b"B29" in talk.kept()
    assert b"7XX" not in talk.kept()
    assert b"7xx" not in talk.kept().lower()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=3000))
def test_rubbish_of_any_length_or_script_keeps_nothing(world, moment, text):
    talk = Talk(world, moment)
    before = unpack(talk.kept())
    marked = f"{text} zq9xv {text}"
    talk.type(marked)
    assert b"zq9xv" not in talk.kept()
    assert "zq9xv" not in talk.text
    assert unpack(talk.kept()).trail == before.trail


def test_answers_that_contradict_each_other_are_asked_for_again(talk):
    talk.type("1", "Birmingham", "1", "1")
    assert talk.type("1 8").step == "triage.worker"
    assert talk.type("1").step == "triage.groups"

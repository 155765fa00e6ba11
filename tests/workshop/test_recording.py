"""Recording: a talk as a script that plays again, with nothing in it that was typed."""

from datetime import UTC, datetime

import pytest

from bot import documents
from bot.conversation.messages import Incoming, Start, Typed
from bot.workshop.playing import known_in, play
from bot.workshop.recording import Recorder, stand_in
from bot.workshop.scripts import read_script
from tests.workshop.examples import small

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
CANARY = "zqx"


def recorded(world, *typed, language="en"):
    """The script of a talk in which these lines were typed."""
    recorder = Recorder(world, lambda: NOW, language)
    for act in (Start(language), *map(Typed, typed)):
        recorder.hear(Incoming("", act))
    return recorder.text()


def lines(text):
    """The lines of a script, without its head."""
    return [line.removeprefix("  - ") for line in text.splitlines() if line.startswith("  - ")]


def replayed(text, world):
    document, problems = documents.read(text.encode(), "a.yaml")
    script, misread = read_script(document, known_in(world))
    assert problems + misread == []
    return play(script, world, NOW)


def test_answers_words_and_steps_stand_by_their_ids(world):
    talk = small(world)
    assert lines(recorded(talk, "B", "walsall", "1 2", "back", "2", "stop")) == [
        "see: welcome.one", "say: b", "see: welcome.area", "say: walsall", "see: welcome.what",
        "say: [x, y]", "see: welcome.sure", "say: back", "see: welcome.what", "say: y",
        "see: welcome.sure", "say: leave", "end: left",
    ]  # fmt: skip


def test_a_record_plays_again(world):
    text = recorded(
        small(world), "b", "walsall", "1 2", "urgent", "1", "2", "back", "skip", "1", "2"
    )
    assert replayed(text, small(world)) == []


def test_what_was_not_understood_is_not_in_it(world):
    text = recorded(small(world), CANARY, f"I live at {CANARY}", "a", f"{CANARY} help")
    assert CANARY not in text
    assert lines(text)[:3] == ["see: welcome.one", "say: a", "see: welcome.area"]


def test_a_cry_for_help_is_written_as_the_word_alone(world):
    text = recorded(small(world), f"please {CANARY} help me")
    assert lines(text) == ["see: welcome.one", "say: urgent", "see: urgent.now"]


def test_several_answers_that_cannot_stand_together_are_left_out(world):
    assert lines(recorded(small(world), "b", "walsall", "1 3"))[-1] == "see: welcome.what"


def test_a_postcode_is_another_one_of_the_same_council(world):
    other = stand_in("B29", world.places)
    assert other != "B29"
    assert world.places.councils_of(other) == world.places.councils_of("B29")
    assert stand_in("ZZ1", world.places) != ""
    text = recorded(world, "1", "B29 7XX")
    assert f"say: {other}" in text
    assert "B29" not in text
    assert replayed(text, world) == []


def test_a_code_that_has_no_other_of_its_councils_stays(world):
    alone = next(
        (code for code in world.places.outcodes
         if sum(world.places.councils_of(code) == world.places.councils_of(one)
                for one in world.places.outcodes) == 1),
        None,
    )  # fmt: skip
    if alone is not None:
        assert stand_in(alone, world.places) == alone


def test_an_answer_and_a_word_of_the_same_name_are_told_apart(world):
    both = small(
        world,
        "one: {ask: One?, choices: {know: K, b: B}}\ntwo: {ask: Two?, choices: {c: C}}\nover: {end: done}",
    )
    assert lines(recorded(both, "good to know"))[1] == "word: know"
    assert lines(recorded(both, "1"))[1] == "say: know"
    assert replayed(recorded(both, "good to know", "2", "1"), both) == []


@pytest.mark.parametrize(("language", "head"), [("pl", "language: pl"), (None, None)])
def test_the_language_stands_in_it_where_it_was_chosen_before(world, language, head):
    text = recorded(world, language=language)
    assert (head in text) if head else ("language:" not in text)
    assert replayed(text, world) == []


def test_nothing_is_heard_after_the_end(world):
    text = recorded(small(world), "leave", CANARY)
    assert lines(text) == ["see: welcome.one", "say: leave", "end: left"]


def test_it_says_what_it_holds(world):
    assert "not understood is not in it" in recorded(small(world)).splitlines()[1]

"""Playing: scripts answered on the real conversation, and where a talk goes another way."""

import re
from pathlib import Path

import pytest

from bot import documents
from bot.workshop.playing import Took, known_in, play
from bot.workshop.scripts import read_script
from tests.workshop.examples import problems_of, small

PLAYS = sorted((Path(__file__).parents[1] / "plays").glob("*.yaml"))


@pytest.fixture(scope="module")
def talk(world):
    return small(world)


def played(text, talk, moment, took=None):
    """What is said about a script, `rule: sentence` for each thing."""
    document, problems = documents.read(text.encode(), "a.yaml")
    script, misread = read_script(document, known_in(talk))
    assert not problems + misread, [str(problem) for problem in misread]
    return [f"{one.rule}: {one.sentence}" for one in play(script, talk, moment, took)]


@pytest.mark.parametrize("path", PLAYS, ids=lambda path: path.stem)
def test_the_shipped_scripts_go_as_written(path, world, moment):
    assert [str(problem) for problem in problems_of(path, world, moment)] == []


def test_there_are_shipped_scripts_of_both_forms():
    texts = [path.read_text() for path in PLAYS]
    assert len(texts) >= 6
    assert any("\nlines:" in text for text in texts)
    assert any("\ngiven:" in text for text in texts)


def test_the_scripts_of_the_written_pages_go_as_written(world, moment, tmp_path):
    page = (Path(__file__).parents[2] / "flows" / "README.md").read_text()
    blocks = re.findall(r"```yaml\n(play:.*?)```", page, re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        path = tmp_path / "page.yaml"
        path.write_text(block)
        assert [str(problem) for problem in problems_of(path, world, moment)] == []


WHOLE = """
play: A whole talk
given: {one: b, area: walsall, what: [y, x], sure: yes, found: on}
expect:
  asked: [one, what, found]
  not_asked: [none, urgent.now]
  query: {must: [woman_worker], prefer: [evening], tags: [discreet], area: walsall}
  end: done
"""


def test_a_talk_in_no_order_is_compared_with_all_that_is_expected(talk, moment):
    assert played(WHOLE, talk, moment) == []


def test_what_has_no_row_is_skipped_and_a_list_is_where_it_stays(talk, moment):
    text = "play: X\ngiven: {sure: yes, area: walsall}\nexpect: {asked: [one], not_asked: [what], end: found}"
    assert played(text, talk, moment) == []


def test_nothing_near_is_found_out_by_the_talk_itself(talk, moment):
    assert (
        played("play: X\ngiven: {sure: yes}\nexpect: {asked: [none], end: done}", talk, moment)
        == []
    )


def test_of_answers_to_a_question_with_one_the_next_is_given_each_time(talk, moment):
    text = "play: X\ngiven: {one: [a, b], area: walsall, sure: [back_to_one, yes]}\nexpect: {query: {must: [woman_worker]}}"
    assert played(text, talk, moment) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("asked: [one,", "asked: [none,"), "not-as-expected: 'welcome.none' was not asked; the talk is over ('done')"),
        (("not_asked: [none,", "not_asked: [one,"), "not-as-expected: 'welcome.one' was asked; the talk is over ('done')"),
        (("tags: [discreet]", "tags: [danger]"), "not-as-expected: the last query has no 'danger' under 'tags'; the talk is over ('done')"),
        (("area: walsall}", "area: dudley}"), "not-as-expected: the last query is not for 'dudley'; the talk is over ('done')"),
        (("end: done", "end: left"), "not-as-expected: the talk did not come to 'left'; the talk is over ('done')"),
        (("one: b", "one: a"), "unused-row: 'welcome.what' never came, so its answer was not used; the talk is over ('done')"),
        (("area: walsall, what", "area: wallsal, what"), "script-choice: 'wallsal' is no answer to 'welcome.area' here; did you mean 'walsall'?"),
        (("what: [y, x]", "what: [none, x]"), "script-choice: these answers to 'welcome.what' cannot stand together"),
    ],
)  # fmt: skip
def test_one_thing_that_differs_is_named(talk, moment, change, said):
    assert said in played(WHOLE.replace(*change), talk, moment)


def test_services_are_looked_for_on_the_last_list(talk, moment):
    text = "play: X\ngiven: {one: a, area: walsall, sure: yes}\nexpect: {services: [%s], not_services: [%s]}"
    shown, hidden = "cgl-beacon-walsall", "anawim"
    if shown not in talk.material.services or hidden not in talk.material.services:
        pytest.fail("choose other services: these are no longer shown")
    assert played(text % (shown, hidden), talk, moment) == []
    assert played(text % (hidden, shown), talk, moment) == [
        "not-as-expected: 'anawim' is not on the last list; the talk stands at 'welcome.found'",
        "not-as-expected: 'cgl-beacon-walsall' is on the last list; the talk stands at 'welcome.found'",
    ]


# ---- in order


def lines(*each):
    return "play: X\nlanguage: en\nlines:\n" + "".join(f"  - {line}\n" for line in each)


def test_a_talk_in_order_with_answers_words_and_an_end(talk, moment):
    text = lines(
        "see: one", "say: b", "say: walsall", "see: what", "say: [x, y]", "say: urgent",
        "see: urgent.now", "say: more", "see: [urgent.more, urgent.now]", "word: back",
        "see: sure", "say: back", "see: what", "say: skip", "say: yes", "see: found", "say: on",
        "end: done",
    )  # fmt: skip
    assert played(text, talk, moment) == []


@pytest.mark.parametrize(
    ("each", "said"),
    [
        (["see: sure"], "not-as-expected: 'welcome.sure' is not on the card; the talk stands at 'welcome.one'"),
        (["say: nothing"], "script-choice: 'nothing' is no answer to 'welcome.one' here"),
        (["say: urgnet"], "script-choice: 'urgnet' is no answer to 'welcome.one' here; did you mean 'urgent'?"),
        (["end: done"], "not-as-expected: the talk did not end with 'done'; the talk stands at 'welcome.one'"),
        (["say: leave", "say: a"], "not-as-expected: nothing can be said any more; the talk is over ('left')"),
        (["say: leave", "see: one"], "not-as-expected: 'welcome.one' is not on the card; the talk is over ('left')"),
        (["say: leave", "word: back"], "not-as-expected: 'back' changes nothing here; the talk is over ('left')"),
        (["say: a", "say: walsall", "say: skip"], "not-as-expected: 'skip' changes nothing here; the talk stands at 'welcome.sure'"),
        (["say: b", "say: walsall", "say: [none, x]"], "script-choice: these answers to 'welcome.what' cannot stand together"),
    ],
)  # fmt: skip
def test_the_first_line_that_differs_is_named_and_ends_the_play(talk, moment, each, said):
    assert played(lines(*each, "see: urgent.now"), talk, moment) == [said]


def test_an_answer_comes_before_a_word_of_the_same_name(world, moment):
    both = small(world, "one: {ask: One?, choices: {leave: Leave}}\nover: {end: done}")
    assert played(lines("say: leave", "end: done"), both, moment) == []
    assert played(lines("word: leave", "end: left"), both, moment) == []


def test_what_scripts_came_to_is_added_up(talk, moment):
    took = Took()
    played(lines("say: a"), talk, moment, took)
    played(lines("say: urgent", "say: more"), talk, moment, took)
    assert took.chosen == {("welcome.one", "a"), ("urgent.now", "more")}
    assert {"welcome.area", "urgent.more"} <= took.steps
    assert "welcome.sure" not in took.steps

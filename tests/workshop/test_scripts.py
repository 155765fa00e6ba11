"""Scripts: read as untrusted input, with short names made full."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import documents
from bot.workshop.playing import known_in
from bot.workshop.scripts import Script, read_script
from tests.workshop.examples import small


@pytest.fixture(scope="module")
def known(world):
    return known_in(small(world))


def script(text, known):
    """(script, what is said about it) of a text."""
    document, problems = documents.read(text.encode(), "a.yaml")
    found, misread = read_script(document, known)
    return found, [str(problem) for problem in sorted([*problems, *misread])]


def test_short_names_of_steps_become_full(known):
    found, problems = script("play: X\ngiven: {one: a, what: [x, y]}\nexpect: {end: found}", known)
    assert problems == []
    assert [row.step.id for row in found.given] == ["welcome.one", "welcome.what"]
    assert found.expected.end.id == "welcome.found"


def test_words_that_yaml_takes_for_other_things_stay_words(known):
    found, problems = script("play: X\ngiven: {sure: yes}", known)
    assert problems == []
    assert [value.id for value in found.given[0].values] == ["yes"]


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ("given: {one: a}", "en"),
        ("language: pl\ngiven: {one: a}", "pl"),
        ("lines: [{see: one}]", None),
        ("language: ur\nlines: [{see: one}]", "ur"),
    ],
)
def test_a_script_in_no_order_is_in_english_unless_it_says_so(known, head, language):
    assert script(f"play: X\n{head}", known)[0].language == language


def test_the_language_is_asked_for_where_the_script_answers_it(world):
    found, _ = script("play: X\ngiven: {welcome.language: pl}", known_in(world))
    assert found.language is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("given: {one: a}", "a.yaml:1:1: error: a script has no 'play' [missing]"),
        ("play: X", "a.yaml:1:1: error: a script has either 'given' or 'lines'; write one of the two [script-form]"),
        ("play: X\ngiven: a", "a.yaml:2:8: error: 'given' must be a block of 'key: value' lines [wrong-type]"),
        ("play: X\nlines: a", "a.yaml:2:8: error: 'lines' must be a list of blocks [wrong-type]"),
        ("play: X\nlines: []", "a.yaml:2:8: error: there are no lines; write at least one [script-form]"),
        ("play: X\ngiven: {one: {a: b}}", "a.yaml:2:14: error: 'one' must be a list of single values [wrong-type]"),
        ("play: X\ngiven: {one: []}", "a.yaml:2:14: error: 'one' is empty; write something or leave it out [empty]"),
        ("play: X\ngiven: {one: a}\nexpect: {query: a}", "a.yaml:3:17: error: 'query' must be a block of 'key: value' lines [wrong-type]"),
        ("play: X\ngiven: {one: a}\nexpect: {qeury: {}}", "a.yaml:3:10: error: 'qeury' is not a word that 'expect' knows; did you mean 'query'? [unknown-key]"),
        ("play: X\ngiven:\n  one: a\n  one: b", "a.yaml:4:3: error: 'one' is written twice; first on line 3 [duplicate-key]"),
        ("play: X\ngiven: &a {one: a}", "a.yaml:2:8: error: anchors and aliases ('&' and '*') are not allowed here [yaml-anchor]"),
        ("play: X\ngiven: {one: a}\nplayed: y", "a.yaml:3:1: error: 'played' is not a word that a script knows; did you mean 'play'? [unknown-key]"),
        ("play: X\nlines: [{end: dnoe}]", "a.yaml:2:15: error: no flow ends with 'dnoe'; did you mean 'done'? [script-end]"),
        ("play: X\nlines: [{see: fonud}]", "a.yaml:2:15: error: there is no step 'fonud'; did you mean 'found'? [script-step]"),
        ("play: X\nlines: [{say: ''}]", "a.yaml:2:15: error: 'say' is empty; write something or leave it out [empty]"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_with_its_place(known, text, said):
    found, problems = script(text, known)
    assert problems == [said]
    assert found is None or "duplicate-key" in said


def test_every_mistake_is_told_at_once(known):
    _, problems = script(
        "play: X\nlanguage: xx\ngiven: {oen: a, one: c}\nexpect: {asked: [gone], end: dnoe}", known
    )
    assert [problem.rpartition("[")[2] for problem in problems] == [
        "script-language]", "script-step]", "script-choice]", "script-step]", "script-end]",
    ]  # fmt: skip


_leaf = st.sampled_from(["a", "one", "play", "given", "lines", "say", "", "yes", "1", "x: y", "~"])
_tree = st.recursive(
    _leaf,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_leaf, inner, max_size=4),
    max_leaves=12,
)


@given(_tree)
def test_no_tree_makes_the_reader_fail(known, tree):
    found, problems = script(json.dumps(tree), known)
    assert isinstance(found, Script) or problems


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail(known, data):
    document, problems = documents.read(data, "a.yaml")
    found, misread = read_script(document, known)
    assert isinstance(found, Script) or problems or misread

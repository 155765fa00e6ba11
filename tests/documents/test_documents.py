"""The YAML reader: what stays text, where things stand, and what is refused."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents import (
    DataError,
    Fields,
    LinnetError,
    Mapping,
    Mark,
    Problem,
    Report,
    Scalar,
    Sequence,
    did_you_mean,
    read,
)


def root_of(text):
    document, problems = read(text.encode(), "x.yaml")
    assert problems == []
    assert document.root is not None
    return document.root


def value_of(text):
    found = root_of(f"key: {text}").get("key")
    assert isinstance(found, Scalar)
    return found.value


def fields_of(text):
    report = Report("x.yaml")
    return Fields(root_of(text), report, "the example"), report


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "yes",
        "on",
        "off",
        "19:30",
        "01212345670",
        "1.10",
        "+441212345670",
        "~",
        "null",
        "1e3",
    ],
)
def test_fault_15_what_other_readers_change_stays_text(written):
    assert value_of(written) == written


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in itertools.pairwise("abcdefghi")
)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("phone: 0121 496 0001\nphone: 0121 496 0002\n", "duplicate-key"),
        (BOMB, "yaml-anchor"),
        (f"text: {'x' * 256 * 1024}\n", "too-large"),
        (f"deep: {'[' * 13}{']' * 13}\n", "too-deep"),
    ],
    ids=["a second number", "aliases of aliases", "too much", "too deep"],
)
def test_fault_15_what_would_change_a_number_or_fill_the_memory_is_refused(text, rule):
    assert rule in {problem.rule for problem in read(text.encode(), "x.yaml")[1]}


@pytest.mark.parametrize(("written", "meant"), [("0", 0), ("12", 12), ("-3", -3)])
def test_a_plain_whole_number_is_a_number(written, meant):
    assert value_of(written) == meant


@pytest.mark.parametrize(("written", "meant"), [("true", True), ("false", False)])
def test_true_and_false_are_the_only_flags(written, meant):
    assert value_of(written) is meant


@pytest.mark.parametrize("written", ['"12"', "'true'", '"no"'])
def test_what_stands_in_quotes_is_text(written):
    assert value_of(written) == written.strip("\"'")


def test_every_key_and_value_knows_its_place():
    root = root_of("one:\n  two: ਪੰਜਾਬੀ\n  three: [4, five]\n")
    (_, inner) = root.entries[0]
    assert isinstance(inner, Mapping)
    assert inner.entries[0][1].mark == Mark(2, 8)
    listed = inner.get("three")
    assert isinstance(listed, Sequence)
    assert [item.mark for item in listed.items] == [Mark(3, 11), Mark(3, 14)]


def test_an_empty_file_is_one_problem():
    document, problems = read(b"", "x.yaml")
    assert document.root is None
    assert [problem.rule for problem in problems] == ["yaml"]


def test_a_list_at_the_top_is_one_problem():
    _, problems = read(b"- one\n- two\n", "x.yaml")
    assert [str(problem) for problem in problems] == [
        "x.yaml:1:1: error: this file must start with 'key: value' lines [yaml]"
    ]


def test_a_merge_key_is_refused():
    _, problems = read(b"<<: {a: 1}\n", "x.yaml")
    assert [problem.rule for problem in problems] == ["yaml-anchor"]


def test_a_byte_order_mark_does_no_harm():
    assert root_of("\ufeffname: One").get("name") is not None


def test_characters_that_yaml_forbids_are_one_problem():
    _, problems = read(b"name: a\x07b", "x.yaml")
    assert [problem.rule for problem in problems] == ["yaml"]


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_raise(data):
    document, problems = read(data, "x.yaml")
    assert document.root is not None or problems


@given(st.text(alphabet="ab:-[]{}&*!#|>'\"\n\t ", max_size=80))
def test_no_yaml_like_text_makes_the_reader_raise(text):
    document, problems = read(text.encode(), "x.yaml")
    assert document.root is not None or problems


def test_problems_sort_by_place_and_say_it():
    later = Problem("b.yaml", 2, 1, "error", "two", "rule")
    first = Problem("a.yaml", 9, 1, "warning", "one", "rule")
    assert sorted([later, first]) == [first, later]
    assert str(first) == "a.yaml:9:1: warning: one [rule]"


def test_a_near_word_is_suggested_and_a_far_one_is_not():
    assert did_you_mean("statsu", ["status", "kind"]) == "; did you mean 'status'?"
    assert did_you_mean("xyz", ["status", "kind"]) == ""


def test_fields_give_typed_values():
    fields, report = fields_of(
        "name: One\ncount: 3\non: true\nkind: left\nparts: [a, 2]\none: b\nblocks: [{x: y}]\nin: {z: 1}"
    )
    assert fields.required("name") == "One"
    assert fields.whole("count") == 3
    assert fields.flag("on") is True
    assert fields.choice("kind", ("left",)) == "left"
    assert [item.text for item in fields.scalars("parts")] == ["a", "2"]
    assert [item.text for item in fields.scalars("one")] == ["b"]
    assert len(fields.mappings("blocks")) == 1
    assert fields.mapping("in") is not None
    fields.done()
    assert report.problems == []


def test_fields_that_are_missing_are_nothing():
    fields, report = fields_of("other: 1")
    assert fields.text("name") is None
    assert fields.flag("on") is None
    assert fields.whole("count") is None
    assert fields.choice("kind", ("left",)) is None
    assert fields.scalars("parts") == ()
    assert fields.mapping("in") is None
    assert fields.mappings("blocks") == ()
    assert report.problems == []


@pytest.mark.parametrize(
    ("text", "getter", "sentence"),
    [
        ("name: [a]", "text", "'name' must be one line of text"),
        ("name: maybe", "flag", "'name' must be true or false"),
        ("name: {a: b}", "flag", "'name' must be true or false"),
        ("name: true", "whole", "'name' must be a whole number"),
        ("name: [1]", "whole", "'name' must be a whole number"),
        ("name: {a: b}", "scalars", "'name' must be a list of single values"),
        ("name: [[a]]", "scalars", "'name' must be a list of single values"),
        ("name: a", "mapping", "'name' must be a block of 'key: value' lines"),
        ("name: a", "mappings", "'name' must be a list of blocks"),
        ("name: [a]", "mappings", "'name' must be a list of blocks"),
    ],
)
def test_a_wrong_type_is_a_problem_and_not_a_value(text, getter, sentence):
    fields, report = fields_of(text)
    assert not getattr(fields, getter)("name")
    assert [problem.sentence for problem in report.problems] == [sentence]


def test_a_key_can_be_found_for_a_message():
    fields, _ = fields_of("a: 1\nname: One")
    assert fields.key_mark("name") == Mark(2, 1)
    assert fields.key_mark("missing") == Mark(1, 1)
    assert fields.has("name")
    assert not fields.has("missing")


def test_a_data_error_carries_its_problems_in_order():
    second = Problem("a.yaml", 2, 1, "error", "two", "rule")
    first = Problem("a.yaml", 1, 1, "error", "one", "rule")
    error = DataError([second, first])
    assert error.problems == (first, second)
    assert isinstance(error, LinnetError)

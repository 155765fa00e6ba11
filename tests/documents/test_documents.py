"""The YAML reader: what stays text, where things stand, and what is refused."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents import Mapping, Scalar, Sequence, read
from bot.problems import Mark


def root_of(text):
    document, problems = read(text.encode(), "x.yaml")
    assert problems == []
    assert document.root is not None
    return document.root


def value_of(text):
    found = root_of(f"key: {text}").get("key")
    assert isinstance(found, Scalar)
    return found.value


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

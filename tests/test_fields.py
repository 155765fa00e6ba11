"""Each key is read with its type, and what cannot be used is a problem."""

import pytest

from bot.documents import read
from bot.fields import Fields
from bot.problems import Mark, Report


def fields_of(text):
    document, problems = read(text.encode(), "x.yaml")
    assert problems == []
    assert document.root is not None
    report = Report("x.yaml")
    return Fields(document.root, report, "the example"), report


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

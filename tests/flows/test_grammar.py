"""Conditions: what can be written, and where a mistake in one is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows import model
from bot.flows.grammar import KEYWORDS, MAX_DEPTH, MAX_LENGTH, MAX_TERMS, Mistake, parse, written
from bot.flows.model import AllOf, AnyOf, Expression, FactTest, Name, Not
from bot.problems import Mark


def read(text: str) -> Expression:
    found = parse(text, Mark())
    assert not isinstance(found, Mistake), found
    return found


def mistake(text: str, mark: Mark | None = None) -> Mistake:
    found = parse(text, mark or Mark())
    assert isinstance(found, Mistake), found
    return found


def name(text: str, column: int) -> Name:
    return Name(text, Mark(1, column))


def test_a_bare_name_is_a_fact():
    assert read("has_children") == FactTest(name("has_children", 1))


@pytest.mark.parametrize("operator", ["==", "!=", "has"])
def test_a_test_with_one_choice(operator):
    found = read(f"a {operator} b")
    assert isinstance(found, model.Test)
    assert (found.step.text, found.operator) == ("a", operator)
    assert [value.text for value in found.values] == ["b"]


@pytest.mark.parametrize("operator", ["in", "has_any"])
def test_a_test_with_several_choices(operator):
    found = read(f"a {operator} [b, c]")
    assert isinstance(found, model.Test)
    assert (found.operator, [value.text for value in found.values]) == (operator, ["b", "c"])


@pytest.mark.parametrize("state", ["known", "unknown"])
def test_a_test_for_an_answer_at_all(state):
    assert read(f"a is {state}") == model.Test(name("a", 1), state)


def test_a_step_of_another_flow_has_a_dotted_name():
    assert read("about.what is known") == model.Test(name("about.what", 1), "known")


def test_and_binds_closer_than_or():
    found = read("a or b and c")
    assert found == AnyOf(
        (FactTest(name("a", 1)), AllOf((FactTest(name("b", 6)), FactTest(name("c", 12)))))
    )


def test_not_takes_in_the_whole_test():
    found = read("not a has b")
    assert found == Not(model.Test(name("a", 5), "has", (name("b", 11),)))


def test_brackets_come_first():
    found = read("(a or b) and c")
    assert isinstance(found, AllOf)
    assert isinstance(found.parts[0], AnyOf)


def test_a_choice_may_be_called_known():
    assert written(read("a == known")) == "a == known"


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("children haz baby", 10, "expected 'has', '==', 'in' or 'is' but found 'haz'"),
        ("", 1, "expected the name of a step or a fact but the condition ends here"),
        ("a ==", 5, "expected a choice but the condition ends here"),
        ("a == and", 6, "expected a choice but found 'and'"),
        ("a = b", 3, "write '==' with two signs"),
        ("a in b", 6, "expected '[' but found 'b'"),
        ("a in [b c]", 9, "expected ']' but found 'c'"),
        ("a in []", 7, "expected a choice but found ']'"),
        ("a is there", 6, "expected 'known' or 'unknown' after 'is' but found 'there'"),
        ("(a or b", 8, "expected ')' but the condition ends here"),
        ("a) or b", 2, "expected 'and' or 'or' but found ')'"),
        ("a and  ", 6, "expected the name of a step or a fact but the condition ends here"),
        ("a == b c", 8, "expected 'and' or 'or' but found 'c'"),
    ],
)
def test_a_mistake_is_shown_at_its_word(text, column, words):
    found = mistake(text)
    assert words in found.sentence
    assert found.mark == Mark(1, column)


def test_a_mistake_is_counted_from_where_the_condition_stands():
    assert mistake("a haz b", Mark(44, 14)).mark == Mark(44, 16)


def test_a_condition_of_several_lines_is_refused():
    assert "one line" in mistake("a is known\nand b").sentence


def test_a_condition_of_too_many_characters_is_refused():
    assert f"{MAX_LENGTH} characters" in mistake("a" * (MAX_LENGTH + 1)).sentence


def test_a_condition_of_too_many_tests_is_refused():
    read(" or ".join(["a"] * MAX_TERMS))
    assert f"{MAX_TERMS} tests" in mistake(" or ".join(["a"] * (MAX_TERMS + 1))).sentence


@pytest.mark.parametrize("text", ["(" * MAX_DEPTH + "a", "not " * MAX_DEPTH + "a"])
def test_a_condition_nested_too_deep_is_refused(text):
    assert f"{MAX_DEPTH} deep" in mistake(text).sentence


@given(st.text())
def test_any_text_is_read_or_gets_a_sentence(text):
    found = parse(text, Mark(3, 7))
    if isinstance(found, Mistake):
        assert found.sentence
        assert found.mark.column >= 7


WORDS = st.sampled_from(
    [*sorted(KEYWORDS), "a", "b.c", "known", "(", ")", "[", "]", ",", "==", "!=", "="]
)


@given(st.lists(WORDS).map(" ".join))
def test_any_row_of_words_is_read_or_gets_a_sentence(text):
    found = parse(text, Mark())
    if not isinstance(found, Mistake):
        assert written(read(written(found))) == written(found)


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "not (a and not b)",
        "(a or b) and (c or (d and e))",
        "a in [b, c] or d has_any [e]",
        "(a and b) and c",
    ],
)
def test_a_condition_is_written_as_it_was_read(text):
    assert written(read(text)) == text

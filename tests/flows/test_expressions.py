"""What conditions mean: unknown answers, facts inside facts, and that every one ends."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows import model
from bot.flows.expressions import FACT_DEPTH, Answers, all_tests, compile_test, leaves, qualifier
from bot.flows.grammar import MAX_DEPTH, Mistake, parse
from bot.flows.model import AllOf, AnyOf, Expression, FactTest, Name, Not
from bot.problems import Mark


def read(text: str) -> Expression:
    found = parse(text, Mark())
    assert not isinstance(found, Mistake), found
    return found


def holds(
    text: str, answers: Answers | None = None, facts: Mapping[str, str] | None = None
) -> bool:
    """What a condition of flow `f` comes to; answers by their short names."""
    test = compile_test(
        read(text), {id: read(fact) for id, fact in (facts or {}).items()}, qualifier("f")
    )
    return test({f"f.{step}": answer for step, answer in (answers or {}).items()})


@pytest.mark.parametrize(
    "text",
    ["a == x", "a != x", "a in [x, y]", "a has x", "a has_any [x, y]", "a is known"],
)
@pytest.mark.parametrize("answers", [{}, {"a": None}])
def test_without_an_answer_a_test_is_false(text, answers):
    assert holds(text, answers) is False
    assert holds(f"not {text}", answers) is True
    assert holds("a is unknown", answers) is True


@pytest.mark.parametrize(
    ("text", "answer", "outcome"),
    [
        ("a == x", "x", True),
        ("a == x", "y", False),
        ("a != x", "y", True),
        ("a != x", "x", False),
        ("a in [x, y]", "y", True),
        ("a in [x, y]", "z", False),
        ("a has x", ("x", "y"), True),
        ("a has x", ("y",), False),
        ("a has_any [x, y]", ("y", "z"), True),
        ("a has_any [x, y]", ("z",), False),
        ("a is known", "x", True),
        ("a is known", (), True),
        ("a is unknown", "x", False),
    ],
)
def test_a_test_compares_the_answer(text, answer, outcome):
    assert holds(text, {"a": answer}) is outcome


def test_has_never_looks_inside_a_word():
    assert holds("a has any", {"a": "anywhere"}) is False


def test_a_list_of_answers_is_never_one_of_the_choices():
    assert holds("a in [x]", {"a": ("x",)}) is False


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("a == x and b == y", False),
        ("a == x and not b == y", True),
        ("a == z or b == z", False),
        ("b == y or a == x", True),
    ],
)
def test_parts_are_joined(text, outcome):
    assert holds(text, {"a": "x"}) is outcome


def test_a_fact_stands_for_its_condition():
    assert holds(
        "kids and not kids_away", {"a": ("x",)}, {"kids": "a has x", "kids_away": "b == y"}
    )


def test_a_fact_may_use_facts():
    assert holds("c or c", {"a": "x"}, {"a": "b", "b": "a == x", "c": "a"})


def test_a_fact_that_does_not_exist_is_false():
    assert holds("nothing") is False


def test_a_fact_inside_itself_comes_to_an_end():
    assert holds("a", facts={"a": "b or a", "b": "a"}) is False


def test_a_fact_too_deep_is_false_and_not_a_crash():
    chain = {f"a{n}": f"a{n + 1}" for n in range(5_000)}
    chain["a5000"] = "x is unknown"
    assert holds("a0", facts=chain) is False
    assert holds(f"a{5001 - FACT_DEPTH}", facts=chain) is True


def test_a_step_of_another_flow_keeps_its_name():
    test = compile_test(read("about.what has x"), {}, qualifier("f"))
    assert test({"about.what": ("x",)})


def test_leaves_come_from_left_to_right():
    found = leaves(read("not (a or b == x) and c has y"))
    names = [leaf.step.text if isinstance(leaf, model.Test) else leaf.fact.text for leaf in found]
    assert names == ["a", "b", "c"]


def test_all_tests_look_inside_facts_once():
    facts = {"f": read("x == a or g"), "g": read("y has b or f")}
    found = all_tests(read("f and g and z is known and nothing"), facts)
    assert sorted(test.step.text for test in found) == ["x", "y", "z"]


def named(text: str) -> Name:
    return Name(text, Mark())


NAMES = st.sampled_from("abc").map(named)
TERMS = st.one_of(
    st.builds(FactTest, NAMES),
    st.builds(model.Test, NAMES, st.sampled_from(["==", "!=", "has"]), st.tuples(NAMES)),
    st.builds(model.Test, NAMES, st.sampled_from(["in", "has_any"]), st.lists(NAMES).map(tuple)),
    st.builds(model.Test, NAMES, st.sampled_from(["known", "unknown"])),
)
EXPRESSIONS = st.recursive(
    TERMS,
    lambda part: st.one_of(
        st.builds(Not, part),
        st.lists(part, min_size=2, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(part, min_size=2, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
    ),
    max_leaves=MAX_DEPTH,
)
ANSWERS = st.one_of(st.none(), st.sampled_from("abc"), st.lists(st.sampled_from("abc")).map(tuple))


@given(
    EXPRESSIONS,
    st.dictionaries(st.sampled_from("abc"), EXPRESSIONS),
    st.dictionaries(st.sampled_from(["f.a", "f.b", "f.c"]), ANSWERS),
)
def test_every_condition_comes_to_yes_or_no(expression, facts, answers):
    assert compile_test(expression, facts, qualifier("f"))(answers) in {True, False}

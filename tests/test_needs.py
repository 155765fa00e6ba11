from pathlib import Path

import pytest

from bot.directory.shape import FACTS
from bot.documents import read, read_file
from bot.needs import (
    LADDER,
    RULES,
    Clause,
    Standing,
    Vocabulary,
    check_facts,
    load_vocabulary,
)
from tests.expectations import expected

BROKEN = sorted((Path(__file__).parent / "needs" / "broken").glob("*.yaml"))
SHIPPED = Path(__file__).parents[1] / "directory" / "needs.yaml"
WORKER = "{tag: A woman, ask: A woman?, met_by: {worker.female: [guaranteed, on_request]}}"


def problems_of(path):
    document, unread = read_file(path, path.name)
    vocabulary, found = load_vocabulary(document)
    said = (*unread, *found, *check_facts(vocabulary, FACTS, path.name))
    return [str(problem).removeprefix(f"{path.name}:") for problem in said]


def vocabulary(needs, rest=""):
    document, unread = read(f"schema: 1\nneeds: {needs}\n{rest}".encode(), "needs.yaml")
    assert unread == []
    return load_vocabulary(document)


def only(need):
    found, problems = vocabulary("{woman: " + need + "}")
    assert problems == []
    return found.needs["woman"]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_brings_exactly_the_problems_it_announces(path):
    assert problems_of(path) == expected(path)


def test_every_rule_has_its_broken_file():
    assert [path.stem for path in BROKEN] == sorted(RULES)


def test_the_vocabulary_that_ships_is_without_a_problem():
    assert problems_of(SHIPPED) == []


def test_the_vocabulary_that_ships_holds_the_tags_of_the_flows():
    found, _ = load_vocabulary(read_file(SHIPPED, "needs.yaml")[0])
    assert found.tags == {"danger", "discreet", "unsafe_place"}


def test_a_tag_that_ships_is_short_and_no_question():
    found, _ = load_vocabulary(read_file(SHIPPED, "needs.yaml")[0])
    assert all(not need.tag.endswith((".", "?")) for need in found.needs.values())


def test_a_need_that_says_little_is_a_light_wish_that_gives_way_last():
    need = only(WORKER)
    assert (need.standing, need.weight, need.rung, need.relaxes_to) == (
        Standing.WISH,
        1,
        None,
        None,
    )


def test_everything_a_need_says_is_read():
    more = "standing: wish, weight: 3, rung: time, promises: [S3, F4]"
    need = only(WORKER[:-1] + f", {more}" + "}")
    assert (need.weight, need.rung, need.promises) == (3, LADDER[0], ("S3", "F4"))


def test_a_fact_may_name_one_value_or_many():
    need = only("{tag: A, ask: A?, met_by: {worker.female: guaranteed, on_site: [work, debt]}}")
    assert need.met_by == (
        Clause("worker.female", frozenset({"guaranteed"})),
        Clause("on_site", frozenset({"work", "debt"})),
    )


def test_a_plain_no_of_the_same_facts_rules_out_where_nothing_else_is_said():
    assert only(WORKER).ruled_out_by == (Clause("worker.female", frozenset({"no"})),)


def test_what_rules_out_can_be_said():
    need = only(WORKER[:-1] + ", ruled_out_by: {groups.needed: [yes]}}")
    assert need.ruled_out_by == (Clause("groups.needed", frozenset({"yes"})),)


def test_needs_keep_the_order_of_the_file():
    found, _ = vocabulary(
        "{b: {tag: B, ask: B?, met_by: {who: women}}, a: {tag: A, ask: A?, met_by: {who: lgbt}}}"
    )
    assert list(found.needs) == ["b", "a"]


def test_a_safety_need_stands_firm():
    assert only(WORKER[:-1] + ", standing: safety}").standing is Standing.SAFETY


def test_a_need_may_relax_in_a_row_that_ends():
    found, problems = vocabulary(
        "{a: {tag: A, ask: A?, met_by: {who: women}, relaxes_to: b}, "
        "b: {tag: B, ask: B?, met_by: {who: lgbt}, relaxes_to: c}, "
        "c: {tag: C, ask: C?, met_by: {who: parents}}}"
    )
    assert problems == []
    assert found.needs["a"].relaxes_to == "b"


def test_a_need_before_a_circle_is_not_blamed_for_it():
    _, problems = vocabulary(
        "{a: {tag: A, ask: A?, met_by: {who: women}, relaxes_to: b}, "
        "b: {tag: B, ask: B?, met_by: {who: lgbt}, relaxes_to: b}}"
    )
    assert [problem.sentence[:3] for problem in problems] == ["'b'"]


def test_a_file_that_cannot_be_read_makes_an_empty_vocabulary():
    document, unread = read(b"[]", "needs.yaml")
    assert unread
    assert load_vocabulary(document) == (Vocabulary({}, frozenset()), [])


def test_a_file_without_needs_is_told_so():
    document, _ = read(b"tags: [Danger]", "needs.yaml")
    found, problems = load_vocabulary(document)
    assert found == Vocabulary({}, frozenset())
    assert [problem.rule for problem in problems] == ["missing", "missing", "bad-need-id"]


def test_met_by_must_be_a_block():
    _, problems = vocabulary("{a: {tag: A, ask: A?, met_by: women}}")
    assert {problem.rule for problem in problems} == {"wrong-type", "nothing-meets"}


def test_a_need_without_met_by_is_told_only_that():
    _, problems = vocabulary("{a: {tag: A, ask: A?}}")
    assert [problem.sentence for problem in problems] == ["'a' has no 'met_by'"]


def test_two_needs_without_tags_are_not_called_alike():
    _, problems = vocabulary(
        "{a: {ask: A?, met_by: {who: women}}, b: {ask: B?, met_by: {who: lgbt}}}"
    )
    assert {problem.rule for problem in problems} == {"missing"}


def test_her_language_is_a_value_of_every_fact():
    need = "{tag: A, ask: A?, met_by: {languages.spoken: [her_language, ur]}}"
    found, _ = vocabulary("{a: " + need + "}")
    assert check_facts(found, FACTS, "needs.yaml") == []

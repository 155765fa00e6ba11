"""Problems sort by place, and near words are suggested."""

from bot.problems import Problem, did_you_mean


def test_problems_sort_by_place_and_say_it():
    later = Problem("b.yaml", 2, 1, "error", "two", "rule")
    first = Problem("a.yaml", 9, 1, "warning", "one", "rule")
    assert sorted([later, first]) == [first, later]
    assert str(first) == "a.yaml:9:1: warning: one [rule]"


def test_a_near_word_is_suggested_and_a_far_one_is_not():
    assert did_you_mean("statsu", ["status", "kind"]) == "; did you mean 'status'?"
    assert did_you_mean("xyz", ["status", "kind"]) == ""

"""The plain graph functions, on graphs small enough to draw on a hand."""

from hypothesis import given
from hypothesis import strategies as st

from bot.flows.reach import cycles, dominators, reachable, turned

DIAMOND = {"a": "bc", "b": "d", "c": "d", "d": "e"}


def test_the_roots_are_reached_themselves():
    assert reachable({}, ["a", "b"]) == {"a", "b"}


def test_everything_on_some_way_is_reached():
    assert reachable(DIAMOND, "b") == {"b", "d", "e"}


def test_a_turned_graph_leads_back():
    assert turned({"a": "bc", "b": "c"}) == {"b": ["a"], "c": ["a", "b"]}


def test_a_graph_that_goes_nowhere_twice_has_no_way_round():
    assert cycles(DIAMOND) == []


def test_the_shortest_way_round_is_found():
    assert cycles({"a": "b", "b": "cd", "c": "d", "d": "a"}) == [["a", "b", "d"]]


def test_a_node_may_lead_to_itself():
    assert cycles({"a": "b", "b": "b"}) == [["b"]]


def test_two_ways_round_are_both_found():
    assert cycles({"a": "b", "b": "ac", "c": "d", "d": "c"}) == [["a", "b"], ["c", "d"]]


def test_a_node_stands_in_one_way_round_only():
    assert cycles({"a": "b", "b": "ac", "c": "b"}) == [["a", "b"]]


def test_only_what_all_ways_share_cannot_be_avoided():
    found = dominators(DIAMOND, "a")
    assert found["d"] == {"a", "d"}
    assert found["e"] == {"a", "d", "e"}


def test_a_way_back_changes_nothing():
    assert dominators({**DIAMOND, "e": "bd"}, "a") == dominators(DIAMOND, "a")


def test_the_nearest_to_the_root_stands_first():
    """The order of the work; a set of names had another one each time, and took many rounds."""
    assert list(dominators({"c": "e", "b": "e", "a": "cb"}, "a")) == ["a", "c", "b", "e"]


def test_what_is_not_reached_has_no_say():
    assert dominators({"a": "b", "x": "b"}, "a") == {"a": {"a"}, "b": {"a", "b"}}


@given(st.dictionaries(st.sampled_from("abcdef"), st.text("abcdef", max_size=3), max_size=6))
def test_without_a_dominator_the_node_is_not_reached(graph):
    """The meaning itself: take the node away, and the other is cut off."""
    found = dominators(graph, "a")
    assert found.keys() == reachable(graph, "a")
    for node, unavoidable in found.items():
        for one in found.keys() - {"a"}:
            without = {k: v.replace(one, "") for k, v in graph.items() if k != one}
            cut_off = node not in reachable(without, "a")
            assert (one in unavoidable) == cut_off

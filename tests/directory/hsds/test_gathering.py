"""Gathering: keys with where they came from, one value where one may stand."""

from bot.directory.hsds.gathering import Gathered, own_attributes
from bot.directory.hsds.taxonomy import attribute


def test_blocks_and_lists_become_an_entry():
    into = Gathered()
    for key, text in (
        ("name", "A"), ("contact[0].type", "phone"), ("contact[1].type", "text"),
        ("kind", "support"), ("kind", "detox"), ("age.from", "18"), ("summary.en", "Words."),
    ):  # fmt: skip
        into.put(key, text, "there")
    assert into.entry() == {
        "name": "A", "contact": [{"type": "phone"}, {"type": "text"}], "kind": ["support", "detox"],
        "age": {"from": 18}, "summary": {"en": "Words."},
    }  # fmt: skip


def test_the_same_value_twice_is_one_and_another_is_refused():
    into = Gathered()
    for text in ("A", "A", "B"):
        into.put("name", text, "there")
    assert into.values["name"] == ["A"]
    assert [str(each) for each in into.refusals] == ["there: this says two things of 'name'"]


def test_line_ends_become_spaces_and_nothing_is_no_value():
    into = Gathered()
    into.put("name", " A \n B ", "there")
    into.put("discreet_name", " \n ", "there")
    assert into.entry() == {"name": "A B"}


def test_a_number_that_is_none_is_refused():
    into = Gathered()
    into.put("age.from", "17.5", "there")
    assert into.refusals[0].why == "'17.5' is not a whole number"


def test_a_long_text_of_theirs_is_cut_for_the_editor():
    into = Gathered()
    into.said("fees", "word " * 100)
    into.said("fees", " ")
    assert len(into.asks) == 1
    assert len(into.asks[0]) < 330


def test_own_facts_are_told_from_those_of_others_and_of_other_versions():
    newer = attribute("worker.female", "guaranteed", "service", "x")
    newer["taxonomy_term"]["code"] = "worker.female=always"
    theirs = {"taxonomy_term": {"code": "worker.female=guaranteed", "taxonomy": "theirs"}}
    own = own_attributes([newer, theirs, attribute("worker.male", "no", "service", "x")])
    assert (own.stated, own.unknown) == ((("worker.male", "no"),), 1)

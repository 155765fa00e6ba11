"""The ledger: what was asked for and not found, beside what services state, by standard."""

from bot.counting.ledger import Entry, Standard, Stated, ledger
from tests.counting.simulated import small
from tests.directory.searching import vocabulary

NEEDS = vocabulary("""
schema: 1
needs:
  evening: {tag: Evening, ask: A?, met_by: {times.evening: yes}, promises: [S4, R1]}
  night: {tag: Night, ask: A?, met_by: {times.night: yes}, promises: [S4]}
  weekend: {tag: Weekend, ask: A?, met_by: {times.weekend: yes}, promises: [S4]}
  women: {tag: Women, ask: A?, met_by: {who: women}, promises: [S1, S2]}
  law: {tag: Law, ask: A?, met_by: {kind: legal}, promises: [X3]}
""").needs
STANDARDS = tuple(
    Standard(f"S{each}", f"1{letter}", "", "") for each, letter in enumerate("abcd", 1)
)


def entries(release, stated=None):
    found = ledger(release, NEEDS, STANDARDS, stated or {})
    assert [account.standard for account in found] == list(STANDARDS)
    return {account.standard.promise: account.entries for account in found}


def test_a_need_stands_with_each_standard_that_it_answers():
    found = entries(small(need={"women": 20}))
    assert [each.need for each in found["S1"]] == ["women"]
    assert [each.need for each in found["S2"]] == ["women"]
    assert found["S3"] == ()
    assert "law" not in {each.need for all in found.values() for each in all}


def test_most_often_first_then_as_the_vocabulary_has_them():
    found = entries(small(need={"evening": None, "night": None, "weekend": 15}))
    assert [each.need for each in found["S4"]] == ["weekend", "evening", "night"]


def test_what_is_hidden_stays_hidden_and_what_was_not_counted_is_no_nought():
    found = {each.need: each for each in entries(small(need={"evening": None}))["S4"]}
    assert found["evening"] == Entry("evening", "Evening", True, None, None)
    assert found["night"] == Entry("night", "Night", False, None, None)
    assert not any(each.counted for each in entries(small())["S4"])


def test_what_services_state_stands_beside_it():
    found = entries(small(need={"women": 20}), {"women": Stated(3, 1, 9)})
    assert found["S1"][0].stated == Stated(3, 1, 9)

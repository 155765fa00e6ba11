"""Changes: in words, with a mark wherever she might ring a wrong number."""

import pytest

from bot.directory.changes import changes
from tests.directory.entries import entry

PHONE = "{type: phone, number: 0121 303 0000}"


def told(before, after):
    return list(changes([entry(**before)], [entry(**after)]))


def test_the_same_is_no_change():
    assert told({}, {}) == []
    assert told({"notes": "[a]"}, {"notes": "[b]", "sources": "[{where: x, gives: y}]"}) == []


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (
            {},
            {"worker": "{female: guaranteed}"},
            "a-centre: a woman as key worker: not known -> guaranteed",
        ),
        (
            {"worker": "{female: no}"},
            {},
            "a-centre: a woman as key worker: no -> not known",
        ),
        (
            {"hours": '{open: ["Mo 09:00-17:00"]}'},
            {"hours": '{open: ["Mo 09:00-16:00"]}'},
            "a-centre: the opening hours: Monday, 09:00 to 17:00 -> Monday, 09:00 to 16:00",
        ),
        (
            {},
            {"summary": "{en: A quiet place to talk., pl: Cicho.}"},
            "a-centre: what it is, in a sentence (pl): not known -> Cicho.",
        ),
        ({}, {"status": "paused"}, "a-centre: active -> PAUSED: not shown for now"),
        ({}, {"status": "closed"}, "a-centre: active -> CLOSED: not shown any more"),
        ({}, {"age": "{from: 18}"}, "a-centre: the lowest age: not known -> 18"),
    ],
)
def test_a_change_is_told_in_words(before, after, line):
    assert told(before, after) == [line]


def test_another_number_is_marked():
    other = "{type: phone, number: 0121 303 0001}"
    assert told({}, {"contact": f"[{other}]"}) == [
        "a-centre: phone: 0121 303 0001: the number: 0121 303 0000 -> 0121 303 0001"
        "; check the number"
    ]


def test_a_contact_that_is_gone_and_one_of_another_kind_are_marked():
    other = '{type: webchat, url: "https://a.org"}'
    assert told({}, {"contact": f"[{other}]"}) == [
        "a-centre: contact gone: phone: 0121 303 0000; check the number",
        "a-centre: contact new: online chat: https://a.org; check the number",
    ]


def test_two_contacts_of_different_kinds_may_change_at_once():
    sites = [f'{{type: website, url: "https://{name}.org"}}' for name in "ab"]
    other = "{type: phone, number: 0121 303 0001}"
    found = told({"contact": f"[{PHONE}, {sites[0]}]"}, {"contact": f"[{sites[1]}, {other}]"})
    assert len(found) == 2
    assert all(" -> " in line and line.endswith("; check the number") for line in found)


def test_of_two_numbers_nobody_guesses_which_became_which():
    other, third = (f"{{type: phone, number: 0121 303 000{n}}}" for n in (1, 2))
    assert told({}, {"contact": f"[{other}, {third}]"}) == [
        "a-centre: contact gone: phone: 0121 303 0000; check the number",
        "a-centre: contact new: phone: 0121 303 0001; check the number",
        "a-centre: contact new: phone: 0121 303 0002; check the number",
    ]


def test_a_contact_that_only_moves_in_the_list_is_no_change():
    other = "{type: phone, number: 0121 303 0001}"
    assert told({"contact": f"[{PHONE}, {other}]"}, {"contact": f"[{other}, {PHONE}]"}) == []


def test_what_changes_about_a_contact_is_marked_too():
    cheap = "{type: phone, number: 0121 303 0000, cost: standard}"
    (line,) = told({}, {"contact": f"[{cheap}]"})
    assert line.startswith("a-centre: phone: 0121 303 0000: what it costs: not known -> costs")
    assert line.endswith("; check the number")


def test_a_check_is_news():
    checks = "[{on: 2026-11-05, by: service, how: phone}]"
    assert told({}, {"checks": checks}) == ["a-centre: check new: 5 November 2026, service, phone"]


def test_new_and_gone_entries_are_named():
    assert list(changes([], [entry()])) == [
        "a-centre: NEW entry, active: A Centre",
        "a-centre: phone: 0121 303 0000; check the number",
    ]
    assert list(changes([entry()], [])) == [
        "a-centre: GONE: A Centre; a closed entry should stay as a file"
    ]


def test_an_entry_is_the_same_as_itself(data):
    assert list(changes(data.services, data.services)) == []

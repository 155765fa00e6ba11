"""Drafts: whatever the texts are, the file says exactly them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.directory.hsds.conformity import ODD
from bot.directory.hsds.drafts import draft_text
from bot.documents import Mapping, Scalar, read

ANY = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: not ODD.search(text))


def root(text):
    document, problems = read(text.encode(), "x.yaml")
    assert problems == []
    return document.root


@given(ANY, ANY)
def test_a_text_comes_out_as_it_went_in(name, note):
    found = root(draft_text({"name": name, "notes": [note, name]}, []))
    assert found.get("name").text == name
    assert [item.text for item in found.get("notes").items] == [note, name]


@given(ANY)
def test_a_comment_stays_a_comment(text):
    found = root(draft_text({"name": "a"}, [text]))
    assert [key.text for key, _ in found.entries] == ["name"]


def test_keys_stand_in_the_order_of_the_shape():
    text = draft_text(
        {"cost": {"free": "yes"}, "name": "A", "contact": [{"number": "1", "type": "phone"}]}, []
    )
    assert text == 'name: "A"\ncontact:\n  - type: phone\n    number: 1\ncost:\n  free: yes\n'


def test_what_is_empty_is_written_as_empty():
    found = root(draft_text({"kind": [], "area": {}}, []))
    assert isinstance(found.get("area"), Mapping)
    assert found.get("kind").items == ()


def test_long_comments_are_broken():
    text = draft_text({"name": "a"}, ["word " * 60])
    assert all(len(line) < 100 for line in text.splitlines())


def test_whole_numbers_are_numbers_and_days_are_text():
    found = root(draft_text({"age": {"from": 18}, "verified": {"on": "2026-03-01"}}, []))
    age, on = found.get("age").get("from"), found.get("verified").get("on")
    assert isinstance(age, Scalar)
    assert (age.value, on.value) == (18, "2026-03-01")

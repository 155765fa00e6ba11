"""The taxonomy: each stated fact is an attribute, and an attribute is a fact again."""

import pytest

from bot.directory.hsds.taxonomy import (
    KEYS,
    NATIVE,
    PRIVATE,
    attribute,
    is_ours,
    order_by,
    stated_by,
    taxonomy,
    terms,
)  # fmt: skip
from bot.directory.shape import SHAPE


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("worker.female", "guaranteed"), ("contact[].languages", "pa"), ("hours.open", "24/7"),
        ("sharing.say.ur", "words"), ("places[].travel.en", "Bus 50"), ("hours.bank_holidays", "closed"),
    ],
)  # fmt: skip
def test_a_stated_key_comes_back_from_its_attribute(key, value):
    found = attribute(key, value, "service", "x")
    assert is_ours(found)
    assert stated_by(found) == (key, value)


def test_a_closed_answer_is_in_the_code_so_that_it_survives_without_its_value():
    found = attribute("worker.female", "guaranteed", "service", "x")
    assert found["taxonomy_term"]["code"] == "worker.female=guaranteed"
    assert stated_by({**found, "value": ""}) == ("worker.female", "guaranteed")


@pytest.mark.parametrize(
    "code",
    [
        "worker.female=maybe", "nonsense=yes", "status=active", "notes", "sharing.say.xx", "name",
        "place.address_confirmed_safe=yes", "contact.answered=yes", "hours.open=24/7", "",
    ],
)  # fmt: skip
def test_what_the_taxonomy_does_not_have_says_nothing(code):
    made_up = {"value": "x", "taxonomy_term": {"code": code, "taxonomy": "women-access"}}
    assert stated_by(made_up) is None


def test_attributes_of_others_are_not_ours():
    assert not is_ours({"value": "x", "taxonomy_term": {"code": "worker.female=guaranteed"}})


def test_every_key_is_private_or_carried_by_a_field_or_a_term():
    assert set(SHAPE) == PRIVATE | NATIVE | set(KEYS.values())


def test_every_term_has_what_the_standard_asks_for_and_an_id_of_its_own():
    found = list(terms())
    assert all(term["name"] and term["description"] for term in found)
    assert len({term["id"] for term in found}) == len(found)
    assert {term["taxonomy_id"] for term in found} == {taxonomy()["id"]}


def test_the_order_of_a_contact_is_a_small_number_or_the_last():
    at = attribute("contact[].order", "3", "phone", "x")
    assert order_by([at]) == 3
    assert order_by([{**at, "value": "١"}]) == order_by([]) == 999

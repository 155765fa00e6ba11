"""Contacts in HSDS: a number is a phone, an address a contact, a link or a door a location."""

from tests.directory.entries import entry
from tests.directory.hsds.foreign import exported

CONTACT = """[
  {type: phone, number: 0121 303 0000, cost: standard, answers: ["Mo-Fr 09:00-17:00"], languages: [en, pa]},
  {type: email, address: hello@example.org},
  {type: text, number: "85258", say: HELLO, cost: free, tested: 2026-01-01, answered: yes},
  {type: webchat, url: "https://example.org/chat"},
  {type: walk_in, say_where: The Hall}]"""


def record():
    return exported([entry(contact=CONTACT)])[0]


def codes(found):
    return [each["taxonomy_term"]["code"] for each in found["attributes"]]


def test_numbers_are_phones_with_their_kind_and_languages():
    first, second = record()["phones"]
    assert (first["number"], first["type"], second["type"]) == ("0121 303 0000", "voice", "text")
    assert [each["code"] for each in first["languages"]] == ["en", "pa"]
    assert first["description"] == "answers Mo-Fr 09:00-17:00"


def test_an_address_is_a_contact_without_a_name():
    (found,) = record()["contacts"]
    assert found["email"] == record()["email"] == "hello@example.org"
    assert "name" not in found


def test_a_link_is_a_virtual_location_and_a_door_a_real_one():
    kinds = [each["location"]["location_type"] for each in record()["service_at_locations"]]
    assert kinds == ["virtual", "physical"]


def test_the_order_of_the_entry_is_kept():
    assert codes(record()["phones"][1])[0] == "contact.order"
    assert record()["phones"][1]["attributes"][0]["value"] == "2"


def test_whether_a_test_call_was_answered_stays_with_us():
    assert not [
        code for code in codes(record()["phones"][1]) if "tested" in code or "answered" in code
    ]


def test_the_same_contact_twice_has_two_ids():
    twice = "[{type: phone, number: 0121 303 0000}, {type: phone, number: 0121 303 0000}]"
    first, second = exported([entry(contact=twice)])[0]["phones"]
    assert first["id"] != second["id"]

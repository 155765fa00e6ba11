"""Places in HSDS: where she may go, and not a letter about a place that is hidden."""

import json

from tests.directory.entries import entry
from tests.directory.hsds.foreign import exported

WHERE = "name: Hazel House, town: Smethwick, travel: {en: Bus 87}"


def places(text, **keys):
    found = exported([entry(places=f"[{text}]", **keys)])[0]
    return [each["location"] for each in found["service_at_locations"]]


def test_a_shown_place_has_its_address_and_what_helps_to_come():
    (found,) = places(
        f"{{id: main, address: shown, street: 1 Hill Road, postcode: B12 9AA, step_free: yes, {WHERE}}}"
    )
    (address,) = found["addresses"]
    assert (address["address_1"], address["city"], address["country"]) == (
        "1 Hill Road",
        "Smethwick",
        "GB",
    )
    assert found["transportation"] == "Bus 87"
    assert found["accessibility"][0]["description"] == "Step-free: yes."


def test_what_is_not_known_of_an_address_is_left_empty():
    (found,) = places("{id: main, address: shown, town: Smethwick}")
    assert found["addresses"][0]["address_1"] == found["addresses"][0]["state_province"] == ""


def test_a_hidden_place_leaves_nothing_that_leads_to_it():
    (found,) = places(f"{{id: smethwick-hazel, address: hidden, sign: discreet, {WHERE}}}")
    told = json.dumps(found).casefold()
    assert not [word for word in ("hazel", "smethwick", "bus 87", "address_1") if word in told]
    assert found["description"] == "The address is not published."


def test_a_place_of_which_only_the_area_may_be_known_has_no_address():
    (found,) = places(f"{{id: main, address: area_only, postcode: B66, {WHERE}}}")
    told = json.dumps(found)
    assert found["description"] == "In Smethwick. Ask for the address."
    assert not [word for word in ("Hazel", "B66", "Bus 87", "address_1") if word in told]


def test_that_an_address_was_confirmed_as_safe_is_not_passed_on():
    (found,) = places(
        "{id: main, address: shown, street: 1 Hill Road, address_confirmed_safe: yes}",
        kind="[refuge]",
    )
    assert "confirmed" not in json.dumps(found)

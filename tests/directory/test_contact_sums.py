"""What is locked of an entry, and what makes no difference."""

from bot.directory.contact_sums import contacts_of
from tests.directory.entries import entry

PHONE = "{type: phone, number: 0121 303 0000}"


def sums(**keys):
    return [(one.kind, one.sum) for one in contacts_of(entry(**keys))]


def test_every_way_to_a_service_is_locked():
    service = entry(
        contact=f"[{PHONE}, {{type: website, url: https://example.org}}, "
        "{type: email, address: a@example.org}, {type: walk_in, say_where: The old mill}]",
        organisation="{website: https://example.org/us}",
        places="[{id: main, address: shown, street: 1 Example Street, postcode: B12 9AA}]",
        sessions="[{what: drop_in, where: The library}, {what: group}]",
    )
    found = [(one.kind, one.shown, one.mark.line) for one in contacts_of(service)]
    assert found == [
        ("phone", "0121 303 0000", 9),
        ("website", "https://example.org", 9),
        ("email", "a@example.org", 9),
        ("walk_in", "The old mill", 9),
        ("organisation", "https://example.org/us", 10),
        ("place", "1 Example Street, B12 9AA", 11),
        ("session", "The library", 12),
    ]


def test_a_place_that_leads_nowhere_is_not_locked():
    assert sums(places="[{id: main, address: hidden}]") == sums()


def test_the_same_contact_twice_is_one():
    again = PHONE.replace("}", ", label: office}")
    assert sums(contact=f"[{PHONE}, {again}]") == sums()


def test_spaces_and_capitals_make_no_difference():
    for one, other in (
        (PHONE, "{type: phone, number: +44 (0)121-303 0000}"),
        (
            "{type: website, url: https://example.org}",
            "{type: website, url: HTTPS://Example.org/}",
        ),
        ("{type: email, address: Help@example.org}", "{type: email, address: help@Example.org}"),
    ):
        assert sums(contact=f"[{one}]") == sums(contact=f"[{other}]")


def test_whatever_leads_elsewhere_makes_another_sum():
    contacts = (
        PHONE,
        "{type: phone, number: 0121 303 0001}",
        "{type: text, number: 0121 303 0000}",
        "{type: text, number: 0121 303 0000, say: HELP}",
        "{type: text, number: 0121 303 0000, say: HELLO}",
        "{type: website, url: https://example.org/a}",
        "{type: website, url: https://example.org/A}",
        "{type: relay, number: 18000}",
    )
    found = [sums(contact=f"[{contact}]")[0] for contact in contacts]
    assert len({sum for _, sum in found}) == len(contacts)


def test_both_values_of_a_contact_are_locked():
    assert len(sums(contact="[{type: relay, number: 18000, url: https://example.org}]")) == 2


def test_a_sum_belongs_to_its_entry():
    assert sums(id="other") != sums()


def test_a_street_and_a_name_are_not_the_same_place():
    named = "[{id: a, address: shown, name: 1 Example Street}]"
    assert sums(places=named) != sums(places=named.replace("name:", "street:"))
    hidden = named.replace("shown", "hidden")
    assert sums(places=named) != sums(places=hidden)

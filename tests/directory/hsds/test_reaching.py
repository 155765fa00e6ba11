"""Contacts and places of others: every way in once, no person's name, no address that may harm."""

import re

import pytest

from bot.directory.hsds.reaching import slug
from tests.directory.entries import entry
from tests.directory.hsds.foreign import draft, drafts, exported, uid


def contacts(**keys):
    return [(one.type, one.value) for one in draft(**keys).service.contacts]


def phone(number, **keys):
    return {"id": uid(int(re.sub(r"\D", "", number)) % 99_999 + 50), "number": number, **keys}


def test_numbers_links_and_mail_become_contacts():
    assert contacts(email="hello@example.org") == [
        ("phone", "0121 303 0000"), ("website", "https://example.org/drop-in"),
        ("email", "hello@example.org"),
    ]  # fmt: skip


def test_the_same_number_in_another_form_is_there_once():
    again = [phone("0121 303 0000"), phone("+44 (0)121 303-0000")]
    assert contacts(phones=again, url=None) == [("phone", "0121 303 0000")]


def test_numbers_of_people_places_and_links_are_found_too():
    found = contacts(
        url=None, phones=None,
        contacts=[{"id": uid(30), "name": "Jo Example", "phones": [phone("0121 303 0001")]}],
        service_at_locations=[{"id": uid(4), "phones": [phone("0121 303 0002")],
                               "location": {"id": uid(5), "phones": [phone("0121 303 0003")]}}],
    )  # fmt: skip
    assert [value[-1] for _, value in found] == ["1", "2", "3"]


def test_the_name_of_a_person_stays_out():
    found = draft(contacts=[{"id": uid(30), "name": "Jo Example", "title": "Manager"}])
    assert "Jo Example" not in found.text
    assert 'They say under a contact: "Manager"' in found.asks


@pytest.mark.parametrize(
    ("kind", "type"), [("voice", "phone"), ("sms", "text"), ("textphone", "relay"), ("", "phone")]
)
def test_the_kind_of_a_number_is_kept(kind, type):
    assert contacts(url=None, phones=[phone("0121 303 0000", type=kind)])[0][0] == type


def test_a_fax_is_left_out_and_told():
    found = draft(phones=[phone("0121 303 0000", type="fax")])
    assert [one.type for one in found.service.contacts] == ["website"]
    assert "The number 0121 303 0000 is left out: it is for fax." in found.asks


def test_a_place_has_its_address():
    (place,) = draft().service.places
    assert (place.id, place.address, place.street, place.town, place.postcode) == (
        "the-hall", "shown", "1 Example Street", "Birmingham", "B12 9AA",
    )  # fmt: skip


@pytest.mark.parametrize(
    "words", ["A refuge for women.", "Help after domestic violence.", "For sex workers."]
)
def test_where_women_may_be_looked_for_no_address_comes_in(words):
    found = draft(description=words)
    (place,) = found.service.places
    assert (place.id, place.address, place.name, place.street) == ("place-1", "hidden", None, None)
    told = [line for line in found.text.splitlines() if "Example Street" in line or "B12" in line]
    assert told == []


@pytest.mark.parametrize("key", ["description", "alert", "application_process"])
def test_an_address_in_their_words_about_a_refuge_stays_out_of_the_comments_too(key):
    said = "A refuge. Come to 12 Hazel Grove Road, or to B66 1AA."
    found = draft(name="A Refuge", **{key: said})
    assert not [word for word in ("Hazel", "B66") if word in found.text]
    assert [ask for ask in found.asks if "has an address in it" in ask]


def test_a_virtual_location_is_a_link_and_no_place():
    there = [
        {
            "id": uid(4),
            "location": {"id": uid(5), "location_type": "virtual", "url": "https://example.org"},
        }
    ]
    found = draft(service_at_locations=there).service
    assert found.places == ()
    assert ("website", "https://example.org") in [(one.type, one.value) for one in found.contacts]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Women's Hub", "womens-hub"), ("  Café — Été  ", "cafe-ete"), ("../../etc/passwd", "etc-passwd"),
        ("ਪੰਜਾਬੀ", ""), ("a" * 99, "a" * 60),
    ],
)  # fmt: skip
def test_an_id_is_made_of_small_letters_figures_and_hyphens(name, id):
    assert slug(name) == id


GUARDED = """[{id: hazel, address: shown, name: Hazel House, street: 1 Hill Road, postcode: B12 9AA,
  town: Smethwick, travel: {en: Bus 87}, step_free: yes, address_confirmed_safe: yes}]"""


def test_a_confirmation_cannot_be_imported_so_a_guarded_place_of_ours_comes_back_hidden():
    (record,) = exported([entry(kind="[domestic_abuse]", places=GUARDED)])
    (back,) = drafts(record)
    (place,) = back.service.places
    assert (place.id, place.address) == ("place-1", "hidden")
    assert not [
        word for word in ("Hazel", "hazel", "Hill", "B12", "Smethwick", "87") if word in back.text
    ]
    assert back.service.has("place.step_free")
    assert [ask for ask in back.asks if "Ask whether it may be shown" in ask]

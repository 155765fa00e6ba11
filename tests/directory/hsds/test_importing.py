"""Import: all drafts or none, ids that are nobody else's, and every entry sound."""

from datetime import date

import pytest

from bot.directory.checks import ENTRY_RULES
from bot.directory.findings import Around, Gone
from bot.directory.hsds.importing import drafts_of
from bot.directory.hsds.taxonomy import attribute
from bot.directory.hsds.untrusted import RefusedError
from bot.directory.loader import load_service
from bot.directory.model import Status
from bot.documents import read
from tests.directory.entries import shipped_places
from tests.directory.hsds.foreign import around, draft, drafts, foreign, refused, uid


def test_a_draft_is_a_file_that_the_check_takes():
    found = draft()
    document, unread = read(found.text.encode(), f"directory/services/{found.id}.yaml")
    service, problems = load_service(document)
    broken = [
        finding for rule in ENTRY_RULES if rule.applies(service)
        for finding in rule.find(service, around()) if finding.level == "error"
    ]  # fmt: skip
    assert (unread, problems, broken, service.status) == ([], [], [], Status.DRAFT)


@pytest.mark.parametrize("status", ["active", "inactive", "defunct", "temporarily closed"])
def test_whatever_it_was_elsewhere_it_is_a_draft_here(status):
    assert draft(status=status).service.status is Status.DRAFT


def test_the_file_begins_with_what_to_ask():
    found = draft()
    assert found.text.startswith(
        "# Imported from an import; nobody here has checked it.\n# - Say what"
    )
    assert found.asks[-1].startswith("Ask about: ")
    assert "a woman as key worker" in found.asks[-1]


def test_ids_come_from_names_and_never_meet():
    found = drafts(foreign(), foreign(id=uid(90)), taken={"a-drop-in"})
    assert [each.id for each in found] == ["a-drop-in-2", "a-drop-in-3"]
    assert "There is an entry 'a-drop-in' already. Is this the same service?" in found[0].asks


def test_a_name_without_latin_letters_gets_an_id_from_its_uuid():
    assert draft(name="ਪੰਜਾਬੀ").id == uid(1)[:8]


@pytest.mark.parametrize("id", ["../../etc/passwd", "A", "a" * 81, "a b", "-a"])
def test_an_id_of_ours_that_is_none_is_not_believed(id):
    said = attribute("id", id, "service", uid(1))
    assert draft(attributes=[said]).id == "a-drop-in"


def test_facts_of_our_taxonomy_come_back_as_our_keys():
    facts = [
        ("worker.female", "guaranteed"),
        ("welcomes", "sex_work"),
        ("sharing.say.en", "We ask first."),
    ]
    found = draft(attributes=[attribute(*fact, "service", uid(1)) for fact in facts]).service
    assert found.has("worker.female", "guaranteed")
    assert found.words("sharing.say") == {"en": "We ask first."}


@pytest.mark.parametrize(
    "fact",
    [
        ("status", "active"),
        ("checks[].on", "2026-01-01"),
        ("places[].address_confirmed_safe", "yes"),
    ],
)
def test_nobody_else_can_say_what_only_we_may(fact):
    said = attribute(*fact, "service", uid(1))
    found = draft(attributes=[said])
    assert found.service.status is Status.DRAFT
    assert found.service.checks == ()
    assert "confirmed" not in found.text


def test_a_fault_in_one_service_keeps_all_out():
    with pytest.raises(RefusedError):
        drafts(foreign(), foreign(id=uid(90), status="open"))


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({"phones": [{"id": uid(2), "number": "0121 12"}]},
         "[0].phones[0].number: '0121 12' is not a UK phone number; write it as 0121 234 5678 [phone-not-uk]"),
        ({"name": "Help at www.example.org"},
         "[0].name: there is a link in this text; make it a contact of type website [link-in-text]"),
        ({"assured_date": "2027-01-01"},
         "[0].assured_date: seen 2027-01-01 is in the future; write when it was [future-date]"),
        ({"name": ""}, "[0]: the entry made of this cannot be used: this entry has no 'name'; "
                       "write the name the service goes by"),
    ],
)  # fmt: skip
def test_the_checks_of_our_own_entries_hold_with_the_place_in_their_file(keys, why):
    assert why in refused(foreign(**keys))


def test_a_name_that_must_not_come_back_does_not_come_in():
    gone = Gone("Old Hub", ("Old Hub",), "it closed")
    world = Around(shipped_places(), date(2026, 11, 23), (gone,))
    with pytest.raises(RefusedError) as error:
        drafts_of([foreign(name="The Old Hub")], world)
    assert "must-not-ship" in str(error.value.refusals[0])

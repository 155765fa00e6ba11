"""Export: what a woman may see, in the fields and terms of HSDS, and nothing else."""

import json

import pytest

from tests.directory.entries import entry
from tests.directory.hsds.foreign import exported


def record(**keys):
    return exported([entry(**keys)])[0]


def codes(found):
    return [each["taxonomy_term"]["code"] for each in found.get("attributes", [])]


def test_fields_say_what_they_have_a_field_for():
    found = record(
        discreet_name="The Hub",
        age="{from: 18, to: 65}",
        verified="{on: 2026-03-01, by: service, how: phone}",
        organisation='{name: A Charity, charity_number: "1234567"}',
        referral="{start: {en: Just ring.}}",
        cost="{free: yes}",
    )
    wanted = {
        "alternate_name": "The Hub", "description": "A quiet place to talk.", "status": "active",
        "minimum_age": 18, "maximum_age": 65, "assured_date": "2026-03-01",
        "application_process": "Just ring.", "fees_description": "Free.",
    }  # fmt: skip
    assert {key: found[key] for key in wanted} == wanted
    (charity,) = found["organization"]["organization_identifiers"]
    assert (charity["identifier_scheme"], charity["identifier"]) == ("GB-CHC", "1234567")


def test_facts_are_terms_and_what_is_not_known_is_not_there():
    found = codes(record(worker="{female: guaranteed}", welcomes="[sex_work, asylum]"))
    assert found[-3:] == ["worker.female=guaranteed", "welcomes=sex_work", "welcomes=asylum"]
    assert not [code for code in found if "creche" in code]


def test_facts_are_also_said_in_words():
    found = record(
        welcomes="[sex_work]", not_for="[men]", accepts="{using_now: yes}",
        languages="{interpreter: [pl, any_by_phone]}",
        wait="{first_appointment_weeks: 2, as_of: 2026-11-01}",
    )  # fmt: skip
    assert (
        found["eligibility_description"]
        == "Welcomes: sex work. Not for: men. Accepts using now: yes."
    )
    assert found["interpretation_services"] == "Interpreters: Polish, any language by phone."
    assert found["wait_time"] == "About 2 weeks to a first appointment, as of 2026-11-01."


def test_a_check_of_which_only_the_month_is_known_gets_no_day():
    found = record(verified="{on: 2026-03, by: editor, how: web_page}")
    assert "assured_date" not in found
    assert "verified.on" in codes(found)


def test_rules_for_holidays_stand_in_words_with_the_hours():
    found = record(
        hours='{open: ["Mo 09:00-17:00"], bank_holidays: closed, closed_on: [2026-12-24..2027-01-02]}'
    )
    (schedule,) = found["schedules"]
    assert schedule["description"] == "Bank holidays: closed. Closed 2026-12-24 to 2027-01-02."
    assert schedule["notes"] == "Local time in Europe/London."


def test_a_session_is_one_schedule_a_time_and_the_first_has_its_facts():
    found = record(
        sessions='[{what: drop_in, name: Tea, when: ["Mo 09:00-10:00", "We 09:00-10:00"]}]'
    )
    first, second = found["schedules"]
    assert codes(first) == [
        "sessions.what=drop_in",
        "sessions.name",
        "sessions.when",
        "sessions.when",
    ]
    assert codes(second) == ["sessions.when"]


def test_a_session_without_times_is_a_schedule_without_times():
    (schedule,) = record(sessions="[{what: drop_in}]")["schedules"]
    assert "freq" not in schedule
    assert schedule["description"] == "Drop in."


def test_areas_have_the_names_that_people_use():
    found = record(area="{councils: [birmingham], national: yes, nations: [england]}")
    assert [area["name"] for area in found["service_areas"]] == ["Birmingham", "England"]


PRIVATE = {
    "notes": "[Secret words]",
    "checks": "[{on: 2026-01-01, by: editor, how: phone}]",
    "sources": "[{where: Secret words, gives: all}]",
    "changes": "[{on: 2026-01-01, by: Secret words, what: all}]",
    "check_first": "[hours]",
    "confidence": "low",
    "commissioned_until": "2027-03-31",
    "closed": "{on: 2026-01-01, why: Secret words}",
}


@pytest.mark.parametrize("key", PRIVATE)
def test_what_is_for_editors_never_leaves(key):
    assert record(**{key: PRIVATE[key]}) == record()


def test_the_statuses_are_those_of_the_standard():
    found = [record(status=status)["status"] for status in ("draft", "active", "paused", "closed")]
    assert found == ["inactive", "active", "temporarily closed", "defunct"]


def test_the_same_entry_is_the_same_bytes(data):
    assert json.dumps(exported(data.services)) == json.dumps(exported(data.services))


def test_no_two_records_of_a_table_share_an_id(data):
    seen = {}
    for each in exported(data.services):
        for kind in ("phones", "contacts", "schedules", "service_at_locations", "attributes"):
            for part in each.get(kind, []):
                assert seen.setdefault(part["id"], part) is part

"""Adopting: what another directory says, in our keys; what nobody says stays unknown."""

import pytest

from bot.directory.hsds.taxonomy import attribute
from tests.directory.hsds.foreign import draft, foreign, refused, uid


def test_plain_fields_become_keys():
    found = draft(alternate_name="The Hub").service
    assert (found.name, found.discreet_name) == ("A Drop-in", "The Hub")
    assert found.summary == {"en": "Come in for a talk."}
    assert (found.age_from, found.age_to, found.councils) == (18, 65, ("birmingham",))
    assert found.hours.open == ("Mo-We 09:00-17:00",)
    assert found.facts["languages.spoken"] == {"pl"}


def test_features_are_unknown_and_the_check_of_others_is_not_ours():
    found = draft()
    assert found.service.kinds == ()
    assert not [
        fact for fact in found.service.facts if fact.startswith(("worker", "welcomes", "who"))
    ]
    assert found.service.verified.on is None
    assert found.service.sources[0].seen == "2026-03-01"


def test_their_words_are_put_before_the_editor_as_comments():
    found = draft(eligibility_description="Women over 18.", fees="Free\n# not: a key")
    assert '# - They say under eligibility_description: "Women over 18."' in found.text
    assert 'They say under fees: "Free # not: a key"' in found.asks


@pytest.mark.parametrize(
    "text", ["It is confidential.", "See www.example.org for more.", "We are at B12 9AA, come in."]
)
def test_sentences_that_no_card_may_have_are_left_out_of_the_summary(text):
    found = draft(description=f"Come in for a talk. {text}")
    assert found.service.summary["en"] == "Come in for a talk."
    assert any(text in ask for ask in found.asks)


def test_a_service_without_words_is_summed_up_by_its_name():
    assert draft(description=None).service.summary["en"] == "A Drop-in"


def test_an_area_that_we_do_not_know_is_asked_about():
    found = draft(service_areas=[{"id": uid(8), "name": "Narnia"}])
    assert found.service.councils == ()
    assert "Say for which councils it is, under 'area'." in found.asks
    assert 'They say under service area: "Narnia"' in found.asks


def test_hours_that_lines_cannot_say_are_left_out_and_told():
    found = draft(schedules=[{"id": uid(3), "freq": "MONTHLY", "byday": "-1FR",
                              "opens_at": "09:00", "closes_at": "10:00", "description": "Last Friday"}])  # fmt: skip
    assert found.service.hours.open is None
    assert (
        "The times of [0].schedules[0] are left out: it counts days from the end of the month."
        in found.asks
    )
    assert 'They say under hours: "Last Friday"' in found.asks


def test_times_with_an_offset_or_an_end_are_asked_about():
    found = draft(schedules=[{"id": uid(3), "freq": "WEEKLY", "byday": "MO", "valid_to": "2026-12-31",
                              "opens_at": "09:00Z", "closes_at": "10:00Z"}])  # fmt: skip
    assert [ask for ask in found.asks if "offset" in ask]
    assert [ask for ask in found.asks if "only for some time" in ask]


def test_hours_of_the_only_place_are_those_of_the_service():
    times = {
        "id": uid(3),
        "freq": "WEEKLY",
        "byday": "SA",
        "opens_at": "10:00",
        "closes_at": "12:00",
    }
    there = [{"id": uid(4), "schedules": [times], "location": {"id": uid(5)}}]
    assert draft(schedules=None, service_at_locations=there).service.hours.open == (
        "Sa 10:00-12:00",
    )


def test_an_organisation_of_the_same_name_is_none():
    same = {"id": uid(9), "name": "A Drop-in", "description": ""}
    assert draft(organization=same).service.organisation is None
    other = same | {"name": "A Charity", "organization_identifiers": [
        {"id": uid(10), "identifier_type": "Charity number", "identifier": "1234567"}]}  # fmt: skip
    found = draft(organization=other).service
    assert found.organisation == "A Charity"
    assert found.stated["organisation.charity_number"][0].text == "1234567"


def test_half_a_year_of_age_is_refused():
    why = "[0].minimum_age: '17.5' is not a whole number"
    assert refused(foreign(minimum_age=17.5)) == [why]


def test_facts_of_another_version_of_our_taxonomy_are_counted():
    newer = attribute("worker.female", "guaranteed", "service", uid(1))
    newer["taxonomy_term"]["code"] = "worker.female=always"
    assert (
        "1 facts are of another version of our taxonomy; left out."
        in draft(attributes=[newer]).asks
    )


def test_a_long_description_is_cut_at_a_sentence():
    found = draft(description=" ".join(f"This is sentence {number}." for number in range(60)))
    assert len(found.service.summary["en"]) <= 600
    assert found.service.summary["en"].endswith(".")

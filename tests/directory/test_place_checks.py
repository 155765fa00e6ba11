import pytest

from tests.directory.entries import rules

STREET = "street: 1 Example Street"


@pytest.mark.parametrize("kind", ["refuge", "domestic_abuse", "sex_work"])
@pytest.mark.parametrize("status", ["draft", "active", "closed"])
def test_no_address_of_a_guarded_service_stands_in_the_files(kind, status):
    place = f"[{{id: a, address: shown, {STREET}}}]"
    closed = {"closed": "{why: No money}"} if status == "closed" else {}
    keys = {"kind": f"[{kind}]", "status": status, "places": place, **closed}
    assert rules(**keys) == ["unsafe-address"]


def test_an_address_that_the_service_confirmed_may_stand_there():
    place = f"[{{id: a, address: shown, address_confirmed_safe: yes, {STREET}}}]"
    assert rules(kind="[domestic_abuse]", places=place) == []
    unconfirmed = place.replace("safe: yes", "safe: no")
    assert rules(kind="[domestic_abuse]", places=unconfirmed) == ["unsafe-address"]


def test_other_services_may_show_their_address():
    assert rules(places=f"[{{id: a, address: shown, {STREET}, postcode: B12 9AA}}]") == []


@pytest.mark.parametrize("fact", [STREET, "postcode: B12", "travel: {en: Bus 50 stops outside.}"])
def test_a_hidden_place_has_no_address_at_all(fact):
    place = f"[{{id: a, address: hidden, {fact}}}]"
    assert rules(places=place) == ["hidden-address"]
    assert rules(kind="[refuge]", places=place) == ["hidden-address"]


def test_a_hidden_place_may_have_a_town():
    assert rules(places="[{id: a, address: hidden, town: Dudley}]") == []


def test_other_services_may_have_a_postcode_in_their_text():
    assert rules(summary="{en: Near B12 9AA.}") == []


@pytest.mark.parametrize("postcode", ["B12 9AA", "WV10 0AA", "B12", "SW1A 1AA"])
def test_a_postcode_may_be_whole_or_only_its_first_half(postcode):
    found = rules(places=f"[{{id: a, address: area_only, postcode: {postcode}}}]")
    assert "not-a-postcode" not in found


@pytest.mark.parametrize("postcode", ["b12 9aa", "B129AA", "B12 9A", "Birmingham", "B12  9AA"])
def test_a_postcode_is_written_with_capitals_and_a_space(postcode):
    found = rules(places=f"[{{id: a, address: shown, postcode: {postcode}}}]")
    assert "not-a-postcode" in found


def test_a_place_in_a_stated_council_or_outside_our_area_is_no_problem():
    two = "{councils: [walsall]}"
    assert rules(area=two, places="[{id: a, address: shown, postcode: WS10 0AA}]") == []
    assert rules(places="[{id: a, address: shown, postcode: SW1A 1AA}]") == []
    national = "{national: yes}"
    assert rules(area=national, places="[{id: a, address: shown, postcode: WV1 1AA}]") == []


def test_a_council_nobody_knows_is_a_warning_with_a_hint():
    assert rules(area="{councils: [atlantis]}") == ["unknown-council"]


def test_a_draft_may_still_wait_for_its_area():
    assert rules(area="{must_live_there: no}", status="draft") == []


def test_no_confirmation_makes_the_address_of_a_refuge_safe():
    place = f"[{{id: a, address: shown, address_confirmed_safe: yes, {STREET}}}]"
    assert rules(kind="[housing, refuge]", places=place) == ["unsafe-address"]


@pytest.mark.parametrize(
    "text", ["Come to 12 Acacia Avenue.", "12a High Street", "1 old mill lane", "3 The Close"]
)
def test_a_street_cannot_hide_in_the_words_of_a_guarded_service(text):
    summary = f"{{en: {text}}}"
    assert rules(kind="[refuge]", summary=summary) == ["street-in-text"]
    assert rules(kind="[housing]", summary=summary) == []
    assert rules(kind="[sex_work]", notes=f"[{text}]") == ["street-in-text"]


def test_a_number_of_ways_is_no_street():
    assert rules(kind="[refuge]", summary="{en: There are 24 women on their way.}") == []


def test_a_street_cannot_hide_in_the_name_of_a_hidden_place():
    place = "[{id: a, address: hidden, name: 12 Acacia Avenue}]"
    assert rules(kind="[refuge]", places=place) == ["street-in-text"]


def test_a_street_that_the_service_confirmed_may_stand_in_words_too():
    place = f"[{{id: a, address: shown, address_confirmed_safe: yes, {STREET}}}]"
    summary = "{en: Come to 1 Example Street.}"
    assert rules(kind="[domestic_abuse]", places=place, summary=summary) == []

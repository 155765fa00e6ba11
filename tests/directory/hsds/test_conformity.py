"""Conformity: everything that cannot be right is told with its place, all of it at once."""

import pytest

from bot.directory.hsds.conformity import MOST_REFUSALS, MOST_SERVICES, refusals
from tests.directory.hsds.foreign import foreign, uid


def told(*services, **how):
    return [str(each) for each in refusals(list(services), **how)]


def test_a_sound_service_has_nothing_against_it():
    assert told(foreign()) == []


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({"name": None}, "[0]: a service needs 'name', and this one has none"),
        ({"id": ""}, "[0]: a service needs 'id', and this one has none"),
        ({"name": ["a"]}, "[0].name: this must be text"),
        ({"phones": {}}, "[0].phones: this must be a list"),
        ({"phones": ["0121"]}, "[0].phones[0]: this must be a phone, as an object"),
        ({"organization": []}, "[0].organization: this must be one organization, as an object"),
        ({"phones": [{"id": uid(2)}]}, "[0].phones[0]: a phone needs 'number', and this one has none"),
        ({"minimum_age": "18"}, "[0].minimum_age: '18' is not an age from 0 to 120"),
        ({"minimum_age": True}, "[0].minimum_age: 'True' is not an age from 0 to 120"),
        ({"maximum_age": 300}, "[0].maximum_age: '300' is not an age from 0 to 120"),
        ({"url": "javascript:alert(1)"},
         "[0].url: 'javascript:alert(1)' is not a web address; it must start with https://"),
        ({"url": "https://[example.org"},
         "[0].url: 'https://[example.org' is not a web address; it must start with https://"),
        ({"email": "jo at example"}, "[0].email: 'jo at example' is not an e-mail address"),
        ({"description": "Ring <b>now</b>."},
         "[0].description: there is markup in this text; it must be plain words"),
        ({"name": "A&nbsp;B"}, "[0].name: there is markup in this text; it must be plain words"),
        ({"name": "A\u202eB"}, "[0].name: there is the hidden character U+202E in this text"),
        ({"name": "A\x1b[2J"}, "[0].name: there is the hidden character U+001B in this text"),
        ({"name": "A\ud800"}, "[0].name: there is the hidden character U+D800 in this text"),
        ({"description": "a" * 10_001}, "[0].description: this text has more than 10000 characters"),
        ({"minimun_age": 18},
         "[0].minimun_age: a service has no such key; did you mean 'minimum_age'?"),
        ({"a\u202eb\n": 1}, "[0].a?b: a service has no such key"),
        ({"languages": [{"id": uid(7)}, {"id": uid(7)}]},
         "[0].languages[1].id: this id is in the list twice"),
    ],
)  # fmt: skip
def test_one_thing_wrong_is_one_sentence(keys, why):
    assert told(foreign(**keys)) == [why]


def test_a_service_may_be_there_once_only():
    assert told(foreign(), foreign()) == [
        f"[1].id: the service {uid(1)} is there twice; first as [0]"
    ]


def test_keys_that_say_nothing_are_no_fault():
    assert told(foreign(alternate_name="", alert="") | {"wait_time": None}) == []


def test_unknown_keys_may_be_passed_over_when_somebody_asks_for_it():
    assert told(foreign(theirs={"any": "thing"}), skip_unknown=True) == []


def test_the_page_is_part_of_the_place():
    assert told(foreign(name=1), at="contents") == ["contents[0].name: this must be text"]


def term(number, parent):
    about = {"id": uid(number), "name": "a", "description": "b", "parent_id": uid(parent)}
    return {"id": uid(number + 100), "taxonomy_term": about}


@pytest.mark.parametrize(
    "pairs", [[(20, 20)], [(20, 21), (21, 20)], [(20, 21), (21, 22), (22, 21)]]
)
def test_terms_that_go_round_in_a_circle_are_told(pairs):
    found = foreign(attributes=[term(*pair) for pair in pairs])
    assert told(found) == ["all: the parent_ids of taxonomy terms go round in a circle"]


def test_a_long_chain_of_terms_is_no_circle():
    assert (
        told(foreign(attributes=[term(number, number + 1) for number in range(200, 1200)])) == []
    )


def test_organisations_that_own_each_other_are_told():
    about = {"id": uid(9), "name": "a", "description": "", "parent_organization_id": uid(9)}
    assert "circle" in told(foreign(organization=about))[0]


def test_a_flood_of_faults_ends():
    assert len(told(*[{"id": uid(n)} for n in range(300)])) == MOST_REFUSALS


def test_a_flood_of_services_is_not_looked_at():
    (why,) = told(*[{}] * (MOST_SERVICES + 1))
    assert why == f"all: there are more than {MOST_SERVICES} services; split it"

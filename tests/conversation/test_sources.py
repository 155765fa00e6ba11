"""Where choices that are not in a flow come from."""

import pytest

from bot.conversation.sources import PARSERS, SOURCES, area, parsers, sources


@pytest.fixture
def made(data, world):
    return sources(
        ("en", "ur"),
        data.places,
        lambda council: [s for s in world.material.services.values() if council in s.councils],
        {"kikit"},
    )


def test_the_names_are_the_ones_that_check_knows(made):
    assert set(made) == SOURCES
    assert set(parsers()) == PARSERS


def test_languages_and_councils_are_always_the_same(made):
    assert made["languages"].options({}, ()) == ("en", "ur")
    assert "walsall" in made["councils"].options({}, ())
    assert len(made["councils"].options({}, ())) == 14


@pytest.mark.parametrize(
    ("answers", "councils"),
    [
        ({}, ()),
        ({"triage.area": "walsall"}, ()),
        ({"triage.area": "B29"}, ("birmingham",)),
        ({"triage.area": "LE1"}, ()),
    ],
)
def test_the_councils_of_an_outward_code(made, answers, councils):
    assert tuple(made["councils_of_area"].options(answers, ())) == councils


def test_an_outward_code_may_lie_in_several_councils(made):
    found = made["councils_of_area"].options({"triage.area": "B43"}, ())
    assert set(found) == {"sandwell", "walsall", "birmingham"}


def test_services_near_need_a_place(made):
    assert made["services_near"].options({}, ()) == ()
    assert made["services_near"].options({"triage.area": "LE1"}, ()) == ()
    assert made["services_near"].options({"triage.area": "B29"}, ())
    assert made["services_near"].options({"triage.council": "walsall"}, ())


def test_the_area_is_found_among_all_answers(data):
    answers = {"a": "yes", "b": ("x", "y"), "c": None, "triage.area": "B43", "d": "walsall"}
    assert area(answers, data.places) == ("walsall", "B43")
    assert area({}, data.places) == (None, None)


def test_what_was_just_shown_can_be_hidden_first_wherever_it_is(made):
    found = made["services_near"].options(
        {"triage.area": "walsall"}, ("cranstoun-worcestershire",)
    )
    assert found[0] == "cranstoun-worcestershire"
    assert len(found) == len(set(found)) > 1


def test_a_place_that_is_hidden_already_is_still_known(made):
    assert made["services_near"].knows("kikit")
    assert not made["services_near"].knows("nobody")
    assert not made["councils"].knows("kikit")

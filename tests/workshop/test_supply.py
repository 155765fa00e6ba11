"""Supply: talks made by lot, the same every time, for each council."""

from dataclasses import replace
from random import Random

from bot.directory.index import build
from bot.workshop.supply import Supply, supply
from tests.workshop.examples import small


def test_every_council_has_lists_and_few_are_empty(world, moment):
    found = supply(world, moment, Random(1), talks=2)  # noqa: S311
    assert list(found) == list(world.places.councils)
    assert all(each.lists > 0 for each in found.values())
    assert all(each.without <= each.unstated <= each.lists for each in found.values())


def test_where_a_service_states_all_she_must_have_nothing_is_left_to_ask(world, moment):
    steps = (
        "area: {ask: Where?, choices_from: councils, skip: never}\nfound: {results: services}\n"
    )
    end = "over: {end: done}"
    nothing = supply(small(world, steps + end), moment, Random(1), 1)["walsall"]  # noqa: S311
    assert nothing == Supply(1, 0, 0)
    rare = "rare: {ask: Rare?, choices: {a: {label: A, must: [deaf, creche, residential]}}}\n"
    much = supply(small(world, rare + steps + end), moment, Random(1), 3)["walsall"]  # noqa: S311
    assert much == Supply(1, 0, 1)


def test_the_same_lot_gives_the_same_talks(world, moment):
    assert supply(world, moment, Random(7), 1) == supply(world, moment, Random(7), 1)  # noqa: S311


def test_an_empty_directory_gives_empty_lists(world, moment):
    lines = [service for service in world.material.services.values() if service.national]
    index = build(lines, world.material.vocabulary, world.places, moment.date(), {})
    empty = replace(world, index=index)
    found = supply(small(empty), moment, Random(1), talks=2)["walsall"]  # noqa: S311
    assert found.without == found.lists > 0


def test_talks_without_a_list_of_services_are_no_lists(world, moment):
    talk = small(world, "one: {ask: One?, choices: {a: A}}\nover: {end: done}")
    assert set(supply(talk, moment, Random(1), talks=1).values()) == {Supply(0, 0)}  # noqa: S311


def test_a_list_with_nothing_to_press_goes_on_as_if_nothing_was_found(world, moment):
    steps = """
        area: {ask: Where?, choices_from: councils}
        found: {results: services, empty: none}
        none: {say: None.}
        over: {end: done}
    """
    found = supply(small(world, steps), moment, Random(1), talks=1)  # noqa: S311
    assert found["walsall"].lists == 1

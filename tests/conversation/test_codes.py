"""Codes: short stand-ins that say nothing, and that lead back to one id or to none."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.codes import LENGTH, code_of, codes

ids = st.text("abcdefghijklmnopqrstuvwxyz._-0123456789", min_size=1, max_size=60)
TWINS = ("647c1e2ab34f", "e5e1acace453")  # two ids of one code, found in twenty million tries
SHAPE = re.compile(rf"[A-Za-z0-9_-]{{{LENGTH}}}")


@given(st.lists(ids))
def test_every_code_leads_back_to_its_id(names):
    found = codes(names)
    assert all(found[code_of(name)] == name for name in names)


@given(st.text(max_size=300))
def test_every_code_has_one_length_and_plain_letters(id):
    assert SHAPE.fullmatch(code_of(id))


def test_a_code_is_the_same_in_every_run():
    """A button that was drawn before the program was started anew must still mean something."""
    assert code_of("leave") == "I4l_i0Ta"


@given(ids, ids)
def test_two_ids_have_two_codes(one, other):
    assert (code_of(one) == code_of(other)) == (one == other)


def test_an_id_that_is_named_twice_keeps_its_code():
    assert codes(["leave", "leave"]) == {code_of("leave"): "leave"}


@pytest.mark.parametrize("names", [TWINS, TWINS[::-1], (*TWINS, *TWINS)])
def test_a_code_that_two_ids_share_means_nothing(names):
    """Harm prevented: a button must never give an answer that did not stand on it."""
    assert len({code_of(name) for name in names}) == 1
    assert codes(["leave", *names]) == {code_of("leave"): "leave"}


def test_no_ids_have_no_codes():
    assert codes([]) == {}


def test_what_was_never_an_id_leads_nowhere():
    assert code_of("gone") not in codes(["leave", "urgent"])


# ---- the shipped world


def test_no_two_ids_of_the_shipped_world_share_a_code(world):
    plan = world.material.plan
    named = {
        *plan.steps,
        *plan.intents,
        *(id for one in plan.steps.values() for id in one.effects),
    }
    assert named <= set(world.codes.values())
    assert len(set(world.codes.values())) == len(world.codes)


def test_every_choice_of_every_source_has_a_code(world):
    known = set(world.codes.values())
    assert all(names.keys() <= known for names in world.material.names.values())


@pytest.mark.parametrize("word", ["hide", "open", "leave", "urgent", "back", "skip"])
def test_every_button_that_works_everywhere_has_a_code(world, word):
    assert world.codes[code_of(word)] == word


def test_no_code_says_what_it_stands_for(world):
    for code, id in world.codes.items():
        assert not [
            part for part in re.split(r"\W|_", id) if len(part) > 3 and part in code.lower()
        ]

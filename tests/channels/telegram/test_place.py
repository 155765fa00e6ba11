"""Places: what a place keeps of a chat, and that it comes back from the store as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.place import MOST_HELPED, MOST_LITTER, Place, unpack_place

numbers = st.integers(-(2**52), 2**52)
ids = st.integers(1, 2**31)
places = st.builds(
    Place,
    chat=numbers,
    card=ids,
    after=ids,
    unsure=st.integers(0, 1),
    page=st.integers(0, 9),
    turn=ids,
    begun=ids,
    newest=ids,
    helped=st.lists(ids, max_size=MOST_HELPED).map(tuple),
    litter=st.lists(ids, max_size=MOST_LITTER).map(tuple),
)


@given(places)
def test_a_place_comes_back_as_it_was(place):
    assert unpack_place(place.packed()) == place


def test_a_place_is_kept_as_numbers_and_nothing_else():
    place = Place(
        501, card=7, after=6, page=1, turn=3, begun=8, newest=9, helped=(1,), litter=(4, 5)
    )
    assert place.packed() == "501 7 6 0 1 3 8 9;1;4 5"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "{}",
        "null",
        "nowhere",
        "7",
        "1 2 3",
        "1 2 3 4 5 6",
        "1 2 3 4 5 6 7 8",
        "1 2 3 4 5 6 7;;",
        "1 2 3 4 5 6 7 8 9;;",
        "1 2 3 4 5 6 7 eight;;",
        "1 2 3 4 5 6 7 8;;;",
        "1 2 3 4 5 6 7 8;x;",
        "∞",
    ],
)
def test_what_is_no_place_is_none(text):
    assert unpack_place(text) is None


@given(
    st.text()
    | st.lists(st.integers() | st.floats()).map(lambda all: " ".join(map(str, all)) + ";;")
)
def test_no_text_in_the_store_makes_the_reading_fail(text):
    found = unpack_place(text)
    assert found is None or all(
        type(number) is int for number in (*found[:8], *found.helped, *found.litter)
    )


@given(st.integers(0, 40), places)
def test_a_place_that_was_cut_off_is_never_another_chat(end, place):
    found = unpack_place(place.packed()[:end])
    assert found is None or found.chat == place.chat


# ---- litter


def test_litter_stands_once_and_in_the_order_it_came():
    assert Place(1, litter=(5,)).with_litter(7, 5, 6).litter == (5, 7, 6)


def test_the_card_is_never_litter():
    assert Place(1, card=7, litter=(5,)).with_litter(6, 7).litter == (5, 6)


def test_no_card_is_no_litter():
    assert Place(1).with_litter(0, 5).litter == (5,)


def test_what_was_deleted_is_no_litter_any_more():
    assert Place(1, litter=(4, 5, 6)).without_litter((6, 4, 9)).litter == (5,)


@given(st.lists(ids, max_size=100))
def test_litter_stays_short_enough_to_be_kept(messages):
    place = Place(2**52, 2**31, 2**31, 1, 9, 2**31, 2**31).with_litter(*messages)
    for number in messages:
        place = place.with_update(number, number)
    assert len(place.litter) <= MOST_LITTER
    assert len(place.packed()) < 1000


# ---- updates


@given(st.lists(ids, min_size=1))
def test_the_newest_update_is_the_one_with_the_highest_number(updates):
    place = Place(1)
    for number in updates:
        place = place.with_update(number)
    assert place.newest == max(updates)


def test_only_the_last_presses_for_help_are_known():
    place = Place(1)
    for number in range(MOST_HELPED + 2):
        place = place.with_update(number, number)
    assert place.helped == tuple(range(2, MOST_HELPED + 2))

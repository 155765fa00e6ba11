"""Epochs: keys that follow from one another, and what never opens again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sessions.sealing import (
    EPOCH_SECONDS,
    KEY_BYTES,
    Epochs,
    derive,
)
from tests.sessions.clocks import Clock
from tests.sessions.epochs import KEEP, LATEST, in_memory, keys_in

NOW = 1000.25
ROW = b"0123456789abcdef0123456789abcdef"
SECRET = b"triage.children"


def test_the_next_epoch_has_another_key_that_follows_from_the_last(clock, path):
    epochs = Epochs(clock, KEEP, path)
    clock.seconds += EPOCH_SECONDS
    epochs.wipe_old()
    first, second = keys_in(path)
    assert second == derive(first, "linnet next epoch") != first


def test_what_a_key_is_for_changes_the_key():
    assert derive(bytes(KEY_BYTES), "one") != derive(bytes(KEY_BYTES), "another")


@given(
    keep=st.integers(1, 20_000),
    before=st.integers(0, 20_000),
    meanwhile=st.lists(st.floats(0, 1), max_size=5),
)
def test_what_was_sealed_opens_as_long_as_it_is_to_be_kept(keep, before, meanwhile):
    clock = Clock()
    epochs = in_memory(clock, keep)
    clock.seconds = before
    sealed = epochs.seal(SECRET, ROW)
    for part in [*sorted(meanwhile), 1]:
        clock.seconds = before + keep * part
        epochs.wipe_old()
        assert epochs.open(sealed, ROW) == SECRET


@given(st.floats(0, 20_000), st.lists(st.floats(0, LATEST), max_size=5))
def test_what_is_older_can_never_be_read_again(before, meanwhile):
    clock = Clock()
    epochs = in_memory(clock)
    clock.seconds = before
    sealed = epochs.seal(SECRET, ROW)
    for seconds in [*sorted(meanwhile), LATEST]:
        clock.seconds = before + seconds
        epochs.wipe_old()
    assert epochs.open(sealed, ROW) is None


def test_the_file_holds_no_key_that_was_wiped(clock, path):
    epochs = Epochs(clock, KEEP, path)
    first = keys_in(path)
    clock.seconds += LATEST
    epochs.wipe_old()
    assert first[0] not in keys_in(path)
    assert len(keys_in(path)) == KEEP // EPOCH_SECONDS + 1


def test_wiping_before_anything_is_old_wipes_nothing(clock, path):
    epochs = Epochs(clock, KEEP, path)
    sealed = epochs.seal(SECRET, ROW)
    epochs.wipe_old()
    assert epochs.open(sealed, ROW) == SECRET


@pytest.mark.parametrize("away", [0, EPOCH_SECONDS, KEEP])
def test_a_restart_opens_what_was_sealed_before(clock, path, away):
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    clock.seconds += away
    again = Epochs(clock, KEEP, path)
    again.wipe_old()
    assert again.open(sealed, ROW) == SECRET


def test_what_is_sealed_after_a_restart_opens_after_the_next(clock, path):
    Epochs(clock, KEEP, path)
    clock.seconds += 3 * EPOCH_SECONDS
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    clock.seconds += EPOCH_SECONDS
    assert Epochs(clock, KEEP, path).open(sealed, ROW) == SECRET


def test_after_a_long_time_a_restart_opens_what_is_to_be_cleaned_up_until_the_first_wiping(
    clock, path
):
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    clock.seconds += 10 * LATEST
    assert Epochs(clock, KEEP, path).open(sealed, ROW) == SECRET


def test_a_restart_after_a_long_time_opens_nothing_old(clock, path):
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    clock.seconds += LATEST
    again = Epochs(clock, KEEP, path)
    again.wipe_old()
    assert again.open(sealed, ROW) is None


def test_what_another_program_sealed_in_a_new_quarter_opens(clock, path):
    one, other = Epochs(clock, KEEP, path), Epochs(clock, KEEP, path)
    clock.seconds += EPOCH_SECONDS
    assert other.open(one.seal(SECRET, ROW), ROW) == SECRET


def test_two_programs_over_one_file_read_each_other(clock, path):
    one, other = Epochs(clock, KEEP, path), Epochs(clock, KEEP, path)
    clock.seconds += 2 * EPOCH_SECONDS
    sealed = one.seal(SECRET, ROW)
    other.wipe_old()
    assert other.open(sealed, ROW) == SECRET


@pytest.mark.parametrize("days", [1, 40])
def test_a_jump_of_days_does_no_harm(clock, path, days):
    epochs = Epochs(clock, KEEP, path)
    old = epochs.seal(SECRET, ROW)
    clock.seconds += days * 86_400
    new = epochs.seal(SECRET, ROW)
    epochs.wipe_old()
    assert (epochs.open(old, ROW), epochs.open(new, ROW)) == (None, SECRET)


def test_a_jump_makes_no_keys_that_nothing_was_sealed_with(clock, path):
    epochs = Epochs(clock, KEEP, path)
    clock.seconds += 40 * 86_400
    epochs.seal(SECRET, ROW)
    assert len(keys_in(path)) <= KEEP // EPOCH_SECONDS + 2


def test_a_clock_that_goes_back_loses_nothing(clock):
    epochs = in_memory(clock)
    clock.seconds += 5 * EPOCH_SECONDS
    sealed = epochs.seal(SECRET, ROW)
    clock.seconds -= 4 * EPOCH_SECONDS
    epochs.wipe_old()
    assert epochs.open(sealed, ROW) == SECRET


def test_keys_in_memory_only_end_with_the_program(clock):
    sealed = in_memory(clock).seal(SECRET, ROW)
    assert in_memory(clock).open(sealed, ROW) is None

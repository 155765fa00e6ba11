"""Shared epochs: what several machines with one root can open, and what nobody can any more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sessions.sealing import EPOCH_SECONDS, KEY_BYTES, epoch_of
from bot.sessions.shared_epochs import SharedEpochs
from tests.sessions.clocks import Clock

ROOT, OTHER = bytes(range(KEY_BYTES)), bytes(KEY_BYTES)
NOW = 1_790_000_100.0  # an epoch began 600 seconds before
KEEP = 6300
ROW, SECRET = b"row", b"her answers"


@pytest.fixture
def epochs(clock):
    return SharedEpochs(ROOT, clock, KEEP)


def machine(seconds=NOW, root=ROOT, keep=KEEP):
    """Another machine, whose clock stands."""
    return SharedEpochs(root, Clock(seconds), keep)


def test_what_one_machine_sealed_opens_on_another(epochs):
    assert machine().open(epochs.seal(SECRET, ROW), ROW) == SECRET
    assert epochs.open(machine().seal(SECRET, ROW), ROW) == SECRET


def test_another_root_opens_nothing(epochs):
    assert machine(root=OTHER).open(epochs.seal(SECRET, ROW), ROW) is None


def test_in_another_row_nothing_opens(epochs):
    assert epochs.open(epochs.seal(SECRET, ROW), b"another") is None


def test_a_clock_that_is_an_epoch_ahead_is_believed_and_one_further_is_not(epochs):
    ahead = machine(NOW + EPOCH_SECONDS).seal(SECRET, ROW)
    assert epochs.open(ahead, ROW) == SECRET
    assert epochs.open(machine(NOW + 2 * EPOCH_SECONDS).seal(SECRET, ROW), ROW) is None


def test_a_clock_that_is_behind_is_believed_as_long_as_things_are_kept(epochs):
    assert epochs.open(machine(NOW - KEEP).seal(SECRET, ROW), ROW) == SECRET


@given(keep=st.integers(1, 20_000), begin=st.floats(0, 2e9), passed=st.floats(0, 1))
def test_what_was_sealed_opens_as_long_as_it_is_to_be_kept(keep, begin, passed):
    clock = Clock(begin)
    epochs = SharedEpochs(ROOT, clock, keep)
    sealed = epochs.seal(SECRET, ROW)
    clock.seconds += keep * passed
    epochs.wipe_old()
    assert epochs.open(sealed, ROW) == SECRET


@given(keep=st.integers(1, 20_000), begin=st.floats(0, 2e9))
def test_two_epochs_after_its_time_nothing_opens(keep, begin):
    clock = Clock(begin)
    epochs = SharedEpochs(ROOT, clock, keep)
    sealed = epochs.seal(SECRET, ROW)
    clock.seconds += keep + 2 * EPOCH_SECONDS
    assert epochs.open(sealed, ROW) is None


def test_a_clock_that_is_put_back_opens_nothing_of_tomorrow(clock, epochs):
    sealed = epochs.seal(SECRET, ROW)
    clock.seconds -= 86_400
    assert epochs.open(sealed, ROW) is None


def test_the_next_epoch_has_another_key(clock, epochs):
    first = epochs.seal(SECRET, ROW)
    clock.seconds += EPOCH_SECONDS
    assert epoch_of(epochs.seal(SECRET, ROW)) == epoch_of(first) + 1
    # As if it had been sealed a quarter of an hour later.
    moved = first[:1] + (epoch_of(first) + 1).to_bytes(4, "big") + first[5:]
    assert epochs.open(moved, ROW) is None


def test_old_ciphers_are_forgotten_and_those_in_use_are_not(clock, epochs):
    sealed = [epochs.seal(SECRET, ROW)]
    for _ in range(12):
        clock.seconds += EPOCH_SECONDS
        sealed.append(epochs.seal(SECRET, ROW))
        epochs.wipe_old()
    assert len(epochs._ciphers) == KEEP // EPOCH_SECONDS + 1
    opened = [epochs.open(each, ROW) for each in sealed]
    assert opened == [None] * 5 + [SECRET] * 8


@given(st.binary(max_size=80))
def test_no_bytes_make_opening_raise_or_keep_a_key(data):
    epochs = machine()
    assert epochs.open(data, ROW) is None
    assert set(epochs._ciphers) <= {int(NOW // EPOCH_SECONDS) + n for n in range(-9, 2)}

"""The limits: a burst, then slowly, in a table that never grows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.limits import BURST, EVERY, ROWS, SLOTS, Limits


class Seconds:
    """Seconds that only a test moves."""

    def __init__(self, now=1000.0):
        self.now = now

    def __call__(self):
        return self.now


def allowed(limits, name, times):
    return [limits.allows(name) for _ in range(times)].count(True)


def test_so_many_at_once_and_then_none():
    limits = Limits(Seconds(), b"secret")
    assert [limits.allows("a") for _ in range(BURST + 2)] == [True] * BURST + [False] * 2


def test_after_each_pause_one_more():
    seconds = Seconds()
    limits = Limits(seconds, b"secret")
    allowed(limits, "a", BURST)
    for _ in range(3):
        seconds.now += EVERY
        assert [limits.allows("a"), limits.allows("a")] == [True, False]


def test_what_was_refused_is_not_counted():
    seconds = Seconds()
    limits = Limits(seconds, b"secret")
    allowed(limits, "a", 1000)
    seconds.now += EVERY
    assert limits.allows("a")


def test_after_a_long_pause_no_more_than_a_burst():
    seconds = Seconds()
    limits = Limits(seconds, b"secret")
    allowed(limits, "a", BURST)
    seconds.now += 1e6
    assert allowed(limits, "a", 100) == BURST


def test_at_the_very_start_a_burst_is_allowed():
    assert allowed(Limits(Seconds(0.0), b"secret"), "a", 100) == BURST


def test_one_name_slows_no_other():
    limits = Limits(Seconds(), b"secret")
    allowed(limits, "a", 100)
    assert limits.allows("b")


def test_two_names_in_one_slot_share_their_burst():
    limits = Limits(Seconds(), b"secret", slots=1)
    assert allowed(limits, "a", 7) + allowed(limits, "b", 100) == BURST


def test_another_secret_puts_names_elsewhere():
    """Harm prevented: nobody can choose a name that slows the talk of somebody he knows."""
    together = []
    for secret in (b"one", b"two"):
        limits = Limits(Seconds(), secret, burst=1, slots=64)
        limits.allows("a")
        together.append([limits.allows(str(number)) for number in range(200)])
    assert together[0] != together[1]


def test_the_table_is_as_large_for_many_as_for_one():
    limits = Limits(Seconds(), b"secret")
    before = len(limits._moments) * limits._moments.itemsize
    for number in range(10_000):
        limits.allows(str(number))
    assert before == len(limits._moments) * limits._moments.itemsize == ROWS * SLOTS * 8


@settings(deadline=None)
@given(
    st.integers(1, 8),
    st.sampled_from([0.25, 0.5, 1.0, 2.0]),
    st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, 4.0]), max_size=60),
)
def test_in_no_time_more_than_a_burst_and_what_has_come_since(burst, every, pauses):
    seconds = Seconds()
    limits = Limits(seconds, b"secret", burst, every, slots=1)
    taken = 0
    for pause in pauses:
        seconds.now += pause
        taken += limits.allows("a")
        assert taken <= burst + (seconds.now - 1000) / every


@pytest.mark.parametrize("every", [0.02, 0.1, 0.3, 1.0])
@pytest.mark.parametrize("burst", [3, 20, 100])
def test_a_burst_is_as_many_as_it_says(burst, every):
    assert allowed(Limits(Seconds(12345.678), b"secret", burst, every), "a", 200) == burst

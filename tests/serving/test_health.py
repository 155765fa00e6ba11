"""Health: one word when all is well, and a line for each fault until it is over."""

import itertools

import pytest

from bot.serving.health import STALLED_SECONDS, Health


class Clock:
    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def health(clock):
    return Health(clock)


def test_all_is_well_at_the_start(health):
    assert (health.page(), health.faults(), health.data_last_good) == ("ok", (), False)


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        ("data_refused", "data refused"),
        ("old_directory", "data refused"),
        ("telegram_refused", "telegram down"),
    ],
)
def test_a_fault_is_told_until_it_is_over(health, fact, line):
    setattr(health, fact, True)
    assert health.page() == f"degraded\n{line}"
    setattr(health, fact, False)
    assert health.page() == "ok"


def test_a_stall_is_told_for_a_minute(health, clock):
    health.stalled()
    clock.seconds += STALLED_SECONDS - 0.1
    assert health.page() == "degraded\nloop stalled"
    clock.seconds += 0.1
    assert health.page() == "ok"


def test_every_fault_has_its_line_and_no_other_words_are_ever_said(clock):
    allowed = {"ok", "degraded", "data refused", "loop stalled", "telegram down"}
    for refused, old, revoked, stalled in itertools.product([False, True], repeat=4):
        health = Health(clock, refused, old, revoked, clock() if stalled else None)
        lines = health.page().split("\n")
        assert set(lines) <= allowed
        assert len(lines) - 1 == (refused or old) + revoked + stalled

"""No bytes stop a reader, cost more than their length is worth, or are half taken."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.mutating import mutated, noise
from tests.fuzz.table import READERS
from tests.fuzz.working import counted

LEAST_CALLS = 20_000  # what a reader does for any input, such as asking for each key it knows

QUICK = settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
LONG = settings(QUICK, max_examples=2_000, derandomize=False)


@pytest.fixture(scope="module", autouse=True)
def _warm():
    """What is worked out once for ever is nobody's work."""
    for reader in READERS.values():
        reader.read(reader.samples()[0])


def tried(reader, data):
    """What the reader makes of the bytes, held to all that it promises."""

    def read():
        try:
            return reader.read(data)
        except reader.refuses:
            return None

    found, calls = counted(read)
    assert calls <= LEAST_CALLS + reader.calls * len(data)
    if found is not None:
        reader.holds(data, found)


@pytest.mark.parametrize("name", READERS)
def test_real_input_is_read(name):
    reader = READERS[name]
    for sample in reader.samples():
        reader.holds(sample, reader.read(sample))


@QUICK
@given(data=st.data())
@pytest.mark.parametrize("name", READERS)
def test_noise_does_no_harm(name, data):
    tried(READERS[name], data.draw(noise()))


@QUICK
@given(data=st.data())
@pytest.mark.parametrize("name", READERS)
def test_real_input_that_was_changed_does_no_harm(name, data):
    reader = READERS[name]
    tried(reader, data.draw(mutated(reader.samples())))


@pytest.mark.soak
@LONG
@given(data=st.data())
@pytest.mark.parametrize("name", READERS)
def test_for_hours_nothing_does_harm(name, data):
    reader = READERS[name]
    tried(reader, data.draw(noise() | mutated(reader.samples())))

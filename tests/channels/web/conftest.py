"""An application for each test."""

import pytest

from tests.channels.web.served import Served


@pytest.fixture
def served(world, moment):
    return Served(world, moment)


@pytest.fixture
def made(world, moment):
    """Makes a fresh one, also for each example of Hypothesis."""
    return lambda **more: Served(world, moment, **more)

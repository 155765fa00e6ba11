"""A talk with the shipped flows and directory, for each test."""

import pytest

from tests.talk import Talk


@pytest.fixture
def talk(world, moment):
    return Talk(world, moment)

"""What these tests share: a talk with the shipped flows and directory, a voice, an entry."""

import pytest

from tests.talk import Talk


@pytest.fixture
def talk(world, moment):
    return Talk(world, moment)


@pytest.fixture
def english(world):
    """Her words, where she reads English."""
    return world.catalogues.voice("en")


@pytest.fixture
def service(world):
    """An entry of the shipped directory."""
    return world.material.services["cgl-birmingham"]

"""The whole of Telegram's side of the bot on fakes, for each test."""

import pytest

from tests.channels.telegram.fakes import Wired


@pytest.fixture
def wired(world, moment):
    return Wired(world, moment)

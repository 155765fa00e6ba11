"""What many tests share: the shipped data, read once, at one moment of one day."""

from datetime import UTC, datetime

import pytest

from bot import app
from bot.settings import Settings
from tests.recorded import recorded_world

# A Monday morning in winter, 10:30 in London.
MOMENT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def moment():
    return MOMENT


@pytest.fixture(scope="session")
def data():
    return app.read_data(app.folders(Settings()))


@pytest.fixture(scope="session")
def world(data):
    return app.build_world(data, Settings(), MOMENT.date())


@pytest.fixture(scope="session")
def recorded(world, data, tmp_path_factory):
    """The shipped world with everything read aloud."""
    return recorded_world(world, data, tmp_path_factory.mktemp("recorded"))

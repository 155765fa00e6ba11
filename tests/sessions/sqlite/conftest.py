"""A SQLite store in a folder of its own."""

import pytest

from bot.sessions.sqlite import SqliteStore
from tests.sessions.stores import LIVES


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sessions.db"


@pytest.fixture
def store(path, clock):
    store = SqliteStore(path, clock, LIVES)
    yield store
    store.close()

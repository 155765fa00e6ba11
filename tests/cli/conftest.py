"""What the tests of commands share."""

import shutil

import pytest

from tests.cli.running import ROOT


@pytest.fixture
def own_data(tmp_path):
    """A copy of the data that a test may break."""
    for name in ("flows", "directory", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path

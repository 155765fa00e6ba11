"""What the tests of commands share."""

import shutil

import pytest

from tests.cli.running import ROOT
from tests.locales.shelves import copy_few


@pytest.fixture
def own_data(tmp_path):
    """A copy of the data that a test may break."""
    for name in ("flows", "directory"):
        shutil.copytree(ROOT / name, tmp_path / name)
    copy_few(tmp_path / "locales", "ur", "pl")
    return tmp_path

"""Where the tests of this room keep their files."""

import pytest

from tests.sessions.disks import quick_folder


@pytest.fixture
def tmp_path():
    """A folder as sessions are kept in: on a disk every checkpoint would wait for the platter."""
    with quick_folder() as folder:
        yield folder

"""What the tests of this room share: where files are kept, a clock, a server."""

import pytest

from tests.sessions.clocks import Clock
from tests.sessions.disks import quick_folder
from tests.sessions.servers import running


@pytest.fixture
def tmp_path():
    """A folder as sessions are kept in: on a disk every checkpoint would wait for the platter."""
    with quick_folder() as folder:
        yield folder


@pytest.fixture
def clock(request):
    """It stands at the `NOW` of the test's module, or at 0 where there is none."""
    return Clock(getattr(request.module, "NOW", 0.0))


@pytest.fixture
def path(tmp_path):
    """Where the file of the epochs is."""
    return tmp_path / "epochs"


@pytest.fixture(scope="module")
def server():
    """One server for all tests of a module that do it no harm."""
    with running() as found:
        yield found

"""One language server for all tests of the editor.

It is installed by itself, pinned by hashes. Without node and npm the tests are left out and say
so; with CI=true nothing is left out.
"""

import subprocess
from pathlib import Path

import pytest

from tests.editor import language_server
from tests.editor.language_server import LanguageServer
from tests.leaving_out import leave_out

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def server():
    if missing := language_server.missing():
        leave_out(f"not installed: {missing}; as root: apt-get install nodejs npm")
    try:
        language_server.install()
    except subprocess.SubprocessError as error:
        leave_out(f"npm could not install the language server: {error}")
    server = LanguageServer(ROOT)
    yield server
    server.close()

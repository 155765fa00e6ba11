"""Every store, one after the other."""

from contextlib import ExitStack

import pytest

from bot.sessions.sealed import SealedStore
from bot.sessions.sealing import Epochs
from tests.sessions.servers import PROGRAMS
from tests.sessions.stores import MOST, NAMES, make, on_server


@pytest.fixture(params=NAMES)
async def store(request, clock, tmp_path):
    program = request.param.removeprefix("sealed ")
    if program not in PROGRAMS:
        with ExitStack() as end:
            yield make(request.param, clock, tmp_path, end)
        return
    found = on_server(program, clock)
    sealed = request.param.startswith("sealed")
    yield SealedStore(found, Epochs(clock, MOST, None)) if sealed else found
    await found.close()

"""What tests of threats share: a session at every step of the shipped flows that waits."""

import pytest

from bot.flows.graph import asked_again, reads_after
from bot.simulator import Ahead, walk
from tests.test_simulator import SAMPLES, SOURCE_READS

STEPS = 40  # the shipped flows have more, so a walk that ends early is seen


@pytest.fixture(scope="session")
def sessions(world, data):
    """A session at every step, in every interrupt that it can stand in."""
    ahead = Ahead(reads_after(data.flows, SOURCE_READS), asked_again(data.flows))
    found = {}
    for stride in walk(world.material.plan, ahead, SAMPLES):
        session = stride.after.session
        if session is not None:
            found.setdefault((session.at, session.stack), session)
    assert len({at for at, _ in found}) > STEPS
    return list(found.values())

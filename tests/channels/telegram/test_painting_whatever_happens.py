"""Painting: whatever happens, one card is left, and after leaving none and nothing kept."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.channels.telegram.fakes import Wired
from tests.channels.telegram.stories import Story, happenings


@pytest.fixture
def wire(world, moment):
    """Makes a channel; a function, because Hypothesis prints what it is given."""
    return lambda: Wired(world, moment)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(happened=st.lists(happenings, max_size=12))
async def test_whatever_happens_one_card_is_left_and_after_leaving_none(wire, happened):
    """But for two cases: she deletes the card, the next one is sent unseen, and then a crash; and
    a message of hers that nothing is kept of is asked to be deleted once."""
    story, kinds = Story(wire()), {what for what, *_ in happened}
    for what, *rest in happened:
        if not (what == "deletes the card" and "crashes" in kinds):
            await story.tell(what, *rest)
    story.wired.api.calm()
    await story.wait(3, times=14)
    assert len(story.telling()) <= 1
    await story.wired.text("leave")
    await story.wait(3, times=14)
    assert story.telling() == []
    assert story.of_hers() == [] or ("fails", "delete") in {each[:2] for each in happened}
    assert await story.wired.everything() == []

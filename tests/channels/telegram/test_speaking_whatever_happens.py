"""Speaking, whatever happens: no voice message stays, whoever fails and in whatever order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.faults import Fault
from tests.channels.telegram.fakes import Wired, data_of
from tests.channels.telegram.player import LISTEN, PLAY, to_player
from tests.channels.telegram.stories import Story, happenings


@pytest.fixture
def wire(recorded, moment):
    return lambda: Wired(recorded, moment)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    first=st.lists(
        st.sampled_from(
            [
                ("say", Fault.UNREACHABLE, True),
                ("say", Fault.UNREACHABLE, False),
                ("say", Fault.WAIT, False),
                ("edit", Fault.UNREACHABLE, True),
                ("delete", Fault.UNREACHABLE, False),
            ]
        ),
        max_size=3,
    ),
    happened=st.lists(happenings | st.just(("hears",)), max_size=8),
)
async def test_whatever_happens_after_she_played_it_nothing_stays(wire, first, happened):
    story, kinds = Story(wire()), {what for what, *_ in happened}
    wired = story.wired
    await to_player(wired)
    for method, fault, effect in first:
        wired.api.fail(method, fault, seconds=1, effect=effect)
    for what, *rest in [("hears",), *happened]:
        if what == "hears":
            await hears(story)
        elif not (what == "deletes the card" and "crashes" in kinds):
            await story.tell(what, *rest)
    wired.api.calm()
    await story.wait(3, times=14)
    assert len(wired.api.heard()) <= 2  # no card of the way there has more texts
    await wired.text("leave")
    await story.wait(3, times=14)
    assert (wired.api.heard(), story.telling()) == ([], [])
    assert await wired.everything() == []


async def hears(story):
    """She presses "Listen" or "Play it now" where the newest card has it."""
    cards = story.wired.api.cards()
    if cards:
        card = max(cards)
        data = data_of(cards[card])
        pressed = data.get(PLAY) or data.get(LISTEN)
        if pressed:
            await story.wired.press_data(pressed, card)

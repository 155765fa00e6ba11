"""The gate: a person acts often and then slowly, new talks share a bucket, help always passes."""

import pytest

from bot.channels.limits import BURST, HELP, NEW_AT_ONCE
from bot.channels.telegram.gate import ACT_SECONDS, START_SECONDS, STARTS, gate
from bot.conversation.messages import Again, Button, Done, Start, Switch, Typed, Word
from bot.exceptions import StoreUnavailable
from tests.channels.telegram.fakes import Clock

PRESS = Button("triage.area", ("birmingham",), 3)
IN_A_TALK = (PRESS, Switch("a.b", "c", True, 2), Done("a.b", 2), Again(), Typed("x"), Word("back"))
BEGINNING = (Start(), Start(anew=False), Typed("hello"), Word("language"))


class Door:
    """A gate before somebody in a talk, or before nobody."""

    def __init__(self, *, stands=True):
        self.clock = Clock()
        self.gate = gate(self.clock, b"secret")
        self.stands = stands
        self.asked = 0

    async def passes(self, act, person="her"):
        return await self.gate.passes(person, act, "help".__eq__, self._stands)

    async def _stands(self):
        self.asked += 1
        if self.stands is None:
            raise StoreUnavailable("a test wants it so")
        return self.stands

    async def taken(self, act, times, person="her"):
        return sum([await self.passes(act, person) is not None for _ in range(times)])

    def crowd(self):
        """As many new talks as there may be at once."""
        for _ in range(NEW_AT_ONCE):
            self.gate.began()


@pytest.fixture
def door():
    return Door()


# ---- one person


@pytest.mark.parametrize("act", IN_A_TALK)
async def test_a_person_may_act_often_and_then_slowly(door, act):
    assert await door.taken(act, 100) == BURST
    door.clock.seconds += 4 * ACT_SECONDS
    assert await door.taken(act, 100) == 4


async def test_one_who_acts_too_often_slows_nobody_else(door):
    await door.taken(PRESS, 100)
    assert await door.taken(PRESS, 100, "another") == BURST


@pytest.mark.parametrize("act", [*map(Word, HELP), Typed("help")])
async def test_help_hiding_and_leaving_always_pass(door, act):
    door.crowd()
    door.stands = False
    await door.taken(PRESS, 100)
    assert await door.taken(act, 100) == 100


async def test_calls_for_help_take_nothing_from_what_she_may_do(door):
    await door.taken(Word("urgent"), 100)
    assert await door.taken(PRESS, 100) == BURST


async def test_an_act_that_passes_is_the_act(door):
    for act in (*IN_A_TALK, *BEGINNING):
        assert await door.passes(act) == act


async def test_who_starts_too_often_goes_on_with_the_talk_that_stands(door):
    start = Start("pl", "walsall")
    begun = [await door.passes(start) for _ in range(STARTS + 2)]
    assert begun == [start] * STARTS + [Start("pl", "walsall", anew=False)] * 2
    door.clock.seconds += START_SECONDS
    assert await door.passes(start) == start


async def test_who_left_may_always_come_back(door):
    """Harm prevented: a woman who has to leave in a hurry ten times would stand before nothing."""
    door.stands = False
    assert await door.taken(Start(), BURST) == BURST


# ---- everybody


@pytest.mark.parametrize("act", BEGINNING)
async def test_new_talks_of_all_people_have_one_bucket(door, act):
    door.stands = False
    door.crowd()
    assert await door.passes(act) is None
    door.clock.seconds += 0.1
    assert await door.passes(act) == act


@pytest.mark.parametrize("act", [*IN_A_TALK, Start(anew=False)])
async def test_who_is_in_a_talk_feels_nothing_of_many_new_ones(door, act):
    door.crowd()
    assert await door.passes(act) == act


async def test_a_new_start_is_a_new_talk_for_whoever_is_in_one(door):
    door.crowd()
    assert await door.passes(Start()) is None


@pytest.mark.parametrize("act", [PRESS, Again()])
async def test_what_begins_no_talk_passes_without_one(door, act):
    door.stands = False
    door.crowd()
    assert await door.passes(act) == act


async def test_the_store_is_asked_only_where_there_is_no_room(door):
    for act in (*IN_A_TALK, *BEGINNING):
        await door.passes(act)
    assert door.asked == 0


async def test_without_a_store_typed_words_still_bring_the_urgent_card(door):
    door.stands = None
    door.crowd()
    assert await door.passes(Typed("hello")) == Typed("hello")

"""Sweeping: what may stand is deleted in as few calls as do, and what has to stay stops nothing."""

import logging

import pytest

from bot.channels.telegram.faults import Fault, TelegramFault
from bot.channels.telegram.place import MOST_LITTER, Place
from bot.channels.telegram.sweeping import SWEPT, Sweeping
from tests.channels.telegram.fakes import HER, FakeApi


@pytest.fixture
def api():
    """A chat in which ten messages stand."""
    made = FakeApi()
    for _ in range(10):
        made.wrote()
    return made


def asked(api):
    """What each call was to delete."""
    return [call.messages for call in api.made("delete")]


async def test_nothing_costs_no_call(api):
    await Sweeping(api).tidy(HER, (0, 0))
    await Sweeping(api).between(HER, 3, 4)
    assert api.calls == []


async def test_no_card_counts_as_none(api):
    await Sweeping(api).tidy(HER, (3, 0, 5))
    assert asked(api) == [(3, 5)]


@pytest.mark.parametrize("fault", [Fault.GONE, Fault.REFUSED])
async def test_what_has_to_stay_keeps_nothing_else_from_going(api, fault, caplog):
    caplog.set_level(logging.INFO)
    api.stuck.add(4)
    api.fail("delete", fault)
    await Sweeping(api).tidy(HER, (3, 4, 5))
    assert asked(api) == [(3, 4, 5), (3,), (4,), (5,)]
    assert set(api.chats[HER]) == {1, 2, 4, 6, 7, 8, 9, 10}
    assert caplog.messages == ["messages-stay"]


async def test_many_that_have_to_stay_are_not_all_asked_for_alone(api):
    api.stuck.add(1)
    await Sweeping(api).tidy(HER, range(1, 1 + SWEPT))
    assert len(api.calls) == 1 + MOST_LITTER


@pytest.mark.parametrize("fault", [Fault.UNREACHABLE, Fault.WAIT, Fault.BLOCKED])
async def test_what_may_not_have_come_to_pass_is_told(api, fault):
    api.fail("delete", fault)
    with pytest.raises(TelegramFault):
        await Sweeping(api).tidy(HER, (3,))


async def test_between_two_messages_neither_goes(api):
    await Sweeping(api).between(HER, 3, 7)
    assert asked(api) == [(4, 5, 6)]


async def test_of_very_many_those_beside_either_end_go(api):
    await Sweeping(api).between(HER, 10, 10 + 5 * SWEPT)
    (ids,) = asked(api)
    half = SWEPT // 2
    assert ids == (*range(11, 11 + half), *range(10 + 5 * SWEPT - half, 10 + 5 * SWEPT))


@pytest.mark.parametrize(("after", "card"), [(3, 6), (6, 3)])
async def test_beside_a_card_all_goes_but_what_is_known(api, after, card):
    await Sweeping(api).beside(Place(HER, card=card, after=after), card)
    assert set(api.chats[HER]) == {1, 2, 3, 6} | ({4, 5} if card < after else set())

"""Lanes: one act of one person at a time, and nothing left behind."""

import asyncio
from itertools import pairwise

import pytest

from bot.channels.telegram.lanes import Lanes
from tests.channels.telegram.fakes import ANOTHER, HER, quiet


class Diary:
    """Acts that last until they are let go, with the order in which they began and ended."""

    def __init__(self):
        self.lanes = Lanes()
        self.lines = []
        self.gate = asyncio.Event()

    async def act(self, name, person=HER):
        async with self.lanes.of(person):
            self.lines.append(f"{name} begins")
            await self.gate.wait()
            self.lines.append(f"{name} ends")


@pytest.fixture
def diary():
    return Diary()


async def test_acts_of_one_person_come_one_after_the_other_in_their_order(diary):
    tasks = [asyncio.create_task(diary.act(number)) for number in range(50)]
    await quiet()
    assert diary.lines == ["0 begins"]
    diary.gate.set()
    await asyncio.gather(*tasks)
    assert diary.lines == [f"{n} {did}" for n in range(50) for did in ("begins", "ends")]


async def test_different_people_do_not_wait_for_each_other(diary):
    tasks = [asyncio.create_task(diary.act(who, who)) for who in (HER, ANOTHER)]
    await quiet()
    assert diary.lines == [f"{HER} begins", f"{ANOTHER} begins"]
    diary.gate.set()
    await asyncio.gather(*tasks)


async def test_no_lock_is_left_when_nobody_is_served(diary):
    """Harm prevented: a lock that stays would say who has been here."""
    diary.gate.set()
    await asyncio.gather(*(diary.act(number, number % 7) for number in range(500)))
    assert len(diary.lanes) == 0


async def test_there_is_a_lock_only_for_who_is_served(diary):
    tasks = [asyncio.create_task(diary.act(n, person)) for n, person in enumerate((1, 1, 2))]
    await quiet()
    assert len(diary.lanes) == 2
    diary.gate.set()
    await asyncio.gather(*tasks)


async def test_an_act_that_fails_lets_the_next_one_in(diary):
    with pytest.raises(RuntimeError):
        async with diary.lanes.of(HER):
            raise RuntimeError
    diary.gate.set()
    await diary.act("next")
    assert len(diary.lanes) == 0


async def test_an_act_that_is_given_up_while_it_waits_leaves_no_lock(diary):
    first, second = (asyncio.create_task(diary.act(n)) for n in (1, 2))
    await quiet()
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    diary.gate.set()
    await first
    assert len(diary.lanes) == 0
    assert diary.lines == ["1 begins", "1 ends"]


async def test_many_people_with_many_acts_at_once_keep_their_orders():
    lanes, done = Lanes(), []

    async def act(person, number):
        async with lanes.of(person):
            await asyncio.sleep(0)
            done.append((person, number))

    await asyncio.gather(*(act(person, number) for number in range(20) for person in range(50)))
    for person in range(50):
        hers = [number for who, number in done if who == person]
        assert all(one < other for one, other in pairwise(hers))
    assert len(done) == 1000

"""The faults of the machine under a bot that runs: disk, database, clock, and standing still."""

import asyncio
import os
import random
import time
from datetime import timedelta

import pytest

from bot.serving.watchdog import SECONDS, STALL_SECONDS
from tests.chaos.blackhole import BlackHole, Way
from tests.chaos.filling import filled
from tests.chaos.spoiling import flip, truncate
from tests.chaos.stopping import pause
from tests.sessions.disks import small_disk
from tests.telegram.rig import ID, IDLE, MOST, asks, card_of, life, press
from tests.telegram.running import Served, eventually

DAY = timedelta(days=1)
STATIC = ["Urgent help", "Leave and wipe"]


# ---- a full disk (23)


@pytest.fixture
def disk(tmp_path):
    (tmp_path / "small").mkdir()
    with small_disk(tmp_path / "small", "1m") as disk:
        yield disk


async def until_static(fake, rig):
    """People who begin until nothing more can be kept; the last one."""
    for number in range(400):
        person = fake.person(ID + 1 + number)
        await person.start("l-en")
        await rig.settle()
        if card_of(person).labels == STATIC:
            return person
    raise AssertionError("the disk is not full")


async def kept(rig, people):
    """What the store still has of these people."""
    keys = [key for person in people for key in rig.keys(str(person.id))]
    return [stored for key in keys if (stored := await rig.file.load(key))]


async def test_fault_23_on_a_full_disk_help_and_wiping_work_and_new_talks_get_a_fixed_card(
    fake, world, disk, clock
):
    async with life(fake, world, disk, clock) as rig:
        talks = [fake.person(ID - number) for number in range(2)]
        for talk in talks:
            await talk.start("l-en")
            await rig.settle()
        with filled(disk):
            new = await until_static(fake, rig)
            assert asks(new, "In danger now? Ring 999.")
            await press(rig, new, "Urgent help")
            assert asks(new, "999")
            for talk in talks:
                await press(rig, talk, "Urgent help")
                assert asks(talk, "999")
                await press(rig, talk, "Leave and wipe")
                assert talk.visible == []
            assert not await kept(rig, talks)
        await new.start("l-en")
        await rig.settle()
        assert asks(new, "Is this a good time")


# ---- a database that is broken (24)


def garbage(path):
    path.write_bytes(os.urandom(path.stat().st_size))


@pytest.mark.parametrize("spoil", [truncate, garbage], ids=["truncated", "garbage"])
async def test_fault_24_a_broken_database_is_put_aside_and_the_program_starts(
    fake, tmp_path, spoil
):
    async with Served(fake, tmp_path) as served:
        assert await eventually(served.serving, 60)
        person = fake.person(ID)
        await person.start("l-en")
        # What was not confirmed yet comes again, and nobody remembers it with the database gone.
        assert await eventually(lambda: person.card and not person.on_its_way, 60)
        before = person.card
        served.kill()
        path = served.store / "sessions.db"
        path.with_name("sessions.db-wal").unlink(missing_ok=True)
        spoil(path)
        served.start()
        assert await eventually(served.serving, 60)
        await person.press(before.id, "Yes")
        assert await eventually(lambda: card_of(person).text == "Nothing is open.")
        await person.press(before.id, "Open")
        assert await eventually(lambda: asks(person, "Which language would you like?"))
        assert path.with_name("sessions.db.broken").is_file()
        assert served.process.poll() is None


async def test_fault_24_any_flipped_bit_leaves_a_program_that_starts(fake, world, tmp_path, clock):
    chance = random.Random(24)  # noqa: S311  # the same seed flips the same bits
    async with life(fake, world, tmp_path, clock) as rig:
        await fake.person(ID).start("l-en")
        await rig.settle()
    for _ in range(20):
        flip(tmp_path / "sessions.db", chance)
        async with life(fake, world, tmp_path, clock) as rig:
            await fake.person(ID).start("l-en")
            await rig.settle()
            assert len([one for one in fake.person(ID).visible if one.from_bot]) >= 1


# ---- a time of day that jumps (26)


@pytest.mark.parametrize("jump", [DAY, -DAY], ids=["on", "back"])
async def test_fault_26_a_day_that_jumps_lets_no_talk_live_longer(rig, clock, talk, jump):
    """The clock that never goes back is the machine's; talks end by that one."""
    clock.moment += jump
    await press(rig, talk, card_of(talk).labels[0])
    assert card_of(talk).labels
    for _ in range(int(MOST // IDLE) + 1):
        await rig.later(IDLE + 1)
    assert rig.file._database.execute("select count(*) from sessions").fetchone() == (0,)
    assert [one.text for one in talk.visible] in ([], ["Nothing is open."])
    await talk.start("l-en")
    await rig.settle()
    assert asks(talk, "Is this a good time")


# ---- standing still (37)


async def test_fault_37_a_program_that_stood_still_says_so_and_goes_on(fake, tmp_path):
    async with Served(fake, tmp_path) as served:
        assert await eventually(served.serving, 60)
        person = fake.person(ID)
        await person.start("l-en")
        assert await eventually(lambda: person.card)
        before = served.events("loop-stalled")
        await pause(served.process, SECONDS + STALL_SECONDS + 1)
        await person.press(person.card.id, "Yes")
        assert await eventually(lambda: asks(person, "Where should we look?"))
        assert await eventually(lambda: served.events("loop-stalled") > before)


# ---- a way to Telegram that is cut (30, 31)


@pytest.mark.parametrize("way", [Way.REFUSED, Way.HELD_BEFORE], ids=str)
async def test_fault_30_telegram_that_cannot_be_reached_is_reached_again(fake, tmp_path, way):
    await through_a_hole(fake, tmp_path, way)


@pytest.mark.parametrize("way", [Way.HELD_AFTER, Way.CUT], ids=str)
async def test_fault_31_answers_that_do_not_come_leave_one_card(fake, tmp_path, way):
    await through_a_hole(fake, tmp_path, way)


async def through_a_hole(fake, folder, way):
    """Her press comes while the way is so; soon after it is open again her card is right."""
    port = int(fake.base.rpartition(":")[2].partition("/")[0])
    async with BlackHole(port) as hole:
        address = f"http://127.0.0.1:{hole.port}/bot"
        async with Served(fake, folder, LINNET_TELEGRAM_API=address) as served:
            person = fake.person(ID)
            await person.start("l-en")
            assert await eventually(lambda: person.card and not person.on_its_way, 60)
            hole.turn(way)
            await person.press(person.card.id, "Yes")
            await asyncio.sleep(1)
            hole.turn(Way.OPEN)
            ended = time.monotonic()
            assert await eventually(lambda: asks(person, "Where should we look?"))
            assert time.monotonic() - ended <= 10
            assert served.process.poll() is None

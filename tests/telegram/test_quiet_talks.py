"""Talks that go quiet: they hide and leave by themselves, also after a restart."""

from bot.channels.telegram.tending import Tending
from tests.telegram.rig import HIDE, IDLE, asks, card_of, life, press


async def test_a_quiet_card_is_hidden_and_opened_again(rig, talk):
    await rig.later(HIDE + 1)
    assert card_of(talk).text == "Paused."
    await press(rig, talk, "Open")
    assert asks(talk, "Is this a good time")


async def test_pending_hides_survive_a_restart(fake, world, tmp_path, clock, rig, talk):
    await rig.later(0)
    await rig.die()
    clock.seconds += HIDE + 1
    async with life(fake, world, tmp_path, clock) as after:
        await after.tending.tend(unpainted=True)
        await after.painter.rest(5)
        assert card_of(talk).text == "Paused."


async def test_a_card_with_numbers_stays_while_she_rings(rig, talk):
    await press(rig, talk, "Urgent help")
    await rig.later(HIDE + 1)
    assert asks(talk, "Ring 999")
    await rig.later(600)
    assert card_of(talk).text == "Paused."


async def test_a_recipe_is_not_hidden(rig, talk):
    await press(rig, talk, "Someone is here")
    await rig.later(HIDE + 1)
    assert asks(talk, "Lentil soup")


async def test_after_a_long_time_the_chat_is_emptied(fake, rig, talk):
    await press(rig, talk, "Yes")
    await rig.later(IDLE + 1)
    assert talk.visible == []
    assert rig.file._database.execute("select count(*) from sessions").fetchone() == (0,)


async def test_however_busy_a_talk_ends_after_its_longest_time(rig, talk):
    for _ in range(4):
        await rig.later(1500)
        if talk.card is None:
            break
        await press(rig, talk, card_of(talk).labels[0])
    assert talk.visible == []


async def test_after_two_days_down_the_card_at_least_says_nothing(
    fake, world, tmp_path, clock, rig, talk
):
    card = card_of(talk)
    fake.chats.age(card.id, 49)
    await rig.die()
    clock.seconds += 49 * 3600
    async with life(fake, world, tmp_path, clock) as after:
        await after.tending.tend(unpainted=True)
        await after.painter.rest(5)
        assert card_of(talk).text == "Bye for now."


def test_the_tending_has_nothing_of_its_own(rig):
    """It is made anew with each life: all it knows stands in the store."""
    assert set(vars(Tending(rig.turns, rig.painter))) == {"_turns", "_painter"}

"""The faults of the safety study, by number: those of Telegram and of sessions.

`docs/reliability.md` says where the tests of the others are; `tests/reliability_page.py` finds them
by their names.
"""

import asyncio
import shutil
import signal
import time
from dataclasses import replace

import aiohttp
import pytest

from bot.channels.telegram.place import unpack_place
from tests.telegram.fakeapi.faults import Fault
from tests.telegram.rig import HIDE, ID, IDLE, asks, card_of, life, press
from tests.telegram.running import ROOT, Served, eventually


async def unseen_card(fake, rig, times=1):
    """A person whose first card came though Telegram never said so, `times` times; then the end."""
    person = fake.person(ID)
    fake.faults.next("sendMessage", Fault("hang_after"), times=times)
    await person.start()
    await rig.polling.once()
    assert await eventually(lambda: person.card)
    first = person.card
    await rig.die()
    return person, first


# ---- ends in the middle of something (1 to 4, 43)


async def test_fault_1_an_end_before_the_commit_loses_and_doubles_nothing(
    fake, world, tmp_path, clock, rig, talk
):
    await talk.press(card_of(talk).id, "Yes")
    await rig.api.updates(rig.polling.confirmed, 0)  # taken from Telegram, and nothing done
    await rig.die()
    async with life(fake, world, tmp_path, clock) as after:
        await after.settle()
        assert asks(talk, "Where should we look?")


async def test_fault_2_an_end_before_the_edit_is_repaired_without_a_tap(
    fake, world, tmp_path, clock, rig, talk
):
    fake.faults.next("editMessageText", Fault("reset_before"))
    await talk.press(card_of(talk).id, "Yes")
    await rig.polling.once()
    await rig.die()
    assert asks(talk, "Is this a good time")
    async with life(fake, world, tmp_path, clock) as after:
        await after.tending.tend(unpainted=True)
        await after.painter.rest(5)
        assert asks(talk, "Where should we look?")


async def test_fault_3_an_end_before_the_first_card_is_known_leaves_one_card(
    fake, world, tmp_path, clock, rig
):
    person, _ = await unseen_card(fake, rig)
    async with life(fake, world, tmp_path, clock) as after:
        await after.tending.tend(unpainted=True)
        await after.painter.rest(5)
        assert fake.chats.sends(ID) == 2
        await press(after, person, "English")
        assert asks(person, "Is this a good time")


async def test_a_card_found_by_her_press_and_a_second_one_become_one(
    fake, world, tmp_path, clock, rig
):
    """Killed twice while the first card was sent, and she pressed in between."""
    person, first = await unseen_card(fake, rig, times=2)
    async with life(fake, world, tmp_path, clock) as second:
        await second.tending.tend(unpainted=True)
        assert await eventually(lambda: len(person.visible) > 2)
        await person.press(first.id, "English")
        await second.polling.once()
    async with life(fake, world, tmp_path, clock) as third:
        await third.tending.tend(unpainted=True)
        await third.settle()
        assert asks(person, "Is this a good time")


async def test_fault_4_a_polite_stop_during_a_long_poll_is_quick_and_confirms_nothing(
    fake, tmp_path
):
    async with Served(fake, tmp_path) as served:
        assert await eventually(served.serving, 60)
        began = time.monotonic()
        assert served.stop() == 0
        assert time.monotonic() - began < 5
        await fake.person(ID).start()
        assert len(fake.unconfirmed) == 1


async def test_a_card_swept_away_by_one_nobody_knows_of_comes_back_without_a_tap(
    fake, world, tmp_path, clock, rig
):
    """She pressed the first of two cards; the end came when it was swept and not yet replaced."""
    person, first = await unseen_card(fake, rig, times=2)
    async with life(fake, world, tmp_path, clock) as second:
        await second.tending.tend(unpainted=True)
        assert await eventually(lambda: len(person.visible) > 2)
        await person.press(first.id, "English")
        fake.faults.next("editMessageText", Fault("reset_before"), times=9)
        await second.polling.once()
    await person.delete(first.id)
    async with life(fake, world, tmp_path, clock) as third:
        await third.tending.tend(unpainted=True)
        await third.painter.rest(5)
        assert asks(person, "Is this a good time")


# ---- twice, late, out of order (5 to 10)


async def test_fault_5_an_update_delivered_a_hundred_times_has_one_effect(fake, rig, talk):
    await talk.press(card_of(talk).id, "Next question")
    (update,) = fake.unconfirmed
    fake.deliver_again(update["update_id"], times=99)
    await rig.settle()
    assert asks(talk, "Where should we look?")


async def test_fault_6_updates_out_of_order_never_answer_another_question(fake, rig, talk):
    card = card_of(talk)
    help_now = card.keyboard[2][0][1]
    await press(rig, talk, "Yes")
    await talk.press_data(card.id, help_now)
    await rig.settle()
    assert asks(talk, "Where should we look?")


async def test_fault_7_a_double_tap_passes_over_no_question(rig, talk):
    card = card_of(talk)
    for _ in range(2):
        await talk.press(card.id, "Next question")
    await rig.settle()
    assert asks(talk, "Where should we look?")


async def test_fault_8_a_button_of_an_old_talk_shows_the_present_card(fake, rig, talk):
    old = card_of(talk)
    data = old.keyboard[0][0][1]
    await talk.start("l-en")
    await rig.settle()
    await talk.press_data(old.id, data)
    await rig.settle()
    assert asks(talk, "Is this a good time")
    assert card_of(talk).id > old.id


async def test_fault_9_a_tap_after_her_time_offers_to_begin_and_brings_nothing_back(
    fake, rig, talk
):
    await press(rig, talk, "Yes")
    rig.clock.seconds += IDLE + 1
    await press(rig, talk, "Birmingham")
    assert card_of(talk).text == "Nothing is open."
    await rig.later(1)
    await press(rig, talk, "Open")
    assert asks(talk, "Which language would you like?")
    assert fake.chats.sends(ID) == 1


async def test_fault_10_of_two_devices_the_first_wins_and_both_see_the_same(rig, talk):
    card = card_of(talk)
    await talk.press(card.id, "Someone may check my phone")
    await talk.press(card.id, "I need help now")
    await rig.settle()
    assert asks(talk, "Where should we look?")


# ---- data that changes under a talk (11, 12)


async def test_fault_11_a_flow_edited_under_a_talk_goes_on(rig, talk, world):
    plan = replace(world.material.plan, fingerprint="another")
    rig.turns.world = replace(world, material=replace(world.material, plan=plan))
    await press(rig, talk, "Yes")
    assert asks(talk, "Where should we look?")


async def test_fault_12_a_service_that_is_gone_is_left_out_and_nothing_breaks(rig, talk, world):
    for label in ("Yes", "Walsall", "☐ My drinking", "Done", "Hide a place from me"):
        await press(rig, talk, label)
    rig.turns.world = replace(world, material=replace(world.material, services={}))
    await press(rig, talk, card_of(talk).labels[0])
    assert card_of(talk).labels


@pytest.fixture
def own_data(tmp_path):
    """A copy of the data that a test may break."""
    folder = tmp_path / "data"
    for name in ("flows", "directory", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


async def test_fault_13_an_edit_that_cannot_be_used_is_refused_and_the_good_one_stays(
    fake, tmp_path, own_data
):
    flow = own_data / "flows" / "welcome.yaml"
    good = flow.read_text()
    async with Served(fake, tmp_path, LINNET_DATA=str(own_data)) as served:
        assert await eventually(served.serving, 60)
        flow.write_text("flow: [")
        served.process.send_signal(signal.SIGHUP)
        assert await eventually(lambda: served.events("data-refused"))
        person = fake.person(ID)
        await person.start("l-en")
        assert await eventually(lambda: person.card)
        await person.press(person.card.id, "Urgent help")
        assert await eventually(lambda: asks(person, "Ring 999"))
        flow.write_text(good.replace("Is this a good time for you to look", "Is now a good time"))
        served.process.send_signal(signal.SIGHUP)
        assert await eventually(lambda: served.events("data-taken"))
        await person.start("l-en")
        assert await eventually(lambda: "Is now a good time" in person.card.text)


# ---- sessions that are gone (21)


async def test_fault_21_where_every_session_is_gone_her_next_tap_offers_to_begin(rig, talk):
    rig.file._database.execute("delete from sessions")
    await press(rig, talk, "Yes")
    assert card_of(talk).text == "Nothing is open."


async def test_fault_25_a_session_whose_key_is_gone_counts_as_none(
    fake, world, tmp_path, clock, rig, talk
):
    """The folder of keys was emptied."""
    await rig.die()
    (tmp_path / "epochs").unlink()
    async with life(fake, world, tmp_path, clock) as after:
        await after.tending.tend(unpainted=True)
        await press(after, talk, "Yes")
        assert card_of(talk).text == "Nothing is open."


async def test_a_store_that_does_not_answer_leaves_urgent_help(rig, talk):
    rig.file._database.close()
    await press(rig, talk, "Yes")
    assert "In danger now? Ring 999." in card_of(talk).text
    assert card_of(talk).labels == ["Urgent help", "Leave and wipe"]


# ---- Telegram fails (29 to 33)


async def test_fault_29_a_chat_that_has_to_wait_keeps_nobody_else_waiting(fake, rig, talk):
    other = fake.person(ID + 1)
    fake.faults.next("editMessageText", Fault("too_many", retry_after=1, chat=ID))
    await talk.press(card_of(talk).id, "Yes")
    await other.start("l-en")
    await rig.polling.once()
    assert await eventually(lambda: other.card, 0.5)
    await rig.settle()
    assert asks(talk, "Where should we look?")


METHODS = ("sendMessage", "editMessageText", "deleteMessages")


@pytest.mark.parametrize("kind", ["server_error", "bad_gateway", "reset_before"])
@pytest.mark.parametrize("method", METHODS)
async def test_fault_30_what_had_no_effect_is_tried_again_and_leaves_one_card(
    fake, rig, kind, method
):
    await fails_and_goes_on(fake, rig, kind, method)


@pytest.mark.parametrize("kind", ["reset_after", "garbled"])
@pytest.mark.parametrize("method", METHODS)
async def test_fault_31_what_had_its_effect_unseen_leaves_one_card(fake, rig, kind, method):
    await fails_and_goes_on(fake, rig, kind, method)


async def fails_and_goes_on(fake, rig, kind, method):
    """Three calls of the method fail so in the course of a short talk."""
    person = fake.person(ID)
    fake.faults.next(method, Fault(kind), times=3)
    await person.start("l-en")
    await rig.settle()
    await press(rig, person, "Yes")
    assert asks(person, "Where should we look?")
    await press(rig, person, "Leave and wipe")
    assert person.visible == []


async def test_fault_32_who_blocks_the_bot_is_forgotten_at_once(rig, talk):
    await talk.block()
    await rig.settle()
    assert rig.file._database.execute("select count(*) from sessions").fetchone() == (0,)


async def test_fault_32_a_refusal_forgets_her_too(fake, rig, talk):
    fake.faults.next("editMessageText", Fault("forbidden"))
    await press(rig, talk, "Yes")
    edits = [call for call in fake.calls if call.method == "editMessageText"]
    assert [call.status for call in edits][-1] == 403  # and it is not tried again
    assert rig.file._database.execute("select count(*) from sessions").fetchone() == (0,)


async def test_fault_33_a_card_that_she_deleted_comes_back_only_when_she_writes(fake, rig, talk):
    gone = card_of(talk)
    await talk.delete(gone.id)
    await talk.press_data(gone.id, gone.keyboard[0][0][1])
    await rig.settle()
    await rig.later(HIDE + 1)
    assert talk.card is None
    await talk.send("walsall")
    await rig.settle()
    assert card_of(talk)
    assert fake.chats.sends(ID) == 2


async def test_a_card_that_is_gone_gives_way_to_the_one_she_presses(rig, talk):
    """Several ends at bad moments may leave a newer card in the store than on her screen."""
    key, version = rig.file._database.execute("select key, version from sessions").fetchone()
    newer = card_of(talk).id + 50
    moved = await rig.turns.move(
        key, version, lambda kept: unpack_place(kept)._replace(card=newer).packed()
    )
    assert moved
    await press(rig, talk, "Yes")
    assert asks(talk, "Where should we look?")


# ---- another program, another token


async def test_fault_39_a_second_poller_goes_away_and_the_first_stays(fake, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    async with Served(fake, tmp_path / "a") as first:
        assert await eventually(first.serving)
        await asyncio.sleep(11)  # the first is no newcomer any more
        async with Served(fake, tmp_path / "b") as second:
            assert await eventually(lambda: second.process.poll() is not None, 15)
            assert second.process.returncode == 1
            assert second.events("telegram-other-poller") == 1
        person = fake.person(ID)
        await person.start()
        assert await eventually(lambda: person.card)


async def test_fault_40_a_token_that_does_not_work_does_not_end_the_program(fake, tmp_path):
    async with Served(fake, tmp_path, LINNET_TELEGRAM_TOKEN="1234:" + "x" * 35) as served:
        assert await eventually(lambda: served.events("telegram-unreachable REVOKED"))
        assert served.process.poll() is None
        assert await page_of(served) == 200
        assert served.stop() == 0


async def page_of(served):
    """The status of the web page of the same program."""
    address = f"http://127.0.0.1:{served.environment['LINNET_PORT']}/"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status

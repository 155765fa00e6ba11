"""What is left behind: nothing in the chat, nothing readable on the disk or in the log."""

import itertools
import random
import re
import struct
from functools import partial

import pytest

from bot.channels.telegram.api import BotApi
from bot.channels.telegram.calls import Watch
from bot.serving.checked import NAME
from bot.serving.measuring import MeasuredTurns, begin
from bot.serving.metrics import QUARTER
from tests.telegram.fakeapi.faults import Fault
from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.rig import IDLE, Clock, life
from tests.telegram.running import Served, eventually

LEAVING = ("Leave and wipe", "Finish and wipe", "Close")
LONGEST = 25  # acts of one random talk
TYPED = ("hello", "zq9canary is my name", "B29 7XX", "999", "xyz" * 500)

TALKS = [pytest.param(60, id="short"), pytest.param(1000, id="long", marks=pytest.mark.soak)]


async def wander(rig, person, chance):
    """Do things at random until the talk has ended, or until she has had enough."""
    await person.start(chance.choice(["", "l-ur", "l-en_c-walsall", "rubbish"]))
    await rig.settle()
    for _ in range(chance.randrange(1, LONGEST)):
        card = person.card
        if card is None:
            return
        what = chance.random()
        if what < 0.05:
            await person.send(chance.choice(TYPED))
        elif what < 0.1:
            await chance.choice([person.photo, person.voice, person.sticker, person.contact])()
        else:
            await person.press(card.id, chance.choice(card.labels))
        await rig.settle()


async def leave(rig, person, chance):
    """End the talk by a button where there is one, else by the word, else by time."""
    card = person.card
    leaving = [label for label in card.labels if label in LEAVING] if card else []
    if card is None:
        return
    if chance.random() < 0.3:
        await rig.later(IDLE + 1)
    elif leaving:
        await person.press(card.id, leaving[0])
    else:
        await person.send("/leave")
    await rig.settle()


@pytest.mark.parametrize("talks", TALKS)
async def test_threat_02_after_random_talks_the_chats_hold_nothing(world, moment, tmp_path, talks):
    chance = random.Random(5)  # noqa: S311
    async with FakeTelegram(keep_calls=100) as fake, life(
        fake, world, tmp_path, Clock(moment)
    ) as rig:  # fmt: skip
        for number in range(talks):
            person = fake.person(8_000_000_000 + number)
            await wander(rig, person, chance)
            await leave(rig, person, chance)
            assert person.visible == []
            assert fake.chats.sends(person.id) == 1
        assert fake.chats.silent_all()
        assert fake.chats.violations == []


async def test_messages_too_old_to_delete_say_nothing(world, moment, tmp_path):
    async with FakeTelegram() as fake, life(fake, world, tmp_path, Clock(moment)) as rig:
        person = fake.person(9)
        await person.start("l-en")
        await rig.settle()
        fake.chats.age(person.card.id, 49)
        await person.press(person.card.id, "Leave and wipe")
        await rig.settle()
        assert [message.text for message in person.visible if message.from_bot] == ["Bye for now."]


# ---- canaries


ID = 7_654_321_098_7
TYPED_CANARY = "zq9canary"


def canaries(world):
    """Bytes that must stand nowhere: who she is, what she typed, where she was in the talk."""
    names = [
        "Canaryfirst",
        "canaryuser",
        TYPED_CANARY,
        str(ID),
        f"{ID:x}",
        "walsall",
        "urdu",
        "اردو",
    ]
    names += [name for name in world.material.plan.steps if "." in name]
    packed = [struct.pack(order, ID) for order in ("<q", ">q")]
    return [*(name.encode() for name in names), *packed]


def hits(folder, wanted, before):
    """Which canaries stand in which files of the folder that differ from `before`."""
    found = []
    for path, data in contents(folder).items():
        if before.get(path) != data:
            found += [(path.name, canary) for canary in wanted if canary in data]
    return found


def contents(folder):
    """The bytes of every file of the folder, at any depth."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def before_her(served):
    """The one file that may name a council: the directory's snapshot, written before she came."""
    file = served.store / NAME
    assert await eventually(file.exists, 20)
    return {file: file.read_bytes()}


async def talk_with_canaries(fake, served):
    person = fake.person(ID, first_name="Canaryfirst", username="canaryuser", language_code="ur")
    await person.start("l-ur_c-walsall")
    assert await eventually(lambda: person.card, 20)
    for label in (0, 1):
        before = person.card.edits
        await person.press(person.card.id, person.card.labels[label])
        assert await eventually(lambda before=before: person.card.edits > before)
    await person.send(TYPED_CANARY)
    assert await eventually(lambda: not [m for m in person.visible if not m.from_bot])
    return person


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error"])
async def test_threat_07_no_file_and_no_log_line_holds_a_word_of_her(world, tmp_path, level):
    async with FakeTelegram() as fake, Served(fake, tmp_path, LINNET_LOG_LEVEL=level) as served:
        before = await before_her(served)
        await talk_with_canaries(fake, served)
        fake.deliver(
            {"callback_query": {"id": 5, "from": {"id": ID, "first_name": "Canaryfirst"}}}
        )
        fake.deliver({"message": {"text": TYPED_CANARY, "chat": {"id": ID}}})
        for kind in ("garbled", "bad_gateway", "reset_after", "too_many"):
            fake.faults.next("*", Fault(kind), times=3)
        await fake.settled(20)
        assert hits(tmp_path, canaries(world), before) == []
        served.kill()
        assert hits(tmp_path, canaries(world), before) == []
        assert fake.token not in served.log()


async def test_metrics_hold_no_word_of_her(world, moment, tmp_path):
    """Enough random talks that every number moves, and faults of Telegram among them."""
    chance, clock = random.Random(8), Clock(moment)  # noqa: S311
    ticks = itertools.count(0, 0.01)
    measures = begin(clock)
    parts = {
        "turns": partial(
            MeasuredTurns, seconds=lambda: next(ticks), took=measures.metrics.turn
        ),
        "api": partial(
            BotApi, watch=Watch(lambda: next(ticks), measures.called, measures.metrics.paint)
        ),
    }  # fmt: skip
    async with FakeTelegram(retry_pace=0.01) as fake, life(
        fake, world, tmp_path, clock, **parts
    ) as rig:  # fmt: skip
        for number in range(14):
            fake.faults.next("editMessageText", Fault("bad_gateway"))
            person = fake.person(
                ID + number, first_name="Canaryfirst", username="canaryuser", language_code="ur"
            )
            await person.start("l-ur_c-walsall")
            await rig.settle()
            await person.send(TYPED_CANARY)
            await wander(rig, person, chance)
    clock.seconds += QUARTER
    measures.metrics.late(0.4)
    text = measures.page()
    counts = dict(re.findall(r"(linnet_[a-z]+_seconds_count) ([0-9]+)", text))
    assert all(int(count) >= 100 for count in counts.values())
    assert re.search(r'linnet_telegram_faults_total{fault="unreachable"} [1-9]', text)
    assert [canary for canary in canaries(world) if canary in text.encode()] == []


async def test_threat_10_a_dead_telegram_makes_no_log_line_about_anybody(tmp_path):
    async with FakeTelegram() as fake:
        served = Served(fake, tmp_path, LINNET_TELEGRAM_API="http://127.0.0.1:9/bot")
        async with served:
            assert await eventually(lambda: served.events("telegram-unreachable"))
            assert served.stop() == 0
        lines = served.log().splitlines()
        assert all(
            re.fullmatch(r"[\d\- :,]+ [A-Z]+ [a-z-]+( [A-Za-z_0-9]+)?", line) for line in lines
        )

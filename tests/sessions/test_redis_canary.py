"""Canaries: after whole talks, no byte of the server tells who she is, or what she said."""

import asyncio
import time
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from bot.channels.telegram.place import Place
from bot.conversation.messages import Incoming, Start, Typed, Word
from bot.conversation.turns import Turns
from bot.sessions.model import OVER, unpack
from bot.sessions.sealed import SealedStore
from bot.sessions.sealing import KEY_BYTES, RowKeys
from bot.sessions.shared_epochs import SharedEpochs
from tests.sessions.disks import every_byte
from tests.sessions.servers import PRIVATE, running, store_at

ROOT = sha256(b"a canary").digest()
CHATS = [str(7_123_456_789 + number) for number in range(20)]
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
KEEP = 7200
SAID = ("1", "Birmingham", "1", "drugs and canaryword")


def canaries():
    """What must not be found: ids as text and as numbers, her language, steps and answers."""
    numbers = [int(chat) for chat in CHATS]
    yield from (chat.encode() for chat in CHATS)
    yield from (number.to_bytes(8, end) for number in numbers for end in ("big", "little"))
    yield from (
        b"canaryword",
        b'"l":"',
        b'"ro"',
        b"birmingham",
        b"welcome.",
        b"triage.",
        b"about.",
    )
    yield ROOT


async def talk(store, world, moment):
    """Twenty talks, half of them left; all that a turn does with the store."""
    turns, keys = Turns(world, store, lambda: moment), RowKeys(ROOT)
    for number, chat in enumerate(CHATS):
        key, place = keys.key("telegram", chat, NOON), Place(int(chat), card=1).packed()
        acts = [Start("ro"), *map(Typed, SAID)] + [Word("leave")] * (number % 2)
        for act in acts:
            await turns.turn(Incoming(key, act, moved=lambda _, place=place: place))


@pytest.fixture(scope="module")
def server(world, moment):
    """A server after the talks."""
    with running(*PRIVATE, "--rdbcompression", "no") as found:

        async def talked():
            inner = store_at(found.address)
            await talk(SealedStore(inner, SharedEpochs(ROOT, time.time, KEEP)), world, moment)
            await inner.close()

        asyncio.run(talked())
        yield found


async def read(server, root=ROOT, keys=ROOT):
    """What somebody with this root finds of the talks in the server, by keys from that root."""
    inner = store_at(server.address)
    store = SealedStore(inner, SharedEpochs(root, time.time, KEEP))
    rows = [RowKeys(keys).key("telegram", chat, NOON) for chat in CHATS]
    found = [await store.load(row) for row in rows]
    await inner.close()
    return [unpack(each.data) for each in found if each]


def found_in(data):
    return [canary for canary in canaries() if canary in data]


def test_no_key_and_no_value_of_the_server_holds_a_canary(server):
    rows = server.rows()
    assert len(rows) == len(CHATS) + 1
    assert found_in(b"\n".join(key + value for key, (_, value) in rows.items())) == []


def test_what_the_server_would_write_to_a_disk_holds_no_canary(server):
    assert server.ask("save") == b"+OK\r\n"
    written = every_byte(server.folder)
    assert written.count(b"{linnet}t:") >= len(CHATS)
    assert found_in(written) == []


def test_the_memory_of_the_server_holds_no_canary(server):
    memory = server.memory()
    assert memory.count(b"{linnet}t:") >= len(CHATS)
    assert found_in(memory) == []


async def test_the_talks_are_there_for_who_has_the_root_and_the_server(server):
    found = await read(server)
    assert [session.place.split()[0] for session in found] == CHATS
    assert {session.language for session in found} == {"ro"}
    assert {session.at == OVER for session in found} == {True, False}
    assert max(len(session.trail) for session in found) >= 3


async def test_the_root_without_the_server_has_nothing():
    with running() as empty:
        assert await read(empty) == []


async def test_the_server_without_the_root_is_noise(server):
    assert await read(server, root=bytes(KEY_BYTES), keys=bytes(KEY_BYTES)) == []
    assert len(server.rows()) == len(CHATS) + 1
    # Also for whoever knows the rows. What cannot be opened is deleted.
    assert await read(server, root=bytes(KEY_BYTES)) == []
    assert server.rows() == {}

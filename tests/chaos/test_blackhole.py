"""The black hole: what passes, what is held, what is refused and what is cut."""

import asyncio
from contextlib import asynccontextmanager, suppress

import pytest

from tests.chaos.blackhole import BlackHole, Way
from tests.telegram.running import eventually


class Echo:
    """A server that answers each line with the same line, and knows what it heard."""

    def __init__(self):
        self.heard = []

    async def answer(self, reader, writer):
        with suppress(ConnectionResetError):
            while line := await reader.readline():
                self.heard.append(line)
                writer.write(line)
        writer.close()


@pytest.fixture
async def echo():
    found = Echo()
    server = await asyncio.start_server(found.answer, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    yield found
    server.close()


@pytest.fixture
async def hole(echo):
    async with BlackHole(echo.port) as found:
        yield found


@asynccontextmanager
async def talking(hole):
    reader, writer = await asyncio.open_connection("127.0.0.1", hole.port)
    yield reader, writer
    writer.close()


async def silent(reader):
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reader.read(1), 0.1)


async def test_an_open_way_passes_everything_on(hole):
    async with talking(hole) as (reader, writer):
        writer.write(b"one\n")
        assert await reader.readline() == b"one\n"


async def test_a_refused_way_tears_down_what_stood_and_takes_nobody(hole):
    async with talking(hole) as (reader, writer):
        writer.write(b"one\n")
        await reader.readline()
        hole.turn(Way.REFUSED)
        with pytest.raises(ConnectionResetError):
            await reader.read()
    async with talking(hole) as (reader, _):
        with pytest.raises(ConnectionResetError):
            await reader.read()


async def test_what_is_held_before_arrives_when_the_way_is_open_again(hole, echo):
    async with talking(hole) as (reader, writer):
        hole.turn(Way.HELD_BEFORE)
        writer.write(b"one\n")
        await silent(reader)
        assert echo.heard == []
        hole.turn(Way.OPEN)
        assert await reader.readline() == b"one\n"


async def test_what_is_held_after_had_its_effect(hole, echo):
    async with talking(hole) as (reader, writer):
        hole.turn(Way.HELD_AFTER)
        writer.write(b"one\n")
        await silent(reader)
        assert echo.heard == [b"one\n"]
        hole.turn(Way.OPEN)
        assert await reader.readline() == b"one\n"


async def test_what_its_sender_gave_up_never_arrives(hole, echo):
    async with talking(hole) as (_, writer):
        hole.turn(Way.HELD_BEFORE)
        writer.write(b"one\n")
        await writer.drain()
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.05)
    hole.turn(Way.OPEN)
    async with talking(hole) as (reader, writer):
        writer.write(b"two\n")
        await reader.readline()
    assert echo.heard == [b"two\n"]


async def test_a_cut_way_breaks_the_answer_off_and_not_the_request(hole, echo):
    async with talking(hole) as (reader, writer):
        hole.turn(Way.CUT)
        writer.write(b"four\n")
        assert await reader.read() == b"fo"
    assert await eventually(lambda: echo.heard == [b"four\n"])

"""A black hole: a TCP proxy before a server that refuses, holds back or cuts what passes."""

import asyncio
import socket
import struct
from enum import StrEnum


class Way(StrEnum):
    """What becomes of a request and its answer."""

    OPEN = "open"
    REFUSED = "refused"  # nobody listens, and what stood is torn down
    HELD_BEFORE = "held before"  # requests do not arrive
    HELD_AFTER = "held after"  # they arrive and have their effect, and no answer comes
    CUT = "cut"  # half of the answer comes, and then the end


class BlackHole:
    """Listens on `port` of this machine while it is entered, and passes on to `server`.

    What was held goes on when the way is open again; what its sender gave up meanwhile is dropped,
    as by a firewall that has forgotten the connection.
    """

    def __init__(self, server: int) -> None:
        self.port = 0
        self.way = Way.OPEN
        self._server = server
        self._changed = asyncio.Event()
        self._standing: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._listening: asyncio.Server | None = None

    def turn(self, way: Way) -> None:
        """Let it be so from now on, also for connections that stand."""
        self.way = way
        if way is Way.REFUSED:
            for writer in list(self._standing):
                _reset(writer)
        self._changed.set()
        self._changed = asyncio.Event()

    async def __aenter__(self) -> "BlackHole":
        self._listening = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = int(self._listening.sockets[0].getsockname()[1])
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._listening is not None
        self._listening.close()
        self.turn(Way.REFUSED)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if self.way is Way.REFUSED:
            _reset(back)
            return
        try:
            far, there = await asyncio.open_connection("127.0.0.1", self._server)
        except OSError:
            _reset(back)
            return
        self._standing |= {back, there}
        try:
            await asyncio.gather(
                self._pass(near, there, Way.HELD_BEFORE), self._pass(far, back, Way.HELD_AFTER)
            )
        finally:
            self._standing -= {back, there}

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, held: Way
    ) -> None:
        try:
            while data := await reader.read(2**16):
                while self.way is held:
                    await self._changed.wait()
                    if reader.at_eof():
                        return
                if self.way is Way.CUT and held is Way.HELD_AFTER:
                    writer.write(data[: len(data) // 2])
                    return
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection as a machine does that knows nothing of it: without a farewell."""
    wire = writer.get_extra_info("socket")
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()

"""What a shared store holds and costs: memory of a million talks, and the calls of one turn.

    python -m benchmarks.stores

Talks are sealed and tended as the product writes them. Memory is `used_memory` of a real server
with 100,000 talks less that of the empty server, scaled to a million. A turn loads, saves with its
update and settles; figures are medians of single turns, one after the other. It needs
redis-server on this machine, and leaves out what it does not find.
"""

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

from redis.asyncio import Redis

from benchmarks.engine import LONG
from bot import app
from bot.channels.telegram.place import Place
from bot.conversation import engine
from bot.conversation.plan import Chosen
from bot.sessions.memory import MemoryStore
from bot.sessions.model import Lifetimes, Painted, SessionStore, pack
from bot.sessions.redis import RedisStore
from bot.sessions.redis_address import read_address
from bot.sessions.sealed import SealedStore
from bot.sessions.shared_epochs import SharedEpochs
from bot.sessions.sqlite import SqliteStore
from bot.settings import Settings

TALKS = 100_000
AT_ONCE = 32
TURNS = 2000
MILLION = 1_000_000
DAY = Lifetimes(86_400, 86_400)  # none goes while the rest are written
# Of a card on Telegram, with a message beside it that is still to be deleted.
PLACE = Place(7123456789, 123456, 123450, 0, 1, 12, 912345678, 912345690, (), (123451,)).packed()


def talk() -> bytes:
    """A packed session after twelve answers, with the place of its card."""
    data = app.read_data(app.folders(Settings()))
    world = app.build_world(data, Settings(), app.today())
    plan = world.material.plan
    session = engine.start(plan, "en").session
    for values in LONG:
        assert session is not None
        session = engine.step(plan, session, Chosen(values)).session
    assert session is not None
    return pack(session._replace(nonce="abcdefgh", place=PLACE))


@asynccontextmanager
async def server() -> AsyncIterator[tuple[int, int]]:
    """An empty server that writes no disk: its port, and the id of its process."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        ours = ["redis-server", "--port", str(port), "--save", "", "--dir", folder]
        # Started here, before anything is measured.
        process = subprocess.Popen(ours, stdout=subprocess.DEVNULL)  # noqa: ASYNC220, S603
        try:
            await asyncio.sleep(0.5)
            yield port, process.pid
        finally:
            process.kill()
            process.wait()


async def held(data: bytes) -> None:
    """Print what the server's memory holds a million talks in."""
    async with server() as (port, _), Redis(port=port) as asking:
        inner = RedisStore(
            read_address(f"redis://127.0.0.1:{port}", lambda _: True), time.monotonic, DAY
        )
        store = SealedStore(inner, SharedEpochs(bytes(32), time.time, 90_000))
        # The scripts are there before the first figure.
        await store.save("first", data, 0, tended=True)
        await store.delete("first")
        before = await asking.info("memory")

        async def some(first: int) -> None:
            for _ in range(first, TALKS, AT_ONCE):
                await store.save(os.urandom(16).hex(), data, 0, tended=True)

        begin = time.perf_counter()
        await asyncio.gather(*(some(first) for first in range(AT_ONCE)))
        seconds = time.perf_counter() - begin
        after = await asking.info("memory")
        await inner.close()
    used = (after["used_memory"] - before["used_memory"]) / TALKS
    print(f"a talk of {len(data)} bytes takes {used:.0f} bytes of memory in the server")
    print(f"  a million talks {used * MILLION / 1e9:8.2f} GB")
    print(f"  {AT_ONCE} at once write {TALKS / seconds:8.0f} talks a second")


async def turns(store: SessionStore, data: bytes) -> float:
    """Microseconds of the store's calls of one turn, the median."""
    times = []
    for number in range(TURNS):
        key = os.urandom(16).hex()
        await store.save(key, data, 0, tended=True)
        begin = time.perf_counter()
        found = await store.load(key)
        assert found is not None
        await store.save(key, data, found.version, tended=True, update=f"telegram:{number}")
        await store.settle([Painted(key, 2, 180)])
        times.append(time.perf_counter() - begin)
    return median(times) * 1e6


async def compared(data: bytes) -> None:
    """Print what one turn costs on every store."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        path = Path(folder)
        seal = SharedEpochs(bytes(32), time.time, 90_000)
        sqlite = SqliteStore(path / "sessions.db", time.monotonic, DAY)
        runs: dict[str, Callable[[], Awaitable[float]]] = {
            "memory": lambda: turns(SealedStore(MemoryStore(time.monotonic, DAY), seal), data),
            "SQLite on tmpfs": lambda: turns(SealedStore(sqlite, seal), data),
        }
        found = {name: await run() for name, run in runs.items()}
        sqlite.close()
        async with server() as (port, _):
            address = read_address(f"redis://127.0.0.1:{port}", lambda _: True)
            redis = RedisStore(address, time.monotonic, DAY)
            found["Redis on this machine"] = await turns(SealedStore(redis, seal), data)
            await redis.close()
            async with Redis(port=port) as asking:
                spent = (await asking.info("commandstats"))["cmdstat_evalsha"]["usec_per_call"]
    print("the store's calls of one turn: load, save, settle, sealed")
    for name, figure in found.items():
        print(f"  {name:<22}{figure:8.0f} µs   {figure / found['memory']:5.1f} x memory")
    print(f"  the server itself is at work for {spent:.0f} µs a call, on one core")


def main() -> None:
    """Measure and print."""
    if shutil.which("redis-server") is None:
        print("left out: redis-server is not on this machine")
        return
    data = talk()
    asyncio.run(held(data))
    asyncio.run(compared(data))


if __name__ == "__main__":
    main()

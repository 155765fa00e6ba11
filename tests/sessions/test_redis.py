"""The Redis store beside faults: a server that is away, hangs, comes back empty; two workers."""

import asyncio
import time
from contextlib import asynccontextmanager, suppress

import pytest

from bot.exceptions import StoreUnavailable
from bot.sessions.model import Due, Painted, Stored
from bot.sessions.redis import RedisStore
from bot.sessions.redis_server import (
    ANSWER_SECONDS,
    CALL_SECONDS,
    FAILURES,
    LOOK_SECONDS,
    REST_SECONDS,
)
from tests.ports import free_port
from tests.sessions.clocks import Clock
from tests.sessions.servers import running, store_at

NOW = 1_790_000_000.0

CALLS = {
    "load": lambda store: store.load("a"),
    "save": lambda store: store.save("a", b"x", 0, tended=True, update="u"),
    "delete": lambda store: store.delete("a"),
    "seen": lambda store: store.seen("u"),
    "due": lambda store: store.due(10, hold=5),
    "hold": lambda store: store.hold(["a"], 5),
    "settle": lambda store: store.settle([Painted("a", 1, 30)]),
}


@pytest.fixture
async def workers(server, clock):
    """Stores of two workers on an empty server, whose time of day is the test's."""
    server.ask("flushall")
    both = [store_at(server.address, now=clock) for _ in range(2)]
    yield both
    for store in both:
        await store.close()


# ---- faults


@pytest.mark.parametrize("call", CALLS)
async def test_fault_19_where_the_server_refuses_each_call_ends_at_once(call):
    store = store_at(f"redis://127.0.0.1:{free_port()}")
    begin = time.perf_counter()
    with pytest.raises(StoreUnavailable):
        await CALLS[call](store)
    assert time.perf_counter() - begin < CALL_SECONDS
    await store.close()


async def test_fault_19_many_calls_beside_each_other_end_as_one_does():
    store = store_at(f"redis://127.0.0.1:{free_port()}", steady=Clock())
    found = await asyncio.gather(*(store.load("a") for _ in range(200)), return_exceptions=True)
    assert {type(each) for each in found} == {StoreUnavailable}
    await store.close()


async def failing(store, times):
    """What the calls say that fail, and how long the longest took."""
    said, seconds = [], []
    for _ in range(times):
        begin = time.perf_counter()
        with pytest.raises(StoreUnavailable) as raised:
            await store.load("a")
        seconds.append(time.perf_counter() - begin)
        said.append(str(raised.value))
    return said, max(seconds)


async def test_fault_20_a_server_that_hangs_is_asked_three_times_and_then_left_alone():
    steady = Clock()
    with running() as server:
        store = store_at(server.address, steady)
        await store.save("a", b"one", 0)
        server.pause()
        said, longest = await failing(store, FAILURES + 2)
        assert (
            said
            == ["the session store does not answer"] * FAILURES + ["the session store rests"] * 2
        )
        assert longest < 2 * CALL_SECONDS  # the study's limit, and as much for a busy machine
        server.go_on()
        steady.seconds = REST_SECONDS - 0.1
        assert (await failing(store, 1))[0] == ["the session store rests"]
        steady.seconds = REST_SECONDS
        assert await store.load("a") == Stored(b"one", 1)
        assert await store.save("a", b"two", 1)
        await store.close()


async def test_fault_20_who_still_hangs_after_the_rest_is_asked_once():
    steady = Clock()
    with running() as server:
        store = store_at(server.address, steady)
        server.pause()
        await failing(store, FAILURES)
        steady.seconds = REST_SECONDS
        said, _ = await failing(store, 2)
        assert said == ["the session store does not answer", "the session store rests"]
        await store.close()


async def test_fault_20_calls_in_the_air_together_that_fail_rest_nobody():
    with running() as server:
        store = store_at(server.address)
        await store.save("a", b"one", 0)
        server.pause()
        calls = (store.load("a") for _ in range(3 * FAILURES))
        found = await asyncio.gather(*calls, return_exceptions=True)
        assert {type(each) for each in found} == {StoreUnavailable}
        server.go_on()
        assert await store.load("a") == Stored(b"one", 1)
        await store.close()


async def test_fault_20_many_calls_beside_each_other_hang_no_longer_than_one():
    with running() as server:
        store = store_at(server.address)
        await store.load("a")
        server.pause()
        begin = time.perf_counter()
        calls = (store.load("a") for _ in range(300))
        found = await asyncio.gather(*calls, return_exceptions=True)
        assert {type(each) for each in found} == {StoreUnavailable}
        assert time.perf_counter() - begin < 4 * CALL_SECONDS
        await store.close()


@asynccontextmanager
async def slowly(server, seconds):
    """The address of a way to the server on which every answer takes so long."""

    lines = []

    async def passed(reader, writer, wait):
        while data := await reader.read(1 << 16):
            await asyncio.sleep(wait)
            writer.write(data)

    async def taken(reader, writer):
        there, back = await asyncio.open_connection("127.0.0.1", server.port)
        both = asyncio.gather(passed(reader, back, 0), passed(there, writer, seconds))
        lines.append((writer, back, both))
        with suppress(asyncio.CancelledError):
            await both

    way = await asyncio.start_server(taken, "127.0.0.1", 0)
    yield f"redis://127.0.0.1:{way.sockets[0].getsockname()[1]}"
    way.close()
    for writer, back, both in lines:
        both.cancel()
        for line in (writer, back):
            line.close()
            await line.wait_closed()


async def test_fault_20_a_call_of_many_slow_answers_ends_as_one_that_hangs(server):
    async with slowly(server, 0.9 * ANSWER_SECONDS) as address:
        store = store_at(address)
        assert (await failing(store, 1))[1] < 2 * CALL_SECONDS
        await store.close()


async def test_fault_20_an_answer_that_comes_too_late_is_nobody_elses():
    """Harm prevented: she would see the talk of another woman."""
    steady = Clock()
    with running() as server:
        store = store_at(server.address, steady)
        for number in range(100):
            await store.save(str(number), b"%d" % number, 0)
        for seconds in (0.4, 0.6, 0.02, 0.001):
            steady.seconds += REST_SECONDS
            asked = asyncio.gather(
                *(store.load(str(n)) for n in range(100)), return_exceptions=True
            )
            server.pause()
            await asyncio.sleep(seconds)
            if seconds < CALL_SECONDS:
                asked.cancel()
            server.go_on()
            await asyncio.gather(asked, return_exceptions=True)
            steady.seconds += REST_SECONDS
            # One after the other: a machine that is busy may not do a hundred in half a second.
            found = [await store.load(str(n)) for n in range(100)]
            assert found == [Stored(b"%d" % n, 1) for n in range(100)]
        await store.close()


@pytest.mark.parametrize("seconds", [1.4 * ANSWER_SECONDS, 1.4 * CALL_SECONDS])
@pytest.mark.parametrize("steps", [12, 24, 36])
async def test_fault_20_a_program_that_stood_still_does_not_blame_the_server(
    server, seconds, steps
):
    """Harm prevented: she would be told of a fault because the machine was busy for a moment.

    After so many steps of the loop it is about to connect, to look at the settings, or to ask.
    """
    store = store_at(server.address)
    asked = asyncio.create_task(store.load("a"))
    for _ in range(steps):
        await asyncio.sleep(0)
    time.sleep(seconds)  # noqa: ASYNC251  # the whole program stands still
    assert await asked is None
    await store.close()


async def test_fault_20_two_failures_and_an_answer_rest_nobody():
    with running() as server:
        store = store_at(server.address, Clock())
        for _ in range(2):
            server.pause()
            await failing(store, FAILURES - 1)
            server.go_on()
            assert await store.load("a") is None
        await store.close()


async def test_fault_21_a_server_that_comes_back_empty_has_no_talk_and_takes_a_new_one():
    with running() as server:
        store = store_at(server.address)
        await store.save("a", b"one", 0, tended=True, update="u")
        server.kill()
        server.start()
        await asyncio.sleep(0.01)
        assert await store.load("a") is None
        assert await store.due(10) == []
        await store.settle([Painted("a", 1, 30)])
        assert not await store.save("a", b"late", 1)
        assert await store.save("a", b"new", 0)
        assert await store.load("a") == Stored(b"new", 1)
        await store.close()


async def test_fault_21_a_server_that_comes_back_with_other_settings_is_not_used(caplog):
    steady = Clock()
    with running() as server:
        store = store_at(server.address, steady)
        await store.load("a")
        server.kill()
        with running("--save", "60 1", port=server.port):
            await asyncio.sleep(0.01)
            steady.seconds = LOOK_SECONDS
            with pytest.raises(StoreUnavailable, match="writes to a disk"):
                await store.save("a", b"one", 0)
            assert (await failing(store, 3))[0] == ["the session store rests"] * 3
        await store.close()
    assert caplog.messages == ["store-on-disk"]


async def test_fault_21_a_server_that_was_seen_to_go_is_looked_at_before_it_is_used():
    with running() as server:
        store = store_at(server.address, Clock())
        await store.load("a")
        server.kill()
        await failing(store, 1)
        with running("--appendonly", "yes", port=server.port):
            assert (await failing(store, 1))[0] == ["the session store writes to a disk"]
        await store.close()


async def test_fault_22_the_talk_of_a_worker_that_died_is_given_to_another(workers, clock):
    dies, lives = workers
    await dies.save("a", b"one", 0, tended=True)
    clock.seconds += 2
    waiting = [Due("a", Stored(b"one", 1), painted=False)]
    assert await dies.due(10, hold=5) == waiting
    clock.seconds += 4.9
    assert await lives.due(10, hold=5) == []
    clock.seconds += 0.1
    assert await lives.due(10, hold=5) == waiting
    assert await lives.save("a", b"two", 1, tended=True)
    # What the first had still under way comes now; the version keeps it out.
    assert not await dies.save("a", b"late", 1, tended=True)
    await dies.settle([Painted("a", 1, 30)])
    await dies.delete("a", 1)
    assert await lives.due(10, unpainted=True) == [Due("a", Stored(b"two", 2), painted=False)]


async def test_fault_22_a_claim_is_one_workers_until_it_lets_go_or_dies(workers):
    one, other = workers
    await one.save("a", b"one", 0, tended=True)
    assert await one.claim("a", "one", 60) == 1
    assert await other.claim("a", "other", 60) is None
    assert await one.claim("a", "one", 60) == 1
    await other.release("a", "other")
    assert await other.prolong(["a", "b"], "other", 0.05) == []
    await asyncio.sleep(0.1)
    assert await other.claim("a", "other", 60) is None
    await one.release("a", "one")
    assert await other.claim("a", "other", 60) == 1
    assert await other.prolong(["b", "a"], "other", 0.05) == ["a"]
    await asyncio.sleep(0.1)
    assert await one.claim("a", "one", 60) == 1


async def test_what_nobody_keeps_can_be_claimed_too(workers):
    assert await workers[0].claim("nobody", "one", 60) == 0


async def test_fault_22_of_workers_that_ask_at_once_one_is_given_a_talk(workers, clock):
    for number in range(60):
        await workers[0].save(str(number), b"x", 0, tended=True)
    clock.seconds += 2
    asked = (store.due(7, hold=5) for _ in range(10) for store in workers)
    given = [each.key for found in await asyncio.gather(*asked) for each in found]
    assert sorted(given, key=int) == [str(number) for number in range(60)]


# ---- many workers


async def test_of_many_saves_of_two_workers_exactly_one_wins_each_version(workers):
    won = []

    async def saving(store, name):
        for _ in range(100):
            found = await store.load("a")
            version = found.version if found else 0
            if await store.save("a", name, version, update=f"{name!r}{version}"):
                won.append(version + 1)

    both = [(store, name) for store in workers for name in (b"1", b"2", b"3")]
    await asyncio.gather(*(saving(*each) for each in both))
    assert sorted(won) == list(range(1, len(won) + 1))
    assert len(won) >= 100
    assert (await workers[0].load("a")).version == len(won)


async def test_one_update_that_two_workers_take_counts_once(workers):
    saves = [store.save(key, b"x", 0, update="u") for store in workers for key in ("a", "b", "c")]
    assert sum(await asyncio.gather(*saves)) == 1


def test_a_store_asks_nobody_before_the_first_call():
    assert isinstance(store_at("redis://127.0.0.1:1"), RedisStore)

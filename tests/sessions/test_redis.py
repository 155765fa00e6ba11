"""The Redis store beside faults: a server that is away, hangs, comes back empty; two workers."""

import asyncio
import time

import pytest

from bot.documents import StoreUnavailable
from bot.sessions.model import Due, Lifetimes, Painted, Stored
from bot.sessions.redis import RedisStore
from bot.sessions.redis_scripts import SEEN_UPDATE, SESSION, WAITING, WIPED_AFTER
from bot.sessions.redis_server import CALL_SECONDS, FAILURES, LOOK_SECONDS, REST_SECONDS
from bot.sessions.sealed import SealedStore
from bot.sessions.sealing import Epochs
from tests.sessions.clocks import Clock
from tests.sessions.servers import free_port, running, store_at

IDLE, MOST = 60, 600
DAY = 86_400
NOW = 1_790_000_000.0
KEYS = ["", " ", "a:b", "ü 💧", "{x}", "*?[a]", "line\nend\r\n", "nothing\0more", "%s {0}"]

CALLS = {
    "load": lambda store: store.load("a"),
    "save": lambda store: store.save("a", b"x", 0, tended=True, update="u"),
    "delete": lambda store: store.delete("a"),
    "seen": lambda store: store.seen("u"),
    "due": lambda store: store.due(10, hold=5),
    "hold": lambda store: store.hold(["a"], 5),
    "settle": lambda store: store.settle([Painted("a", 1, 30)]),
}


@pytest.fixture(scope="module")
def server():
    """One server for all tests that do it no harm."""
    with running() as found:
        yield found


@pytest.fixture
def clock():
    return Clock(NOW)


@pytest.fixture
async def workers(server, clock):
    """Stores of two workers on an empty server, whose time of day is the test's."""
    server.ask("flushall")
    both = [store_at(server.address, now=clock) for _ in range(2)]
    yield both
    for store in both:
        await store.close()


@pytest.fixture
async def store(workers):
    return workers[0]


@pytest.fixture
async def own(server):
    """A store on an empty server by the server's own time."""
    server.ask("flushall")
    found = store_at(server.address)
    yield found
    await found.close()


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
        assert await store.settle([Painted("a", 1, 30)]) == []
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
    assert await dies.settle([Painted("a", 1, 30)]) == ["a"]
    await dies.delete("a", 1)
    assert await lives.due(10, unpainted=True) == [Due("a", Stored(b"two", 2), painted=False)]


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


# ---- what stays in the server


async def test_everything_in_the_server_goes_by_itself(own, server):
    await own.save("plain", b"x", 0, update="u1")
    await own.save("tended", b"x", 0, tended=True, update="u2")
    await own.due(10, unpainted=True, hold=5)
    await own.hold(["tended"], 5)
    await own.settle([Painted("tended", 1, 30)])
    lives = {key.decode(): left / 1000 for key, (left, _) in server.rows().items()}
    expected = {
        f"{SESSION}plain": IDLE,
        f"{SESSION}tended": MOST + WIPED_AFTER,
        f"{SEEN_UPDATE}u1": MOST,
        f"{SEEN_UPDATE}u2": MOST,
        WAITING: MOST + WIPED_AFTER,
    }
    assert {key: 0 < left <= expected[key] for key, left in lives.items()} == dict.fromkeys(
        expected, True
    )


async def test_where_no_worker_runs_any_more_sessions_and_updates_are_gone(server):
    server.ask("flushall")
    store = store_at(server.address, lives=Lifetimes(0.1, 0.3))
    await store.save("a", b"x", 0, update="u")
    assert await store.seen("u")
    await asyncio.sleep(0.15)
    assert list(server.rows()) == [f"{SEEN_UPDATE}u".encode()]
    await asyncio.sleep(0.2)
    assert not await store.seen("u")
    assert server.rows() == {}
    await store.close()


@pytest.mark.parametrize("tended", [False, True])
async def test_of_a_session_that_was_deleted_no_byte_stays(own, server, tended):
    await own.save("canarykey", b"canarydata" * 90, 0, tended=tended, update="u")
    await own.save("canarykey", b"canarymore" * 90, 1, tended=tended)
    await own.delete("canarykey")
    rows = server.rows()
    assert b"canary" not in b"".join(key + dumped for key, (_, dumped) in rows.items())
    assert list(rows) == [f"{SEEN_UPDATE}u".encode()]


async def test_a_session_that_nobody_tends_any_more_stands_in_no_list(own, server):
    await own.save("a", b"x", 0, tended=True)
    await own.save("a", b"x", 1)
    assert WAITING.encode() not in server.rows()


# ---- the server's time of day


@pytest.mark.parametrize("jump", [-DAY, -3600, -2, MOST, DAY])
@pytest.mark.parametrize("tended", [False, True])
async def test_however_the_time_of_day_is_set_no_session_lives_past_the_most(
    store, clock, jump, tended
):
    await store.save("a", b"one", 0, tended=tended)
    clock.seconds += jump
    found = await store.load("a")
    assert found is None or (tended and found.expired)
    begun = clock.seconds
    version = found.version if found else 0
    assert await store.save("a", b"two", version, tended=tended, anew=True)
    while (found := await store.load("a")) and not found.expired:
        assert clock.seconds - begun < MOST
        await store.save("a", b"more", found.version, tended=tended)
        clock.seconds += IDLE / 2


async def test_a_second_that_the_time_of_day_is_set_back_ends_no_talk(store, clock):
    await store.save("a", b"one", 0)
    clock.seconds -= 1
    assert await store.load("a") == Stored(b"one", 1)


# ---- odd things in the server


async def test_a_server_that_forgot_the_scripts_is_told_them_again(store, server):
    await store.save("a", b"one", 0)
    server.ask("script", "flush")
    assert await store.save("a", b"two", 1)
    assert await store.load("a") == Stored(b"two", 2)


ODD = {
    "empty": ("set", ""),
    "short": ("set", "x" * 28),
    "a list": ("rpush", "x"),
    "a set": ("sadd", "x"),
}


@pytest.mark.parametrize("name", ODD)
async def test_what_no_worker_wrote_counts_as_none(store, server, name):
    command, value = ODD[name]
    server.ask(command, f"{SESSION}a", value)
    server.ask("zadd", WAITING, "1", f"{SESSION}a")
    assert await store.due(10) == []
    server.ask(command, f"{SESSION}a", value)
    assert await store.settle([Painted("a", 1, 30)]) == []
    server.ask(command, f"{SESSION}a", value)
    assert await store.load("a") is None
    server.ask(command, f"{SESSION}a", value)
    assert await store.save("a", b"one", 0)
    assert await store.load("a") == Stored(b"one", 1)


async def test_noise_as_long_as_a_session_is_deleted_where_it_cannot_be_opened(store, server):
    sealed = SealedStore(store, Epochs(Clock(), MOST, None))
    for noise in ("\x7f" * 1000, "\x01" * 29, "\x00" * 40):
        server.ask("set", f"{SESSION}a", noise)
        assert await sealed.load("a") is None
        assert await sealed.save("a", b"one", 0)
        await sealed.delete("a")
    assert server.rows() == {}


async def test_what_the_server_refuses_rests_nobody(store, server):
    server.ask("set", WAITING, "a string")
    for number in range(FAILURES + 1):
        with pytest.raises(StoreUnavailable, match="refuses"):
            await store.save(str(number), b"one", 0, tended=True)
    assert await store.load("b") is None


async def test_a_full_server_refuses_to_save_and_still_erases():
    with running() as server:
        store = store_at(server.address)
        await store.save("a", b"one", 0, tended=True)
        server.ask("config", "set", "maxmemory", "1")
        for _ in range(FAILURES + 1):
            with pytest.raises(StoreUnavailable, match="refuses"):
                await store.save("b", b"two", 0)
        assert await store.load("a") == Stored(b"one", 1)
        await store.delete("a")
        assert server.rows() == {}
        await store.close()


@pytest.mark.parametrize("key", KEYS)
async def test_any_key_is_a_key(store, clock, key):
    assert await store.save(key, b"one", 0, tended=True, update=key)
    assert await store.load(key) == Stored(b"one", 1)
    assert await store.seen(key) is bool(key)
    clock.seconds += 2
    assert await store.due(10) == [Due(key, Stored(b"one", 1), painted=False)]
    await store.delete(key)
    assert await store.load(key) is None


def test_a_store_asks_nobody_before_the_first_call():
    assert isinstance(store_at("redis://127.0.0.1:1"), RedisStore)

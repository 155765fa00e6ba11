"""Rows of the Redis store: how they go, the server's time of day, and odd things in a server."""

import asyncio

import pytest

from bot.exceptions import StoreUnavailable
from bot.sessions.model import Due, Lifetimes, Painted, Stored
from bot.sessions.redis_scripts import SEEN_UPDATE, SESSION, WAITING, WIPED_AFTER
from bot.sessions.redis_server import FAILURES
from bot.sessions.sealed import SealedStore
from bot.sessions.sealing import Epochs
from tests.sessions.clocks import Clock
from tests.sessions.servers import running, store_at

IDLE, MOST = 60, 600
DAY = 86_400
NOW = 1_790_000_000.0
KEYS = ["", " ", "a:b", "ü 💧", "{x}", "*?[a]", "line\nend\r\n", "nothing\0more", "%s {0}"]


@pytest.fixture
async def store(server, clock):
    """A store on an empty server, whose time of day is the test's."""
    server.ask("flushall")
    found = store_at(server.address, now=clock)
    yield found
    await found.close()


@pytest.fixture
async def own(server):
    """A store on an empty server by the server's own time."""
    server.ask("flushall")
    found = store_at(server.address)
    yield found
    await found.close()


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
    await store.settle([Painted("a", 1, 30)])
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

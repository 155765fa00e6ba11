"""The door to Redis: what is refused, who may come in, over what, and to which of several."""

import asyncio
import logging
import re
import traceback

import pytest
from redis.exceptions import MaxConnectionsError

from bot.exceptions import SettingsError, StoreUnavailable
from bot.sessions.model import Stored
from bot.sessions.redis_server import CONNECTIONS, LOOK_SECONDS, REST_SECONDS
from bot.sessions.redis_server import PRIVATE as SETTINGS
from tests.ports import free_port
from tests.sessions.clocks import Clock
from tests.sessions.servers import (
    PRIVATE,
    certificate,
    cluster,
    running,
    store_at,
    there,
    until,
    watched,
)

PASSWORD = "canary%p@ss:/word"  # noqa: S105
TYPED = "canary%25p%40ss%3A%2Fword"


async def used(address, **more):
    """Whether a store at the address is taken at the start, and keeps a session."""
    store = store_at(address, **more)
    try:
        await store.refuse_disk()
        await store.save("a", b"one", 0, tended=True)
        return await store.load("a") == Stored(b"one", 1)
    finally:
        await store.close()


async def refused(address, kind=StoreUnavailable):
    """What a start, or the first use, says."""
    store = store_at(address)
    call = store.refuse_disk() if kind is SettingsError else store.load("a")
    with pytest.raises(kind) as raised:
        await call
    await store.close()
    return raised.value


# ---- disks

WRITING = {
    "save points": ("--save", "60 1"),
    "the save points it has by itself": ("--appendonly", "no"),
    "a journal": ("--save", "", "--appendonly", "yes"),
    "does not say": (*PRIVATE, "--rename-command", "CONFIG", ""),
}


@pytest.mark.parametrize("name", WRITING)
async def test_a_server_that_writes_a_disk_is_refused_at_the_start_and_at_the_first_use(
    name, caplog
):
    with running(*WRITING[name]) as server:
        said = str(await refused(server.address, SettingsError))
        assert said.startswith("LINNET_STORE writes what it holds to a disk")
        assert str(server.port) not in said
        assert "127.0.0.1" not in said
        assert "\n" not in said
        assert str(await refused(server.address)) == "the session store writes to a disk"
        assert server.ask("dbsize") == b":0\r\n"
    assert caplog.messages == ["store-on-disk"]


async def test_a_server_that_was_away_at_the_start_is_looked_at_before_it_is_used(caplog):
    port = free_port()
    store = store_at(f"redis://127.0.0.1:{port}")
    await store.refuse_disk()
    with running("--appendonly", "yes", port=port) as server:
        with pytest.raises(StoreUnavailable, match="writes to a disk"):
            await store.save("a", b"one", 0)
        assert server.ask("dbsize") == b":0\r\n"
    await store.close()
    assert caplog.messages == ["store-away", "store-on-disk"]


async def test_a_server_that_begins_to_write_a_disk_is_found_out_and_may_come_back():
    steady = Clock()
    with running() as server:
        store = store_at(server.address, steady)
        await store.save("a", b"one", 0)
        server.ask("config", "set", "save", "60 1")
        steady.seconds += LOOK_SECONDS
        with pytest.raises(StoreUnavailable, match="writes to a disk"):
            await store.load("a")
        server.ask("config", "set", "save", "")
        steady.seconds += REST_SECONDS
        assert await store.load("a") == Stored(b"one", 1)
        await store.close()


async def test_a_private_server_is_taken():
    with running() as server:
        assert await used(server.address)


# ---- who may come in


def allow(server):
    """Make the user as docs/running.md says."""
    rights = ("~{linnet}*", "+@all", "-@dangerous", "+config|get")
    assert server.ask("acl", "setuser", "linnet", "on", f">{PASSWORD}", *rights) == b"+OK\r\n"


@pytest.fixture(scope="module")
def guarded():
    """A server with a password, and a user `linnet` who may do what the program needs."""
    with running() as server:
        allow(server)
        server.ask("acl", "setuser", "mute", "on", f">{PASSWORD}", "~*", "+@all", "-config")
        server.ask("config", "set", "requirepass", PASSWORD)
        yield server


@pytest.mark.parametrize("user", ["", "linnet"])
async def test_with_the_right_password_the_server_is_used(guarded, user):
    assert await used(f"redis://{user}:{TYPED}@127.0.0.1:{guarded.port}")


async def test_a_user_who_may_not_ask_for_settings_is_refused(guarded):
    address = f"redis://mute:{TYPED}@127.0.0.1:{guarded.port}"
    assert "does not say" in str(await refused(address, SettingsError))


@pytest.mark.parametrize("given", ["", ":canarywrong@", "nobody:canarywrong@", "linnet:canary@"])
async def test_without_the_right_password_the_server_is_refused_and_nothing_tells_it(
    guarded, given, caplog
):
    caplog.set_level(logging.DEBUG)
    address = f"redis://{given}127.0.0.1:{guarded.port}"
    at_start, at_use = await refused(address, SettingsError), await refused(address)
    assert str(at_start) == "LINNET_STORE has a user or password that is refused"
    assert str(at_use) == "the session store does not answer"
    told = "".join(
        line for each in (at_start, at_use) for line in traceback.format_exception(each)
    )
    assert "canary" not in told
    assert "canary" not in caplog.text


def test_neither_a_store_nor_its_address_shows_the_password():
    store = store_at(f"redis://:{TYPED}@127.0.0.1:1")
    assert "canary" not in repr(store) + repr(vars(store)) + repr(vars(store._server))


async def test_the_database_of_the_address_is_used():
    with running() as server:
        assert await used(f"{server.address}/3")
        assert b"db3:keys=2" in server.ask("info", "keyspace")
        assert b"db0" not in server.ask("info", "keyspace")


# ---- TLS


@pytest.fixture
def over_tls(tmp_path):
    """The address of a server with a certificate made for it, and that certificate."""
    there()
    made, key = certificate(tmp_path)
    port = str(free_port())
    files = ("--tls-cert-file", str(made), "--tls-key-file", str(key))
    with running(*PRIVATE, "--tls-port", port, *files, "--tls-auth-clients", "no"):
        yield f"rediss://127.0.0.1:{port}", made


async def test_a_server_whose_certificate_is_trusted_is_used(over_tls, monkeypatch):
    address, made = over_tls
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    assert await used(address)


async def test_a_certificate_that_nobody_vouches_for_is_refused(over_tls, tmp_path, monkeypatch):
    (tmp_path / "other").mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(tmp_path / "other")[0]))
    assert str(await refused(over_tls[0])) == "the session store does not answer"


async def test_a_certificate_of_another_host_is_refused(over_tls, monkeypatch):
    address, made = over_tls
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    elsewhere = address.replace("127.0.0.1", "localhost")
    assert str(await refused(elsewhere)) == "the session store does not answer"


async def test_what_is_asked_over_tls_is_never_asked_in_the_clear():
    with running() as server:
        assert await refused(server.address.replace("redis://", "rediss://"))


# ---- several


async def test_a_cluster_is_used():
    with cluster() as node:
        allow(node)
        address = f"redis+cluster://linnet:{TYPED}@127.0.0.1:{node.port}"
        assert await used(address)
        node.ask("config", "set", "save", "60 1")
        assert await refused(address, SettingsError)
        node.ask("config", "set", "save", "")
        node.ask("config", "set", "repl-diskless-load", "disabled")
        assert await refused(address, SettingsError)


@pytest.mark.parametrize("kind", ["cluster", "sentinel"])
async def test_where_no_host_of_several_answers_the_start_goes_on_and_calls_end(kind, caplog):
    name = "/linnet" if kind == "sentinel" else ""
    hosts = ",".join(f"127.0.0.1:{free_port()}" for _ in range(3))
    store = store_at(f"redis+{kind}://{hosts}{name}")
    await store.refuse_disk()
    with pytest.raises(StoreUnavailable):
        await store.load("a")
    await store.close()
    assert "store-away" in caplog.messages


async def test_a_replica_that_writes_a_disk_is_refused():
    with watched("linnet", "--appendonly", "no") as (_, _, address):
        assert await refused(address, SettingsError)


async def test_what_sentinels_do_not_know_is_away(caplog):
    with watched("other") as (_, _, address):
        assert await refused(address.replace("/other", "/linnet"))


async def test_after_the_server_died_its_replica_is_used_within_seconds():
    steady = Clock()
    with watched("linnet") as (first, second, address):
        store = store_at(address, steady)
        await store.refuse_disk()
        await store.save("a", b"one", 0, tended=True)
        until(lambda: second.ask("dbsize") == b":2\r\n")
        first.kill()
        async with asyncio.timeout(20):
            while (found := await loaded(store)) is None:
                steady.seconds += REST_SECONDS
                await asyncio.sleep(0.1)
        assert found == Stored(b"one", 1)
        assert await store.save("a", b"two", 1, tended=True)
        await store.close()


async def loaded(store):
    try:
        return await store.load("a")
    except StoreUnavailable:
        return None


# ---- many calls at once


async def test_a_cluster_is_asked_by_no_more_calls_at_once_than_it_has_connections():
    with cluster() as node:
        store = store_at(f"redis+cluster://127.0.0.1:{node.port}")
        await store.load("a")
        node.pause()
        calls = (store.load("a") for _ in range(3 * CONNECTIONS))
        found = await asyncio.gather(*calls, return_exceptions=True)
        node.go_on()
        assert {type(each) for each in found} == {StoreUnavailable}
        assert MaxConnectionsError not in {type(each.__cause__) for each in found}
        await store.close()


async def test_of_calls_that_begin_together_one_looks_at_the_settings():
    with running() as server:
        store = store_at(server.address)
        await asyncio.gather(*(store.load("a") for _ in range(20)))
        await store.close()
        told = server.ask("info", "commandstats").decode()
        assert re.search(r"cmdstat_config(?:\|get)?:calls=(\d+)", told)[1] == str(len(SETTINGS))

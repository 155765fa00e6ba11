"""The door to Redis or Valkey: one server, a server that sentinels know, or a cluster.

Whoever asks a server that does not answer waits half a second at the most; after three such
answers nobody waits for five. A server that writes what it holds to a disk is not used: on disks,
things stay.
"""

import asyncio
import logging
import math
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from redis.asyncio import BlockingConnectionPool, Redis, RedisCluster, SSLConnection
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff
from redis.exceptions import (
    AuthenticationError,
    NoScriptError,
    RedisClusterException,
    RedisError,
    ResponseError,
)
from redis.exceptions import TimeoutError as LateAnswer

from bot.exceptions import SettingsError, StoreUnavailable
from bot.sessions.redis_address import RedisAddress
from bot.sessions.redis_scripts import Script

ANSWER_SECONDS = 0.3  # the study, F19: with the library's own limits it took up to 20 seconds
CALL_SECONDS = 0.5  # the study, F19: the most that one call may take; for each further host 0.3
STOOD_STILL = 0.05  # seconds by which patience ends late only where this process was late
CONNECTIONS = 64  # of one worker
FAILURES = 3  # one after the other, until nobody asks any more
# What the network does not take within a second is not sent later, also after a call was given up.
# Harm prevented: to erase a talk that is over, sent late, could erase the one she has begun since.
UNTAKEN_SECONDS = 1.0
KEEPING = (
    {socket.TCP_USER_TIMEOUT: int(UNTAKEN_SECONDS * 1000)}
    if hasattr(socket, "TCP_USER_TIMEOUT")  # Linux
    else {}
)
REST_SECONDS = 5.0  # until somebody asks again
LOOK_SECONDS = 10.0  # until the settings of the server are looked at again

Answer = Any  # what the server said: a number, bytes, None, or a list of these
Argument = bytes | float | str
Client = Redis | RedisCluster

CONFIG_GET = "CONFIG GET"
PRIVATE: dict[str, Callable[[str], bool]] = {
    "save": lambda value: value == "",
    "appendonly": lambda value: value == "no",
}
# What goes to a replica passes through a file on either side, and on the replica's it stays.
COPIED: dict[str, Callable[[str], bool]] = {
    "repl-diskless-sync": lambda value: value == "yes",
    "repl-diskless-load": lambda value: value not in {"?", "disabled"},
}

AWAY = (RedisError, RedisClusterException, OSError, TimeoutError)

log = logging.getLogger("linnet")


class RedisServer:
    """Runs scripts on the server at `address`. `steady` gives seconds that only grow."""

    def __init__(self, address: RedisAddress, steady: Callable[[], float]) -> None:
        self._sentinel = _sentinel(address) if address.kind == "sentinel" else None
        self._client = self._sentinel.master_for(address.name) if self._sentinel else _at(address)
        self._address = address
        self._steady = steady
        self._call_seconds = CALL_SECONDS + ANSWER_SECONDS * (len(address.hosts) - 1)
        self._failures = 0
        self._failed_at = -math.inf  # when the last failure was counted
        self._rests_until = 0.0
        self._looks_at = -math.inf
        self._looking = asyncio.Lock()
        # Harm prevented: the pools of sentinels and clusters do not wait, and refuse the next call.
        self._room = asyncio.Semaphore(CONNECTIONS)

    async def run(
        self, script: Script, names: Sequence[str], arguments: Sequence[Argument]
    ) -> Answer:
        """What the script answers. Raises StoreUnavailable."""
        if self._failures >= FAILURES and self._steady() < self._rests_until:
            raise StoreUnavailable("the session store rests")
        began = self._steady()
        try:
            try:
                found = await self._in_time(script, names, arguments)
            except (LateAnswer, TimeoutError) as late:
                # Harm prevented: a program that stood still itself finds the answer and the end of
                # its patience at once. It must not tell her of a fault that is not there.
                patience = ANSWER_SECONDS if isinstance(late, LateAnswer) else self._call_seconds
                if self._failures or self._steady() - began < patience + STOOD_STILL:
                    raise
                found = await self._in_time(script, names, arguments)
        except ResponseError as error:
            # It is there. Harm prevented: one call that it refuses, as a full server refuses to
            # save, must not keep all others from erasing.
            self._failures = 0
            raise StoreUnavailable("the session store refuses") from error
        except AWAY as error:
            # Calls that were in the air together tell of one pause of the server, not of many.
            self._rest(self._failures + (began >= self._failed_at))
            raise StoreUnavailable("the session store does not answer") from error
        self._failures = 0
        return found

    async def _in_time(
        self, script: Script, names: Sequence[str], arguments: Sequence[Argument]
    ) -> Answer:
        async with asyncio.timeout(self._call_seconds), self._room:
            if self._steady() >= self._looks_at:
                async with self._looking:
                    if self._steady() >= self._looks_at:  # nobody looked while this one waited
                        await self._look()
            return await self._patiently(script, names, arguments)

    def _rest(self, failures: int) -> None:
        if failures > self._failures:
            self._failed_at = self._steady()
        self._failures = failures
        self._rests_until = self._steady() + REST_SECONDS
        self._looks_at = -math.inf  # it may come back with other settings

    async def _patiently(
        self, script: Script, names: Sequence[str], arguments: Sequence[Argument]
    ) -> Answer:
        """One answer may be late because this process was; a second says something of the server.

        A script that had its effect and is asked again changes nothing: the version has moved on.
        """
        try:
            return await self._evaluated(script, names, arguments)
        except (LateAnswer, TimeoutError):
            if self._failures:
                raise
            return await self._evaluated(script, names, arguments)

    async def _evaluated(
        self, script: Script, names: Sequence[str], arguments: Sequence[Argument]
    ) -> Answer:
        count, given = len(names), (*names, *arguments)
        try:
            return await self._client.evalsha(script.name, count, *given)
        except NoScriptError:
            return await self._client.eval(script.text, count, *given)

    async def _look(self) -> None:
        if await self._keeps_on_disk():
            log.error("store-on-disk")
            self._rest(FAILURES)
            raise StoreUnavailable("the session store writes to a disk")
        self._looks_at = self._steady() + LOOK_SECONDS

    async def refuse_disk(self) -> None:
        """Raises SettingsError where the server answers and writes what it holds to a disk.

        So too where it does not take the user and password. Where it does not answer nothing is
        raised: help is served without it, and it is looked at again before it is used.
        """
        try:
            async with asyncio.timeout(self._call_seconds):
                found = await self._keeps_on_disk()
        except AuthenticationError as error:
            raise SettingsError("LINNET_STORE has a user or password that is refused") from error
        except AWAY:
            log.error("store-away")
            return
        if found:
            raise SettingsError(
                "LINNET_STORE writes what it holds to a disk, where it stays, or does not say;"
                " see 'Several workers' in docs/running.md"
            )

    async def close(self) -> None:
        """Let go of every connection."""
        await self._client.aclose()
        for each in self._sentinel.sentinels if self._sentinel else ():
            await each.aclose()

    # ---- disks

    async def _keeps_on_disk(self) -> bool:
        """Whether a node writes snapshots or a journal; so too where it does not let us ask."""
        client, copies = self._client, self._address.kind != ""
        if not isinstance(client, RedisCluster):
            if await _writes(partial(client.execute_command, CONFIG_GET), copies=copies):
                return True
            return any([await self._replica_writes(*each) for each in await self._replicas()])
        await client.initialize()
        for node in client.get_nodes():
            ask = partial(client.execute_command, CONFIG_GET, target_nodes=node)
            with suppress(*(AWAY if node.server_type == "replica" else ())):
                if await _writes(ask, copies=True):
                    return True
        return False

    async def _replicas(self) -> list[tuple[str, int]]:
        if self._sentinel is None:
            return []
        found = await self._sentinel.discover_slaves(self._address.name)
        return [(str(host), int(port)) for host, port in found]

    async def _replica_writes(self, host: str, port: int) -> bool:
        """So of a replica that sentinels know; one that is away has nothing to write."""
        async with Redis(host=host, port=port, **_options(self._address)) as replica:
            with suppress(*AWAY):
                return await _writes(partial(replica.execute_command, CONFIG_GET), copies=True)
        return False


async def _writes(ask: Callable[[str], Awaitable[Answer]], *, copies: bool) -> bool:
    """Whether a node writes to a disk. One of a set with `copies` does so too to make or take one.

    `ask` gives the value of a setting of the node.
    """
    for name, is_private in (PRIVATE | COPIED if copies else PRIVATE).items():
        try:
            answer = await ask(name)
        except ResponseError:
            return True
        if not is_private(str(answer.get(name, "?"))):
            return True
    return False


# ---- clients


def _options(address: RedisAddress) -> dict[str, Any]:
    return {
        "username": address.username or None,
        "password": address.password or None,
        "socket_timeout": ANSWER_SECONDS,
        "socket_connect_timeout": ANSWER_SECONDS,
        "socket_keepalive": True,
        "socket_keepalive_options": KEEPING,
        "retry": Retry(NoBackoff(), 0),
        "ssl": address.tls,
        # With 3 the library takes a connection for living that the server has closed.
        "protocol": 2,
    }


def _sentinel(address: RedisAddress) -> Sentinel:
    options = _options(address)
    return Sentinel(list(address.hosts), sentinel_kwargs=options, **options)  # type: ignore[no-untyped-call]


def _at(address: RedisAddress) -> Client:
    options = _options(address)
    if address.kind == "cluster":
        nodes = [ClusterNode(host, port) for host, port in address.hosts]
        return RedisCluster(startup_nodes=nodes, **options)
    if options.pop("ssl"):
        options["connection_class"] = SSLConnection
    ((host, port),) = address.hosts
    pool = BlockingConnectionPool(
        CONNECTIONS, ANSWER_SECONDS, host=host, port=port, db=address.database, **options
    )
    return Redis.from_pool(pool)

"""The door to Redis or Valkey: one server, a server that sentinels know, or a cluster.

Whoever asks a server that does not answer waits 0.3 seconds; after three such answers nobody waits
for five. A server that writes what it holds to a disk is not used: on disks, things stay.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from redis.asyncio import BlockingConnectionPool, Redis, RedisCluster, SSLConnection
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, RedisError
from redis.exceptions import TimeoutError as LateAnswer

from bot.documents import SettingsError, StoreUnavailable
from bot.sessions.redis_address import RedisAddress
from bot.sessions.redis_scripts import Script

ANSWER_SECONDS = 0.3  # the study, F19: with the library's own limits it took up to 20 seconds
CONNECTIONS = 64  # of one worker
FAILURES = 3  # in a row, until nobody asks any more
REST_SECONDS = 5.0  # until somebody asks again

Answer = Any  # what the server said: a number, bytes, None, or a list of these
Argument = bytes | float | str
Client = Redis | RedisCluster
_LATE = (LateAnswer, TimeoutError)

log = logging.getLogger("linnet")


class RedisServer:
    """Runs scripts on the server at `address`. `steady` gives seconds that only grow."""

    def __init__(self, address: RedisAddress, steady: Callable[[], float]) -> None:
        self._client = _client(address)
        self._steady = steady
        self._failures = 0
        self._rests_until = 0.0
        self._is_private = False

    async def run(
        self, script: Script, names: Sequence[str], arguments: Sequence[Argument]
    ) -> Answer:
        """What the script answers. Raises StoreUnavailable."""
        if self._failures >= FAILURES and self._steady() < self._rests_until:
            raise StoreUnavailable("the session store rests")
        try:
            found = await self._patiently(script, names, arguments)
        except (RedisError, OSError, TimeoutError) as error:
            self._failures += 1
            self._rests_until = self._steady() + REST_SECONDS
            self._is_private = False  # it may come back with other settings
            raise StoreUnavailable("the session store does not answer") from error
        self._failures = 0
        return found

    async def _patiently(
        self, script: Script, names: Sequence[str], arguments: Sequence[Argument]
    ) -> Answer:
        """One answer may be late because this process was; a second says something of the server.

        A script that had its effect and is asked again changes nothing: the version has moved on.
        """
        try:
            return await self._asked(script, names, arguments)
        except _LATE:
            if self._failures:
                raise
            return await self._asked(script, names, arguments)

    async def _asked(
        self, script: Script, names: Sequence[str], arguments: Sequence[Argument]
    ) -> Answer:
        if not self._is_private:
            await self._look()
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
        if await _keeps_on_disk(self._client):
            log.error("store-on-disk")
            raise StoreUnavailable("the session store writes to a disk")
        self._is_private = True

    async def refuse_disk(self) -> None:
        """Raises SettingsError where the server answers and writes what it holds to a disk.

        Where it does not answer nothing is raised: help is served without it, and it is looked at
        again before it is used.
        """
        try:
            found = await _keeps_on_disk(self._client)
        except (RedisError, OSError, TimeoutError):
            log.error("store-away")
            return
        if found:
            raise SettingsError(
                "LINNET_STORE writes what it holds to a disk, where it stays;"
                " set 'save \"\"' and 'appendonly no' in the server"
            )

    async def close(self) -> None:
        """Let go of every connection."""
        await self._client.aclose()


async def _keeps_on_disk(client: Client) -> bool:
    """Whether a node writes snapshots or a journal; so too where it does not let us ask."""
    in_cluster = isinstance(client, RedisCluster)
    everywhere = {"target_nodes": "all"} if in_cluster else {}
    for name in ("save", "appendonly"):
        answer = await client.execute_command("CONFIG GET", name, **everywhere)
        for each in answer.values() if in_cluster else [answer]:
            if each.get(name) not in {"", "no"}:
                return True
    return False


def _client(address: RedisAddress) -> Client:
    common: dict[str, Any] = {
        "username": address.username or None,
        "password": address.password or None,
        "socket_timeout": ANSWER_SECONDS,
        "socket_connect_timeout": ANSWER_SECONDS,
    }
    once = Retry(NoBackoff(), 0)
    if address.kind == "cluster":
        nodes = [ClusterNode(host, port) for host, port in address.hosts]
        return RedisCluster(startup_nodes=nodes, ssl=address.tls, retry=once, **common)
    common["retry"] = once
    if address.kind == "sentinel":
        common["ssl"] = address.tls
        sentinel = Sentinel(list(address.hosts), sentinel_kwargs=common, **common)  # type: ignore[no-untyped-call]
        found: Redis = sentinel.master_for(address.name)
        return found
    ((host, port),) = address.hosts
    if address.tls:
        common["connection_class"] = SSLConnection
    pool = BlockingConnectionPool(
        CONNECTIONS, ANSWER_SECONDS, host=host, port=port, db=address.database, **common
    )
    return Redis.from_pool(pool)

"""Redis addresses: where the shared store stands, read from one setting.

`redis://` is one server, `rediss://` the same over TLS. `redis+sentinel://a:26379,b/NAME` asks the
sentinels for the server called NAME; `redis+cluster://a:6379,b` is a cluster. A user and password
may stand before an `@`, percent-encoded. Valkey is spoken to in the same way.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from bot.exceptions import SettingsError

PORTS = {"": 6379, "sentinel": 26379, "cluster": 6379}
MOST_PORT = 65535
_ADDRESS = re.compile(
    r"redis(?P<tls>s?)(?:\+(?P<kind>sentinel|cluster))?://"
    r"(?:(?P<username>[^:@/]*)(?::(?P<password>[^@/]*))?@)?"
    r"(?P<hosts>[^@/?#]+)(?:/(?P<rest>[A-Za-z0-9_.-]*))?"
)
_HOST = re.compile(r"(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::(?P<port>[0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """`kind` is empty, `sentinel` or `cluster`; `name` is what sentinels call the server."""

    kind: str
    hosts: tuple[tuple[str, int], ...]
    tls: bool = False
    name: str = ""
    database: int = 0
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


def read_address(text: str, is_nearby: Callable[[str], bool]) -> RedisAddress:
    """The address in `text`. Raises SettingsError, with no word of it: a password may stand in it.

    `is_nearby` says whether a host is of this machine or its own network. Harm prevented: to any
    other host the keys of talks and the password would cross the net in the clear.
    """
    found = _ADDRESS.fullmatch(text)
    if found is None:
        raise SettingsError("LINNET_STORE is no address of Redis; see docs/running.md")
    kind, rest = found["kind"] or "", found["rest"] or ""
    hosts = tuple(_host(part, PORTS[kind]) for part in found["hosts"].split(","))
    if not kind and len(hosts) > 1:
        raise SettingsError(
            "LINNET_STORE names several hosts; say redis+sentinel or redis+cluster"
        )
    if kind == "sentinel" and not rest:
        raise SettingsError("LINNET_STORE needs the name that sentinels know: …/NAME")
    if kind == "cluster" and rest:
        raise SettingsError("LINNET_STORE names a database, which a cluster has not")
    if not kind and not re.fullmatch("[0-9]{0,3}", rest):
        raise SettingsError("LINNET_STORE names a database that is no number")
    if not found["tls"] and not all(is_nearby(host) for host, _ in hosts):
        raise SettingsError("LINNET_STORE must begin with rediss for a host that is not nearby")
    return RedisAddress(
        kind,
        hosts,
        bool(found["tls"]),
        name=rest if kind == "sentinel" else "",
        database=int(rest or 0) if not kind else 0,
        username=unquote(found["username"] or ""),
        password=unquote(found["password"] or ""),
    )


def _host(text: str, port: int) -> tuple[str, int]:
    found = _HOST.fullmatch(text)
    number = int(found["port"] or port) if found else 0
    if found is None or not 0 < number <= MOST_PORT:
        raise SettingsError("LINNET_STORE names a host that is none; see docs/running.md")
    return found["host"].strip("[]"), number

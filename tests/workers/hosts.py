"""Hosts: a small network of this machine, each host with an address, routes and sockets of its own.

Made of Linux's network namespaces, joined by a bridge. A host whose cable is pulled is not refused
and not reset: what is sent to it is lost, as between two machines.
"""

import os
import secrets
import shutil
import subprocess
from itertools import chain
from pathlib import Path

from tests.leaving_out import leave_out

IP = shutil.which("ip", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def hosts_there() -> str:
    """Where iproute2 is; leaves the test out where hosts cannot be made, never in CI."""
    if IP is None:
        leave_out("iproute2 is not installed: .ci/servers installs it")
    if os.geteuid() != 0:
        leave_out("hosts of their own can be made by root only")
    return IP


class Hosts:
    """`count` hosts while it is entered. `address` is that of this program, which all can reach."""

    def __init__(self, count: int) -> None:
        self._ip = hosts_there()
        self._name = f"ln{secrets.token_hex(3)}"  # with what follows, 15 letters or fewer
        self._net = f"10.{secrets.randbelow(200) + 20}.{secrets.randbelow(250) + 1}"
        self.address = f"{self._net}.1"
        self.all = tuple(Host(self, number) for number in range(count))

    def __enter__(self) -> "Hosts":
        try:
            self.ip("link", "add", self._name, "type", "bridge")
            self.ip("addr", "add", f"{self.address}/24", "dev", self._name)
            self.ip("link", "set", self._name, "up")
            for host in self.all:
                host.begin()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for words in chain(
            (("netns", "del", host.name) for host in self.all), [("link", "del", self._name)]
        ):
            self.ip(*words, needed=False)

    def named(self, number: int) -> tuple[str, str]:
        """The name and the address of a host."""
        return f"{self._name}h{number}", f"{self._net}.{number + 2}"

    @property
    def near(self) -> str:
        """The hardware address of this program."""
        return Path(f"/sys/class/net/{self._name}/address").read_text().strip()

    def join(self, cable: str) -> None:
        """Put one end of a cable into the bridge."""
        self.ip("link", "set", cable, "master", self._name)

    def ip(self, *words: str, needed: bool = True) -> None:
        """One command of iproute2. Raises where it is `needed` and fails."""
        subprocess.run([self._ip, *words], check=needed, capture_output=True, timeout=20)


class Host:
    """One host: `within` stands before a command that runs on it, `address` is where it is found."""

    def __init__(self, hosts: Hosts, number: int) -> None:
        self._hosts = hosts
        self.name, self.address = hosts.named(number)
        self._cable = f"{self.name}v"
        self.within = (hosts_there(), "netns", "exec", self.name)

    def begin(self) -> None:
        """Make it, with its cable in."""
        ip, inside = self._hosts.ip, "eth0"
        ip("netns", "add", self.name)
        ip("link", "add", self._cable, "type", "veth", "peer", "name", inside, "netns", self.name)
        self._hosts.join(self._cable)
        ip("-n", self.name, "addr", "add", f"{self.address}/24", "dev", inside)
        for device in ("lo", inside):
            ip("-n", self.name, "link", "set", device, "up")
        self.plug()

    def pull(self) -> None:
        """Pull its cable: nothing arrives and nothing is answered."""
        self._hosts.ip("link", "set", self._cable, "down")

    def plug(self) -> None:
        """Put it in again."""
        self._hosts.ip("link", "set", self._cable, "up")

    def knows_this_program(self) -> None:
        """Keep nothing back for it while the cable is out, as behind a switch that still answers."""
        near = self._hosts.near
        self._hosts.ip(
            "-n", self.name, "neigh", "replace", self._hosts.address,
            "lladdr", near, "dev", "eth0", "nud", "permanent",
        )  # fmt: skip

"""Several workers behind one nginx, over one Redis: each a program of its own.

All are on this machine, or Redis and each worker on a host of their own (`tests.workers.hosts`).
"""

import os
import secrets
import shutil
import subprocess
from pathlib import Path

from tests.leaving_out import leave_out
from tests.ports import free_port
from tests.sessions.servers import PRIVATE, Server, there
from tests.telegram.fakeapi.server import FakeTelegram
from tests.telegram.running import WIDE, Served, eventually
from tests.workers.hosts import Host, Hosts

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")

# A worker that does not answer is passed over at once; what was sent to it goes to the next, because
# an update and an answer of the page may come twice without harm.
_CONFIGURATION = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.txt crit;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream workers {{
        {workers}
        keepalive 32;
    }}
    server {{
        listen 127.0.0.1:{port};
        client_max_body_size 64k;
        client_body_buffer_size 64k;  # as in docs/deploy: no update is put on a disk
        location / {{
            proxy_pass http://workers;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $http_host;
            proxy_connect_timeout 1s;
            proxy_next_upstream error timeout http_503 non_idempotent;
        }}
    }}
}}
"""


def nginx_there() -> str:
    """Where nginx is; leaves the test out where it is not, never in CI."""
    if NGINX is None:
        leave_out("nginx is not installed: .ci/servers installs it")
    return NGINX


def on_a_host(host: Host) -> Server:
    """A server that others on the net may ask; in use a password and TLS stand before it."""
    return Server(*PRIVATE, "--protected-mode", "no", host=host.address, within=host.within)


class Balanced:
    """`count` workers of one bot. `address` is where people and Telegram find them.

    With `hosts`, the first has Redis and each of the others a worker.
    """

    def __init__(
        self,
        fake: FakeTelegram,
        folder: Path,
        count: int,
        hosts: Hosts | None = None,
        **settings: str,
    ) -> None:
        there()
        self._nginx_path = nginx_there()
        self.folder = folder
        self.redis = Server() if hosts is None else on_a_host(hosts.all[0])
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        secret = folder / "secret"
        secret.write_bytes(secrets.token_bytes(32))
        secret.chmod(0o600)
        common = {
            "LINNET_TELEGRAM_MODE": "webhook",
            "LINNET_WEBHOOK_URL": f"{self.address}/{secrets.token_urlsafe(24)}",
            "LINNET_WEBHOOK_SECRET": secrets.token_urlsafe(32),
            "LINNET_STORE": self.redis.address,
            "LINNET_SECRET_FILE": str(secret),
            **settings,
        }
        self.ports = [free_port() for _ in range(count)]
        self._addresses = ["127.0.0.1"] * count
        within: list[tuple[str, ...]] = [()] * count
        if hosts is not None:
            self._addresses = [host.address for host in hosts.all[1:]]
            within = [host.within for host in hosts.all[1:]]
        self.workers = []
        for number, port in enumerate(self.ports):
            own = folder / f"worker-{number}"
            own.mkdir()
            where = {"LINNET_HOST": self._addresses[number], "LINNET_PORT": str(port)}
            self.workers.append(
                Served(fake, own, program=WIDE, within=within[number], **common, **where)
            )
        self._nginx: subprocess.Popen[bytes] | None = None

    def start_nginx(self) -> None:
        """Start it before the workers, which are asked for only when somebody comes."""
        workers = "\n        ".join(
            f"server {address}:{port} max_fails=1 fail_timeout=1s;"
            for address, port in zip(self._addresses, self.ports, strict=True)
        )
        path = self.folder / "nginx.conf"
        path.write_text(_CONFIGURATION.format(folder=self.folder, workers=workers, port=self.port))
        self._nginx = subprocess.Popen(
            [self._nginx_path, "-c", str(path), "-e", f"{self.folder}/nginx.txt"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @property
    def addresses(self) -> list[str]:
        """Where each worker itself is found."""
        pairs = zip(self._addresses, self.ports, strict=True)
        return [f"http://{address}:{port}" for address, port in pairs]

    async def __aenter__(self) -> "Balanced":
        try:
            self.redis.start()
            self.start_nginx()
            for worker in self.workers:
                worker.start()
            everybody = eventually(lambda: all(worker.serving() for worker in self.workers), 30)
            assert await everybody, self.said()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.kill()
        if self._nginx is not None:
            self._nginx.terminate()
            self._nginx.wait()
        self.redis.close()

    def said(self) -> str:
        """The end of what each worker wrote."""
        return "\n".join(f"{n}: {one.log()[-800:]}" for n, one in enumerate(self.workers))

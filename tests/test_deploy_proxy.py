"""The proxy's file in a real nginx: nets are counted as nets, and nothing is written anywhere."""

import http.client
import ssl
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.ports import free_port
from tests.workers.balanced import nginx_there

DEPLOY = Path(__file__).parents[1] / "docs/deploy"
CANARY = "zq9canary"
BURST = 200
# What stands around the file on a machine. Only here a header says whose address it is.
AROUND = """
daemon off;
pid FOLDER/pid;
error_log FOLDER/start.txt crit;
events { }
http {
    client_body_temp_path FOLDER/body;
    proxy_temp_path FOLDER/proxy;
    fastcgi_temp_path FOLDER/fastcgi;
    uwsgi_temp_path FOLDER/uwsgi;
    scgi_temp_path FOLDER/scgi;
    set_real_ip_from 127.0.0.1;
    real_ip_header X-Test;
    include FOLDER/upstream.conf;
    include FOLDER/site.conf;
}
"""


def certify(folder):
    """A certificate that is good for nothing but this test."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "notes.example")])
    began = datetime(2020, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), began,
        began + timedelta(days=36500),
    ).sign(key, hashes.SHA256())  # fmt: skip
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )  # fmt: skip


class Proxy:
    """The file as it is shipped, but for its ports, its certificate's place and its workers."""

    def __init__(self, folder):
        self.folder, self.port, plain = folder, free_port(), free_port()
        certify(folder)
        site = (DEPLOY / "nginx.conf").read_text()
        for old, new in (
            ("listen 443 ", f"listen 127.0.0.1:{self.port} "), ("listen [::]:443 ssl default_server;", ""),
            ("listen 80 ", f"listen 127.0.0.1:{plain} "), ("listen [::]:80 default_server;", ""),
            ("/etc/nginx/tls", str(folder)),
        ):  # fmt: skip
            assert old in site
            site = site.replace(old, new)
        (folder / "site.conf").write_text(site)
        upstream = (DEPLOY / "upstream.conf").read_text().replace(":8000", f":{free_port()}")
        (folder / "upstream.conf").write_text(upstream)
        (folder / "nginx.conf").write_text(AROUND.replace("FOLDER", str(folder)))
        self.command = [nginx_there(), "-c", f"{folder}/nginx.conf", "-e", f"{folder}/start.txt"]

        self.trusting = ssl.create_default_context(cafile=folder / "fullchain.pem")
        self.trusting.check_hostname = False

    def __enter__(self):
        self.process = subprocess.Popen(self.command)
        end = time.monotonic() + 20
        while True:
            try:
                self.connection = http.client.HTTPSConnection(
                    "127.0.0.1", self.port, context=self.trusting, timeout=20
                )
                self.connection.connect()
            except OSError:
                assert time.monotonic() < end
                time.sleep(0.02)
            else:
                return self

    def __exit__(self, *_):
        self.connection.close()
        self.process.terminate()
        self.process.wait(20)

    def ask(self, address, path="/page.js", method="GET", body=None):
        """(status, text) for somebody who comes from this address."""
        self.connection.request(method, path, body, {"X-Test": address, "Host": "notes.example"})
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode()


@pytest.fixture
def proxy(tmp_path):
    with Proxy(tmp_path) as started:
        yield started


NETS = [
    ("203.0.113.10", "203.0.113.250", "203.0.114.10"),
    ("10.10.10.10", "10.10.10.11", "10.10.11.10"),
    ("2001:db8:1:2200::1", "2001:db8:1:22ff::9", "2001:db8:1:2300::1"),
]


@pytest.mark.parametrize(("one", "neighbour", "stranger"), NETS, ids=["v4", "line feeds", "v6"])
def test_a_net_shares_its_room_and_another_has_its_own(proxy, one, neighbour, stranger):
    told = [proxy.ask(one)[0] for _ in range(4 * BURST)]
    assert 429 not in told[:BURST]
    assert 429 in told
    assert 429 in [proxy.ask(neighbour)[0] for _ in range(10)]
    assert proxy.ask(stranger)[0] == 503
    for path in ("/exit", f"/{'a' * 22}"):  # never held back
        assert 429 not in [proxy.ask(one, path, "POST")[0] for _ in range(10)]


def test_without_a_worker_the_number_that_is_always_right_stands(proxy):
    status, text = proxy.ask("203.0.113.10", "/")
    assert (status, "999" in text) == (503, True)


def test_nothing_of_what_came_is_written_anywhere(proxy):
    for _ in range(BURST * 2):
        proxy.ask("203.0.113.10", f"/{CANARY}", "POST", f"{CANARY * 3000}")
    written = {path: path.read_bytes() for path in proxy.folder.rglob("*") if path.is_file()}
    assert not [path for path, data in written.items() if CANARY.encode() in data]
    assert not [path for path, data in written.items() if b"203.0.113" in data]

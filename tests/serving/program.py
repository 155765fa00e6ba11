"""`linnet serve` in a process of its own, and a talk with its page."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from tests.cli.running import ROOT
from tests.ports import free_port


class Program:
    """`linnet serve` with nothing but the page, at the log level that says most.

    `with` waits until it serves the page, and ends it whatever happens.
    """

    def __init__(self, folder, *options, **settings):
        self.port, self.said = free_port(), folder / "said.txt"
        environment = {
            **os.environ, "LINNET_PORT": str(self.port), "LINNET_LOG_LEVEL": "debug",
            "RUNTIME_DIRECTORY": str(folder), **settings,
        }  # fmt: skip
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve", *options],
                cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            )  # fmt: skip

    def __enter__(self):
        try:
            self.wait("web-serving")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def ask(self, path="/", data=None, **headers):
        """(status, headers) of one request."""
        address = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(address, data, headers)  # our own
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                return answer.status, answer.headers
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers

    def read(self, data=None, path="/", **headers):
        """(words, headers) of the page, or of the card that answers."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers)
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  # our own
            return answer.read().decode(), answer.headers

    def health(self):
        """What it says of itself."""
        address = f"http://127.0.0.1:{self.port}/healthz"
        with urllib.request.urlopen(address, timeout=30) as answer:  # our own
            return answer.read().decode()

    def wait(self, event):
        """Wait until it has written the event."""
        end = time.monotonic() + 60
        while event not in self.log():
            assert time.monotonic() < end, self.log()
            assert self.process.poll() is None, self.log()
            time.sleep(0.02)

    def log(self):
        return self.said.read_text()

    def stop(self, by=signal.SIGTERM):
        self.process.send_signal(by)
        return self.process.wait(10)


class Talk:
    """One talk, as the script of the page has it."""

    def __init__(self, program, path="/"):
        self.page, _ = program.read(path=path)
        self.program = program
        self.token, self.turn = (
            re.search(rf'name="{name}" value="([^"]+)"', self.page)[1] for name in "tn"
        )

    def type(self, words):
        body = json.dumps({"a": "say", "say": words, "n": self.turn}).encode()
        headers = {"Content-Type": "application/json", "X-Session": self.token}
        card, shown = self.program.read(body, **headers)
        self.turn = shown["X-Turn"]
        return card

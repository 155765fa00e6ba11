"""Commands run as people run them: in a process of their own, by pipe or at a screen."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Some machines write everything at once; people's do not, and then the end has to be flushed.
BUFFERED = {**os.environ, "PYTHONUNBUFFERED": ""}
CHAT = (sys.executable, "-m", "bot", "chat", "--lang", "en")


def linnet(
    *arguments: str, typed: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run one command to its end, with `typed` as its whole input."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=typed,
        capture_output=True,
        cwd=ROOT,
        env={**BUFFERED, **(env or {})},
        check=False,
        timeout=60,
    )


def in_shell(line: str) -> subprocess.CompletedProcess[bytes]:
    """Run `linnet` with `line` behind it in a shell, which alone can close a stream."""
    return subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" -m bot {line}', sys.executable],
        input=b"",
        capture_output=True,
        cwd=ROOT,
        env=BUFFERED,
        check=False,
        timeout=60,
    )


class Screen:
    """A chat in English, or another command, with a person before it.

    `seen` is all that was ever written.
    """

    def __init__(
        self, command: Sequence[str] = CHAT, env: Mapping[str, str] | None = None
    ) -> None:
        self._ours, theirs = pty.openpty()
        self.chat = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=ROOT,
            env={**BUFFERED, **(env or {})},
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = b""

    def wait_for(self, words: bytes, seconds: float = 20) -> bool:
        """Read until `words` were written since the last call; False when that never came."""
        start, end = len(self.seen), time.monotonic() + seconds
        while words not in self.seen[start:]:
            ready, _, _ = select.select([self._ours], [], [], max(0, end - time.monotonic()))
            more = self._read() if ready else b""
            if not more:
                return False
            self.seen += more
        return True

    def _read(self) -> bytes:
        try:
            return os.read(self._ours, 65536)
        except OSError:  # how a Linux terminal says that nobody writes to it any more
            return b""

    def type(self, line: str) -> None:
        """Type a line and press Enter."""
        os.write(self._ours, f"{line}\n".encode())

    def end(self) -> int:
        """Wait for the end and read what is left; the exit code."""
        while self.wait_for(b"\0 never written", 20):
            pass
        return self.chat.wait(timeout=20)

    def close(self) -> None:
        """Close the window."""
        if self._ours >= 0:
            os.close(self._ours)
        self._ours = -1


@contextmanager
def screen(
    command: Sequence[str] = CHAT, env: Mapping[str, str] | None = None
) -> Iterator[Screen]:
    """A chat or another command at a screen, which is gone afterwards whatever happened."""
    found = Screen(command, env)
    try:
        yield found
    finally:
        found.chat.kill()
        found.chat.wait()
        found.close()

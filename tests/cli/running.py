"""Commands run as people run them: in a process of their own, by pipe or at a screen."""

import multiprocessing
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from bot.__main__ import main

FORK = multiprocessing.get_context("fork")
ROOT = Path(__file__).parents[2]
# Some machines write everything at once; people's do not, and then the end has to be flushed.
BUFFERED = {**os.environ, "PYTHONUNBUFFERED": ""}
CHAT = (sys.executable, "-m", "bot", "chat", "--lang", "en")


def linnet(
    *arguments: str, typed: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run one command to its end, with `typed` as its whole input.

    It runs in a process of its own, which is forked from this one: the program is in memory then,
    and to load it takes longer than most commands.
    """
    with TemporaryFile() as given, TemporaryFile() as said, TemporaryFile() as wrong:
        given.write(typed)
        given.seek(0)
        streams = (given.fileno(), said.fileno(), wrong.fileno())
        child = FORK.Process(target=_run, args=(arguments, streams, {**BUFFERED, **(env or {})}))
        child.start()
        child.join(60)
        if child.exitcode is None:
            child.kill()
            raise subprocess.TimeoutExpired(arguments, 60)
        said.seek(0)
        wrong.seek(0)
        return subprocess.CompletedProcess(arguments, child.exitcode, said.read(), wrong.read())


def _run(arguments: Sequence[str], streams: Sequence[int], env: Mapping[str, str]) -> None:
    """What the program does with these arguments; the process is its own from here on."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["linnet", *arguments]
    with (
        open(0, closefd=False) as sys.stdin,
        open(1, "w", closefd=False) as sys.stdout,
        open(2, "w", errors="backslashreplace", closefd=False) as sys.stderr,
    ):
        sys.exit(main())


def in_shell(
    line: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run `linnet` with `line` behind it in a shell, which can close a stream.

    The program is loaded anew, as on any other day.
    """
    return subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" -m bot {line}', sys.executable],
        input=b"",
        capture_output=True,
        cwd=ROOT,
        env={**BUFFERED, **(env or {})},
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

"""The keyboard: lines that a person types, read so that no way to stop is missed in between."""

import os
import select
import signal
import socket
from types import TracebackType
from typing import Self

# Ctrl-C, a polite kill, and the window being closed; the last is not known to every system.
STOPS = tuple(
    signal.Signals[name]
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if name in signal.Signals.__members__
)


def listen() -> None:
    """From now on each of `STOPS` is a mark that `Keyboard.readline` finds, and nothing else.

    Python would raise at whatever line it is on, also while a lock is taken or an object cleared
    away; the lock then stays taken for ever, or the signal is lost. Harm prevented: the talk would
    stand on the screen, and the only way to end it would do nothing.
    """
    for stop in STOPS:
        signal.signal(stop, _only_marked)


def _only_marked(*_: object) -> None:
    """A signal needs a handler, or it is not written down."""


class Keyboard:
    """Reads lines from a terminal that stands open as the file number `fileno`.

    Harm prevented: a signal that comes in the moment before a plain read begins is only heard
    after the next line is typed, and until then the talk would stand on the screen.
    """

    def __init__(self, fileno: int) -> None:
        self._typed = fileno
        self._woken, self._waking = socket.socketpair()
        self._before = -1

    def __enter__(self) -> Self:
        for end in (self._woken, self._waking):
            end.setblocking(False)
        self._before = signal.set_wakeup_fd(self._waking.fileno(), warn_on_full_buffer=False)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        signal.set_wakeup_fd(self._before)
        self._woken.close()
        self._waking.close()

    def readline(self, most: int, /) -> bytes:
        """One line with its end, or at most so many bytes of it; empty when the terminal is gone.

        A stop, also one that came before, goes before what was typed. Raises KeyboardInterrupt
        for it after `listen`, else whatever its handler raises, and OSError when the window is
        closed.
        """
        line = b""
        # Byte by byte: of what is pasted as several lines only one is taken.
        while len(line) < most and not line.endswith(b"\n"):
            self._wait()
            byte = os.read(self._typed, 1)
            if not byte:
                break
            line += byte
        return line

    def _wait(self) -> None:
        """Wait until something is typed."""
        while True:
            ready, _, _ = select.select([self._typed, self._woken.fileno()], [], [])
            if self._woken.fileno() not in ready:
                return
            # Each signal that came is one byte, its number.
            if not set(STOPS).isdisjoint(self._woken.recv(4096)):
                raise KeyboardInterrupt

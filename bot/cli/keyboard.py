"""The keyboard: lines that a person types, read so that no way to stop is missed in between."""

import select
import signal
import socket
from types import TracebackType
from typing import Self


class Keyboard:
    """Reads lines from a terminal that stands open as the file number `fileno`.

    Harm prevented: a signal that comes in the moment before a plain read begins is only heard
    after the next line is typed, and until then the talk would stand on the screen.
    """

    def __init__(self, fileno: int) -> None:
        # Without a buffer: what is pasted as several lines must not wait in one.
        self._typed = open(fileno, "rb", buffering=0, closefd=False)  # noqa: SIM115  # closed below
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
        self._typed.close()
        self._woken.close()
        self._waking.close()

    def readline(self, most: int, /) -> bytes:
        """One line with its end, or at most so many bytes of it; empty when the terminal is gone.

        Whatever the handler of a signal raises comes out of here at once. Raises OSError when the
        window is closed.
        """
        typed, woken = self._typed.fileno(), self._woken.fileno()
        while True:
            ready, _, _ = select.select([typed, woken], [], [])
            if typed in ready:
                return self._typed.readline(most)
            self._woken.recv(4096)

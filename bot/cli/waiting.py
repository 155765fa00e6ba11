"""What a person sees while a command works for long: how many seconds it has been at it."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

PATIENCE = 2.0  # seconds that nobody wonders about
_STEP = 1.0


@contextmanager
def waiting(
    doing: str, screen: TextIO | None = None, patience: float = PATIENCE, step: float = _STEP
) -> Iterator[None]:
    """Say on `screen` (stderr) what is being done when it takes longer than `patience` seconds.

    The line is written again every `step` seconds and taken away at the end. Nothing is said
    where the screen is a file or a pipe, so that logs stay clean, or closed (`2>&-`).
    """
    screen = screen or sys.stderr
    if screen is None or not screen.isatty():
        yield
        return
    done = threading.Event()
    teller = threading.Thread(
        target=_tell, args=(doing, screen, done, patience, step), daemon=True
    )
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(doing: str, screen: TextIO, done: threading.Event, patience: float, step: float) -> None:
    seconds, pause = 0.0, patience
    while not done.wait(pause):
        seconds += pause
        pause = step
        screen.write(f"\r{doing}: {seconds:.0f} s")
        screen.flush()
    if seconds:
        screen.write("\r\x1b[K")
        screen.flush()

"""What a person sees while a command works for long: how many seconds it has been at it."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 2.0  # seconds that nobody wonders about
_STEP = 1.0


@contextmanager
def waiting(doing: str, patience: float = PATIENCE, step: float = _STEP) -> Iterator[None]:
    """Say on stderr what is being done when it takes longer than `patience` seconds.

    The line is written again every `step` seconds and taken away at the end. Nothing is said
    where stderr is a file or a pipe, so that logs stay clean.
    """
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    teller = threading.Thread(target=_tell, args=(doing, done, patience, step), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(doing: str, done: threading.Event, patience: float, step: float) -> None:
    seconds, pause = 0.0, patience
    while not done.wait(pause):
        seconds += pause
        pause = step
        sys.stderr.write(f"\r{doing}: {seconds:.0f} s")
        sys.stderr.flush()
    if seconds:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()

"""A clock that tests move, and a way to make a store's calls without a loop."""

from collections.abc import Coroutine
from typing import Any, TypeVar

Given = TypeVar("Given")


class Clock:
    """Seconds that move only when a test says so."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds

    def __call__(self) -> float:
        return self.seconds


def done(call: Coroutine[Any, Any, Given]) -> Given:
    """What a call gives that never waits for anything, as those of every store."""
    try:
        call.send(None)
    except StopIteration as end:
        found: Given = end.value
        return found
    raise AssertionError("the call waited")

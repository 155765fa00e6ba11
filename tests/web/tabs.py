"""A tab of a browser, whichever it is: what a person does in it, and what can be seen of it."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Request:
    """A request that the browser made; names of headers in small letters."""

    method: str
    url: str
    headers: Mapping[str, str]


class Tab(Protocol):
    """One tab. `run` looks at the page from outside; the page's own rules do not hold it back."""

    asked: list[Request]
    said: list[str]  # lines of the console

    async def go(self, url: str) -> None:
        """Open an address, as if she had typed it."""

    async def run(self, expression: str) -> Any:
        """The value of an expression in the page."""

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, by their names in `KeyboardEvent.key`."""

    async def write(self, text: str) -> None:
        """Type text where the focus is."""

    async def click(self, x: float, y: float) -> None:
        """Press at a point of the window."""

    async def move(self, steps: int) -> None:
        """Go back (-1) or forward (1) in the history."""

    async def reload(self) -> None:
        """Load the page again."""

    async def close(self) -> None:
        """Close the tab."""


async def seen(tab: Tab, expression: str, seconds: float = 10) -> Any:
    """The value of the expression as soon as it is true; the last value when it never is.

    A page that is just being left cannot be asked: that counts as not yet.
    """
    value: Any = None
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while loop.time() < end:
        try:
            value = await asyncio.wait_for(tab.run(expression), 5)
        except Exception as fault:  # noqa: BLE001  # each browser has errors of its own for this
            value = f"{type(fault).__name__}: {fault}"
        else:
            if value:
                return value
        await asyncio.sleep(0.01)
    return None


def kill_all(process: "subprocess.Popen[bytes]") -> None:
    """Kill a browser with all its processes; it was started as a group of its own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()

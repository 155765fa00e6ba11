"""Watching: flow files that an author saves while a preview runs, noticed by their times."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from bot.problems import Problem

SECONDS = 1.0  # between two looks

# By path in the folder: when it was saved, in nanoseconds, and its bytes.
Stamps = Mapping[str, tuple[int, int]]


class Refused:
    """What the preview says about files that were saved and cannot be used; empty when all can."""

    def __init__(self) -> None:
        self.lines: Sequence[str] = ()

    def note(self, problems: Sequence[Problem]) -> None:
        """These problems stand now, by file and place; none when the files were taken."""
        errors = sorted(problem for problem in problems if problem.level == "error")
        self.lines = [str(problem) for problem in errors]


def stamps(folder: Path) -> Stamps:
    """The flow files of a folder and of those in it. One that goes away meanwhile is left out."""
    found = {}
    for path in folder.rglob("*.yaml"):
        try:
            stat = path.stat()
        except OSError:
            continue  # an editor puts a new file in the place of the old one
        found[path.relative_to(folder).as_posix()] = (stat.st_mtime_ns, stat.st_size)
    return found


async def watch(
    look: Callable[[], Stamps],
    read: Callable[[], Awaitable[object]],
    seconds: float = SECONDS,
) -> None:
    """Have the files read whenever `look` gives something else than before. Never returns.

    What is saved while files are read is read the next time, and so is what could not be opened.
    """
    before: Stamps | None = look()
    while True:
        await asyncio.sleep(seconds)
        now = look()
        if now != before:
            before = now
            try:
                await read()
            except OSError:
                before = None

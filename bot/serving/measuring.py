"""Measuring: where the counts of `/metrics` come from: turns, the log, and the process itself."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from bot.conversation.acting import World
from bot.conversation.counting import Counting
from bot.conversation.messages import Incoming, Taken
from bot.conversation.turns import Turns
from bot.events import OURS
from bot.locales.phrases import Phrase
from bot.serving.exposition import write
from bot.serving.health import Health
from bot.serving.metrics import Machine, Metrics
from bot.sessions.model import SessionStore

PROCESS = Path("/proc/self")


class MeasuredTurns(Turns):
    """`Turns` that tells `took` the seconds of each turn, and the key where a talk is kept.

    Turns that nobody asked for, as hiding a quiet card, are among them.
    """

    def __init__(
        self,
        world: World,
        store: SessionStore,
        now: Callable[[], datetime],
        keeps: Phrase,
        seconds: Callable[[], float],
        took: Callable[[float, str], None],
        *,
        quiet_end: bool = False,
        counting: Counting | None = None,
    ) -> None:
        super().__init__(world, store, now, keeps, quiet_end=quiet_end, counting=counting)
        self._seconds = seconds
        self._took = took

    async def turn(self, incoming: Incoming) -> Taken:
        """See `Turns`."""
        began = self._seconds()
        taken = await super().turn(incoming)
        self._took(self._seconds() - began, taken.key if taken.version > 0 else "")
        return taken


class _Counting(logging.Handler):
    """Tells the name of each event of ours at `warning` or above, and not a word beside it."""

    def __init__(self, event: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._event = event

    def emit(self, record: logging.LogRecord) -> None:
        """One line of the log."""
        if isinstance(record.msg, str):
            self._event(record.msg.partition(" ")[0])


@contextmanager
def counted(event: Callable[[str], None]) -> Iterator[None]:
    """Have `event` told of the log's events. What `LINNET_LOG_LEVEL` leaves out is not counted."""
    logger, handler = logging.getLogger(OURS), _Counting(event)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def look(process: Path = PROCESS) -> Machine:
    """What the system says of this process; None for what it does not say."""
    try:
        pages = int((process / "statm").read_text(encoding="ascii").split()[1])
        memory = pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        memory = None
    try:
        files = len(os.listdir(process / "fd"))  # noqa: PTH208  # names are all that is needed
    except OSError:
        files = None
    return Machine(memory, files)


@dataclass(frozen=True, slots=True)
class Measures:
    """All that is known of how the program works: what `/healthz` says, and `/metrics`."""

    health: Health
    metrics: Metrics
    version: str

    def old_directory(self, old: bool) -> None:
        """Whether the directory served is the last good one in place of that in the files."""
        self.health.old_directory = old

    def called(self, fault: str | None) -> None:
        """A call to Telegram ended: the kind of its fault, None where it was answered."""
        if fault is not None:
            self.metrics.fault(fault)
        if fault in {None, "revoked"}:
            self.health.telegram_refused = fault is not None

    def page(self) -> str:
        """The text of `/metrics`."""
        last_good = self.health.data_last_good
        return write(self.metrics.families(self.version, last_good=last_good))


def begin(now: Callable[[], float]) -> Measures:
    """Nothing counted yet; the version is looked for on the disk once. `now` gives seconds that only grow."""
    return Measures(Health(now), Metrics(now, look), version("linnet"))

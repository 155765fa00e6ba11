"""Counting: from the talks of both channels into the files of counts, once a day.

What is counted waits in memory until the day in London changes or the program stops, so that
nobody who looks at the files learns at what hour somebody talked.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from bot.conversation.acting import World
from bot.conversation.counting import Counting, countable
from bot.counting.pending import Pending
from bot.counting.tables import (
    CHANNELS,
    COUNCIL,
    LANGUAGE,
    LINK,
    NEED,
    NOT_SAID,
    OUTCOME,
    OUTCOMES,
    UNMET,
    WRONG,
    Cell,
    Rows,
)
from bot.directory.schedules import LONDON
from bot.exceptions import SettingsError
from bot.serving.links import KnownLinks

LOOK_SECONDS = 600.0  # how often it is seen whether a new day has begun

log = logging.getLogger("linnet")


def rows_of(world: World, codes: Iterable[str]) -> Rows:
    """Every row there can be with these data and these codes of links."""
    councils = (*world.places.councils, NOT_SAID)
    needs = countable(world.material.plan)
    return {
        OUTCOME.name: [f"{channel}.{outcome}" for channel in CHANNELS for outcome in OUTCOMES],
        LANGUAGE.name: [language.code for language in world.catalogues.offered],
        COUNCIL.name: councils,
        NEED.name: [need for need in world.material.vocabulary.needs if need in needs],
        UNMET.name: councils,
        LINK.name: list(codes),
        WRONG.name: list(world.material.services),
    }


class TalkCounter:
    """Counts for one program.

    `world` gives the data of now, `links` the links that are known, `now` aware time, `below`
    random whole numbers.
    """

    def __init__(
        self,
        folder: Path,
        world: Callable[[], World],
        links: KnownLinks,
        now: Callable[[], datetime],
        below: Callable[[int], int],
    ) -> None:
        self._folder = folder
        self._world = world
        self._links = links
        self._now = now
        self._below = below
        self._pending = Pending()

    def of(self, channel: str) -> Counting:
        """What the turns of a channel count with."""
        return Counting(channel, self._add, self._below)

    def _add(self, cells: Sequence[Cell]) -> None:
        counted = [
            cell for cell in cells if cell.table != LINK.name or self._links.counts(cell.row)
        ]
        self._pending.add(counted, self._today())

    def flush(self) -> None:
        """Add what is pending to the files. What cannot be written stays; the log says so."""
        rows = rows_of(self._world(), self._links.codes())
        self._pending.flush(self._folder, rows, self._today(), self._below)

    async def keep(self, look_seconds: float = LOOK_SECONDS) -> None:
        """Flush at the start, whenever a day has ended, and when this is cancelled.

        A fault that nobody foresaw ends no counting: what was not kept waits for the next day.
        """
        flushed = None
        try:
            while True:
                today = self._today()
                if flushed != today:
                    flushed = today
                    await asyncio.to_thread(self._flush_whatever_happens)
                await asyncio.sleep(look_seconds)
        finally:
            self._flush_whatever_happens()

    def _flush_whatever_happens(self) -> None:
        try:
            self.flush()
        except Exception as error:  # noqa: BLE001  # whatever it is
            log.warning("counts-not-kept %s", type(error).__name__)

    def _today(self) -> date:
        return london_day(self._now())


def london_day(moment: datetime) -> date:
    """The day in London at an aware moment."""
    return moment.astimezone(LONDON).date()


def usable(folder: Path) -> Path:
    """The folder of counts. Raises SettingsError where it is none."""
    if not folder.is_dir():
        raise SettingsError("LINNET_COUNTS is not a folder; make it, for this program alone")
    return folder

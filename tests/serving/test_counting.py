"""Counts go from the talk into files once a day, and only what has a row is counted."""

import asyncio
import contextlib
from datetime import UTC, date, datetime
from random import Random

import pytest

from bot.counting import counts_file
from bot.counting.periods import DAY
from bot.counting.tables import COUNCIL, LINK, NEED, NOT_SAID, OUTCOME, TABLES, WRONG, Cell
from bot.exceptions import SettingsError
from bot.serving.counting import TalkCounter, rows_of, usable
from bot.serving.links import KnownLinks
from tests.telegram.running import eventually

ACTIVE, OTHER = "23456789", "3456789a"


class Clock:
    def __init__(self, moment):
        self.moment = moment

    def __call__(self):
        return self.moment


@pytest.fixture
def clock():
    return Clock(datetime(2026, 11, 20, 12, tzinfo=UTC))


@pytest.fixture
def links(tmp_path):
    path = tmp_path / "links.yaml"
    path.write_text(f'links:\n  - code: "{ACTIVE}"\n    made: 2026-11-01\n')
    return KnownLinks(path, lambda: date(2026, 11, 20))


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "counts"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def counter(folder, world, links, clock):
    below = Random(7).randrange  # noqa: S311  # the same every time
    return TalkCounter(folder, lambda: world, links, clock, below)


def kept(folder, period="2026-Q4"):
    return counts_file.read(folder, period)


def test_every_table_has_its_rows(world):
    rows = rows_of(world, [ACTIVE])
    assert rows.keys() == {table.name for table in TABLES}
    assert "web.signposted" in rows[OUTCOME.name]
    assert len(rows[OUTCOME.name]) == 8
    assert NOT_SAID in rows[COUNCIL.name]
    assert "woman_worker" in rows[NEED.name]
    assert {"sex_work", "no_recourse", "pregnancy"}.isdisjoint(rows[NEED.name])
    assert set(rows[WRONG.name]) == set(world.material.services)
    assert rows[LINK.name] == [ACTIVE]


def test_what_is_added_is_in_the_files_after_a_flush_and_not_before(counter, folder):
    counter.flush()
    born = kept(folder)[COUNCIL.name]["walsall"]
    counter.of("web").add([Cell(COUNCIL.name, "walsall")])
    assert kept(folder)[COUNCIL.name]["walsall"] == born
    counter.flush()
    assert kept(folder)[COUNCIL.name]["walsall"] == born + 1


def last_day(home, world, times):
    """The row of a link that is learned on its last day, used so often, and written on the next."""
    home.mkdir(mode=0o700)
    path, clock = home / "links.yaml", Clock(datetime(2026, 11, 20, 12, tzinfo=UTC))
    path.write_text("links:\n")
    links = KnownLinks(path, lambda: clock().date())
    below = Random(7).randrange  # noqa: S311  # the same noise every time
    counter = TalkCounter(home, lambda: world, links, clock, below)
    counter.flush()
    path.write_text(f'links:\n  - {{code: "{OTHER}", made: 2026-11-01, expires: 2026-11-20}}\n')
    assert links.read_again()
    counter.of("web").add([Cell(LINK.name, OTHER)] * times)
    clock.moment += DAY
    counter.of("web").add([Cell(LINK.name, OTHER)])  # a day too late
    counter.flush()
    return kept(home)[LINK.name][OTHER]


def test_the_last_day_of_a_link_is_counted_though_it_is_written_on_the_next(tmp_path, world):
    born = last_day(tmp_path / "none", world, 0)
    assert last_day(tmp_path / "three", world, 3) == born + 3


def test_a_link_that_does_not_count_is_not_counted(counter, folder):
    counter.of("web").add([Cell(LINK.name, ACTIVE), Cell(LINK.name, OTHER)])
    counter.flush()
    assert kept(folder)[LINK.name].keys() == {ACTIVE}


def test_files_are_born_at_the_start_and_written_again_when_the_program_stops(counter, folder):
    async def a_day():
        keeping = asyncio.create_task(counter.keep())
        # It comes last.
        assert await eventually((folder / "2026-Q4.copy.json").exists)
        born = kept(folder)[COUNCIL.name]["walsall"]
        counter.of("telegram").add([Cell(COUNCIL.name, "walsall")])
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping
        return born

    assert asyncio.run(a_day()) + 1 == kept(folder)[COUNCIL.name]["walsall"]


@contextlib.asynccontextmanager
async def keeping(counter):
    """While it is kept, looked at often."""
    task = asyncio.create_task(counter.keep(look_seconds=0.01))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def walsall(folder):
    return kept(folder)[COUNCIL.name]["walsall"]


def test_what_was_counted_waits_for_the_end_of_its_day(counter, folder, clock):
    async def two_days():
        async with keeping(counter):
            assert await eventually((folder / "2026-Q4.copy.json").exists)
            born = walsall(folder)
            counter.of("web").add([Cell(COUNCIL.name, "walsall")])
            await asyncio.sleep(0.1)  # ten looks on the same day
            assert walsall(folder) == born
            clock.moment += DAY
            assert await eventually(lambda: walsall(folder) == born + 1)

    asyncio.run(two_days())


class UnforeseenError(Exception):
    """Something that nobody foresaw."""


def test_what_nobody_foresaw_ends_no_counting_and_loses_nothing(
    folder, world, links, clock, caplog
):
    fine = True

    def data():
        if not fine:
            raise UnforeseenError
        return world

    below = Random(7).randrange  # noqa: S311  # the same every time
    counter = TalkCounter(folder, data, links, clock, below)

    async def three_days():
        nonlocal fine
        async with keeping(counter):
            assert await eventually((folder / "2026-Q4.copy.json").exists)
            born = walsall(folder)
            fine = False
            counter.of("web").add([Cell(COUNCIL.name, "walsall")])
            clock.moment += DAY
            assert await eventually(lambda: caplog.messages)
            fine = True
            clock.moment += DAY
            assert await eventually(lambda: walsall(folder) == born + 1)
            fine = False

    asyncio.run(three_days())  # and the last flush of all fails as well
    assert caplog.messages == ["counts-not-kept UnforeseenError"] * 2


def test_a_day_is_one_of_london(counter, folder, clock):
    """In summer the day begins an hour before that of UTC."""
    clock.moment = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    counter.of("web").add([Cell(COUNCIL.name, "walsall")])
    counter.flush()
    assert kept(folder, "2026-Q3") is not None
    assert kept(folder, "2026-Q2") is None


def test_a_folder_that_is_none_is_told_in_one_sentence(tmp_path, folder):
    assert usable(folder) == folder
    with pytest.raises(SettingsError, match=r"^LINNET_COUNTS is not a folder"):
        usable(tmp_path / "none")

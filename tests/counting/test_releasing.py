"""Releasing: once a quarter, the same for ever, and nothing finer left."""

import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counting import records
from bot.counting.counts_file import pack as pack_counts
from bot.counting.counts_file import paths
from bot.counting.pending import Pending
from bot.counting.releases import FEWEST, STEP, Release
from bot.counting.releasing import (
    FEWEST_REPORTS,
    due_reports,
    is_due,
    is_released,
    pack,
    release,
    release_of,
    shown,
    unpack,
)
from bot.counting.tables import WRONG, Cell
from bot.exceptions import CountsError
from tests.counting.law import FAR, at_least, chance, seeded
from tests.counting.quarters import (
    AFTER,
    CELL,
    DAY,
    MONTH,
    QUARTER,
    REPORT,
    files,
    flushed,
    tables,
)
from tests.sessions.disks import quick_folder

ROOT = Path(__file__).parents[2]
OVER = date(2026, 9, 1)  # the day after the month


@pytest.fixture
def folder():
    with quick_folder() as found:
        yield found


def put(folder, period, found):
    """A file of counts that holds exactly this."""
    folder.mkdir(exist_ok=True)
    for path in paths(folder, period):
        path.write_bytes(pack_counts(period, found))


# ---- figures


@pytest.mark.parametrize(
    ("noised", "figure"),
    [(-7, None), (0, None), (8, None), (9, None), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20),
     (998, 1000)],
)  # fmt: skip
def test_a_figure_is_rounded_to_five_and_hidden_below_ten(noised, figure):
    assert shown(noised) == figure


@given(st.integers(-(10**9), 10**9))
def test_a_figure_is_none_or_near_and_shown_as_itself(noised):
    figure = shown(noised)
    assert (figure is None) == (noised < FEWEST)
    if figure is not None:
        assert figure % STEP == 0
        assert abs(figure - noised) <= STEP // 2
        assert shown(figure) == figure


def test_the_files_of_all_writers_are_added_up_before_a_figure_is_made():
    made = release_of(QUARTER, AFTER, [{"link": {"a": 6, "b": -4}}, {"link": {"a": 7}}])
    assert made == Release(QUARTER, AFTER, 2, {"link": {"a": 15, "b": None}})


# ---- the file of a release


def test_what_was_packed_comes_back():
    made = release_of(QUARTER, AFTER, [{"link": {"a": 60, "b": -4}, "need": {}}])
    assert unpack(pack(made), QUARTER) == made
    assert unpack(pack(made), "2026-Q2") is None


@pytest.mark.parametrize(
    "odd",
    [{"version": 2}, {"more": 1}, {"made": "soon"}, {"made": 5}, {"sources": 0}, {"sources": "1"}, {"tables": []},
     {"tables": {"a": []}}, {"tables": {"a": {"b": 7}}}, {"tables": {"a": {"b": 5}}}, {"tables": {"a": {"b": "10"}}},
     {"tables": {"a": {"b": True}}}],
)  # fmt: skip
def test_what_is_no_release_is_none(odd):
    record = {"version": 1, "period": QUARTER, "made": "2026-10-14", "sources": 1, "tables": {}}
    assert unpack(records.pack(record), QUARTER)
    assert unpack(records.pack({**record, **odd}), QUARTER) is None


# ---- releasing


def test_a_release_is_made_of_the_file_and_takes_it_away(folder):
    flushed(folder, *[CELL] * 60)
    noised = tables(folder)
    assert not is_released(folder, QUARTER)
    made = release(folder, QUARTER, AFTER)
    assert is_released(folder, QUARTER)
    assert made == release_of(QUARTER, AFTER, [noised])
    assert made.tables["language"]["ur"] % STEP == 0
    assert "released/2026-Q3.json" in files(folder)
    assert not [name for name in files(folder) if name.startswith("2026-Q3")]


def test_it_is_the_very_same_ever_after(folder):
    flushed(folder, *[CELL] * 60)
    made = release(folder, QUARTER, AFTER)
    kept = files(folder)
    for days in (0, 1, 400):
        again = release(folder, QUARTER, AFTER + timedelta(days=days))
        assert again == made
        assert str(again) == str(made)  # also in the order of its rows
    assert files(folder) == kept


def test_files_that_come_late_change_nothing_and_are_taken_away(folder):
    flushed(folder)
    made = release(folder, QUARTER, AFTER)
    put(folder, QUARTER, {"language": {"ur": 500}})
    put(folder / "late", QUARTER, {"language": {"ur": 500}})
    (folder / "2026-Q3.json.broken").write_bytes(b"noised")
    assert release(folder, QUARTER, AFTER) == made
    assert not [name for name in files(folder) if "2026-Q3" in name and "released" not in name]


def test_each_writer_may_have_a_folder(folder):
    for name, count in (("a", 20), ("b", 30)):
        put(folder / name, QUARTER, {"language": {"ur": count}})
    put(folder, QUARTER, {"language": {"ur": 7}})
    (folder / "other").mkdir()
    (folder / "other" / "notes.txt").write_text("somebody else's", encoding="utf-8")
    made = release(folder, QUARTER, AFTER)
    assert made == Release(QUARTER, AFTER, 3, {"language": {"ur": 55}})
    assert sorted(files(folder)) == ["other/notes.txt", "released/2026-Q3.json"]
    assert [path.name for path in (folder / "other").iterdir()] == ["notes.txt"]


def test_a_folder_that_is_a_link_is_not_looked_into(folder):
    put(folder, QUARTER, {"language": {"ur": 20}})
    with quick_folder() as elsewhere:
        put(elsewhere, QUARTER, {"language": {"ur": 500}})
        (folder / "link").symlink_to(elsewhere)
        assert release(folder, QUARTER, AFTER).tables == {"language": {"ur": 20}}
        assert len(files(elsewhere)) == 2


def test_old_months_go_with_a_release_and_young_ones_stay(folder):
    for month in ("2026-05", "2026-06", "2026-07", "2026-09"):
        put(folder, month, {"wrong": {"suit": 3}})
    put(folder, QUARTER, {})
    put(folder, "2026-Q4", {})
    release(folder, QUARTER, AFTER)
    assert sorted(files(folder)) == [
        "2026-07.copy.json", "2026-07.json", "2026-09.copy.json", "2026-09.json",
        "2026-Q4.copy.json", "2026-Q4.json", "released/2026-Q3.json",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "day", "sentence"),
    [
        (QUARTER, date(2026, 10, 13), "2026-Q3 are not shown before 2026-10-14"),
        (QUARTER, DAY, "2026-Q3 are not shown before 2026-10-14"),
        (MONTH, AFTER, "2026-08 is no quarter"),
        ("2026-Q2", AFTER, "no counts of 2026-Q2 in"),
        ("../secrets", AFTER, "a period is written like 2026-Q4"),
    ],
)
def test_what_cannot_be_released_is_said_in_a_sentence(folder, period, day, sentence):
    flushed(folder, CELL)
    before = files(folder)
    with pytest.raises(CountsError, match=sentence):
        release(folder, period, day)
    assert files(folder) == before


def test_a_folder_that_is_not_there_is_said_and_not_made(folder):
    with pytest.raises(CountsError, match="cannot be read: No such file"):
        release(folder / "gone", QUARTER, AFTER)
    assert list(folder.iterdir()) == []


def test_a_damaged_release_is_never_made_again(folder):
    flushed(folder)
    release(folder, QUARTER, AFTER)
    path = folder / "released" / "2026-Q3.json"
    path.write_bytes(path.read_bytes()[:-9])
    put(folder, QUARTER, {"language": {"ur": 20}})
    with pytest.raises(CountsError, match="put back a copy of it"):
        release(folder, QUARTER, AFTER)
    assert is_released(folder, QUARTER)
    assert len(files(folder)["released/2026-Q3.json"]) > 100


def test_a_damaged_file_stops_the_release_once_and_nothing_is_taken_away(folder):
    put(folder / "a", QUARTER, {"language": {"ur": 20}})
    put(folder / "b", QUARTER, {"language": {"ur": 30}})
    for path in paths(folder / "a", QUARTER):
        path.write_bytes(b"{")
    with pytest.raises(CountsError, match=r"a/2026-Q3\.json and its copy are damaged"):
        release(folder, QUARTER, AFTER)
    assert "b/2026-Q3.json" in files(folder)
    assert release(folder, QUARTER, AFTER).sources == 1


def a_file(path):
    path.write_bytes(b"")


def a_link_to_nowhere(path):
    path.symlink_to(path.parent / "nowhere")


def a_folder_in_place_of_the_file(path):
    (path / f"{QUARTER}.json" / "inside").mkdir(parents=True)


@pytest.mark.parametrize(
    ("put_there", "how"),
    [(a_file, "read"), (a_link_to_nowhere, "written"), (a_folder_in_place_of_the_file, "damaged")],
)
def test_a_release_that_cannot_be_kept_is_none(folder, put_there, how):
    flushed(folder)
    before = files(folder)
    put_there(folder / "released")
    with pytest.raises(CountsError, match=rf"2026-Q3\.json (cannot be|is) {how}"):
        release(folder, QUARTER, AFTER)
    assert before.items() <= files(folder).items()


def test_two_processes_that_release_at_once_say_the_same(folder):
    for name in "abc":
        flushed(folder / name, *[CELL] * 30)
    code = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from bot.counting.releasing import release\n"
        "print(release(Path(sys.argv[1]), '2026-Q3', date.fromisoformat(sys.argv[2])))"
    )
    days = ["2026-10-14", "2026-10-15", "2026-10-16"]
    others = [
        subprocess.Popen(
            [sys.executable, "-c", code, folder, day], stdout=subprocess.PIPE, cwd=ROOT, text=True
        )
        for day in days
    ]
    said = {other.communicate(timeout=60)[0] for other in others}
    assert [other.returncode for other in others] == [0, 0, 0]
    assert len(said) == 1
    assert "sources=3" in said.pop()


# ---- reports


def test_services_with_two_reports_or_more_are_named_in_order(folder):
    put(folder / "a", MONTH, {"wrong": {"suit": 2, "kikit": 1, "cgl": 0, "aquarius": 7, "x": -4}})
    put(folder / "b", MONTH, {"wrong": {"kikit": 1, "cgl": 1}})
    assert due_reports(folder, MONTH, OVER) == ("aquarius", "kikit", "suit")
    assert len(files(folder)) == 4  # they stay, with the same noise


def test_reports_are_the_same_whenever_they_are_asked_for(folder):
    flushed(folder, *[REPORT] * 3)
    assert due_reports(folder, MONTH, OVER) == due_reports(folder, MONTH, AFTER)


def test_a_month_without_counts_has_no_reports(folder):
    assert due_reports(folder, "2026-07", OVER) == ()


@pytest.mark.parametrize(
    ("month", "day", "sentence"),
    [
        (MONTH, date(2026, 8, 31), "2026-08 are not shown before 2026-09-01"),
        (QUARTER, AFTER, "2026-Q3 is no month"),
        ("August", AFTER, "a period is written like"),
    ],
)
def test_reports_that_cannot_be_told_are_said_in_a_sentence(folder, month, day, sentence):
    flushed(folder)
    with pytest.raises(CountsError, match=sentence):
        due_reports(folder, month, day)


def named(reports):
    """The chance that a service with so many reports is named, by the law."""
    return at_least(WRONG.scale, FEWEST_REPORTS - reports)


def test_the_odds_that_are_told_are_those_of_the_law():
    told = dict(
        zip(*(re.search(rf"{row} +(.*)", due_reports.__doc__)[1].split() for row in ("reports", "chance")), strict=True)
    )  # fmt: skip
    assert set(told) == {"0", "1", "2", "3", "5"}
    for reports, odds in told.items():
        assert odds == f"{named(int(reports)):.2f}"
        summed = sum(
            chance(WRONG.scale, noise)
            for noise in range(-FAR, FAR)
            if is_due(int(reports) + noise)
        )
        assert summed == pytest.approx(named(int(reports)), abs=1e-9)


def test_the_odds_are_met_by_files(folder):
    """600 services, 200 each with no, one and three reports."""
    groups = {reports: [f"s{reports}-{number}" for number in range(200)] for reports in (0, 1, 3)}
    rows = {"wrong": [id for ids in groups.values() for id in ids]}
    pending = Pending()
    for reports, ids in groups.items():
        pending.add([Cell("wrong", id) for id in ids] * reports, DAY)
    pending.flush(folder, rows, DAY, seeded(3))
    due = set(due_reports(folder, MONTH, OVER))
    for reports, ids in groups.items():
        wanted = named(reports)
        spread = (wanted * (1 - wanted) / len(ids)) ** 0.5
        assert abs(len(due & set(ids)) / len(ids) - wanted) < 4 * spread

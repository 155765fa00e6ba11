"""A file of counts: noise from its birth, nothing lost, nothing revealed."""

import json
import secrets
import stat
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counting import counts_file
from bot.counting.counts_file import (
    add,
    locked_counts,
    pack,
    paths,
    read,
    remove,
    unpack,
    with_counts,
    with_new_rows,
)
from bot.counting.tables import TABLES, Span
from bot.exceptions import CountsError
from tests.counting.law import seeded
from tests.counting.quarters import MONTH, QUARTER, ROWS, files, tables
from tests.sessions.disks import fill, quick_folder, small_disk

ROOT = Path(__file__).parents[2]
ONE = {"language": {"ur": 1}}
COUNTS = st.dictionaries(
    st.text(max_size=5),
    st.dictionaries(st.text(max_size=5), st.integers(-(10**9), 10**9), max_size=4),
    max_size=4,
)
# A process that adds one in "ur" so many times and says so each time.
ADDING = """
import secrets, sys
from pathlib import Path
from bot.counting.counts_file import add
for number in range(int(sys.argv[2])):
    add(Path(sys.argv[1]), "2026-Q3", {"language": ["ur"]}, {"language": {"ur": 1}}, secrets.randbelow)
    print(number + 1, flush=True)
"""


@pytest.fixture
def folder():
    with quick_folder() as found:
        yield found


def added(folder, counts, rows=ROWS, period=QUARTER):
    add(folder, period, rows, counts, secrets.randbelow)


# ---- as data


@given(COUNTS)
def test_what_was_packed_comes_back(found):
    assert unpack(pack(QUARTER, found), QUARTER) == found


def test_a_file_of_another_period_is_not_taken_for_this_one():
    assert unpack(pack("2026-Q2", ONE), QUARTER) is None


@pytest.mark.parametrize(
    "odd",
    [{"version": 2}, {"more": 1}, {"tables": []}, {"tables": {"a": 1}}, {"tables": None},
     {"tables": {"a": {"b": 1.5}}}, {"tables": {"a": {"b": None}}}, {"tables": {"a": {"b": 10**10}}}],
)  # fmt: skip
def test_a_whole_file_that_says_something_else_is_none(odd):
    record = {"version": 1, "period": QUARTER, "tables": ONE, **odd}
    assert unpack(counts_file.records.pack(record), QUARTER) is None


def test_a_new_file_has_all_rows_of_its_span_and_noise_in_them():
    born = with_new_rows({}, QUARTER, ROWS, seeded(1))
    quarterly = [table.name for table in TABLES if table.span is Span.QUARTER]
    assert {name: list(rows) for name, rows in born.items()} == {
        name: ROWS[name] for name in quarterly
    }
    assert len({count for rows in born.values() for count in rows.values()}) > 5


def test_reports_are_in_the_file_of_a_month_and_in_no_other():
    assert list(with_new_rows({}, MONTH, ROWS, seeded(1))) == ["wrong"]
    assert "wrong" not in with_new_rows({}, QUARTER, ROWS, seeded(1))


def test_a_row_that_is_new_gets_noise_and_the_others_keep_theirs():
    born = with_new_rows({}, QUARTER, ROWS, seeded(1))
    more = {**ROWS, "link": [*ROWS["link"], *(f"new-{number}" for number in range(40))]}
    grown = with_new_rows(born, QUARTER, more, seeded(2))
    assert {name: rows for name, rows in grown.items() if name != "link"} == {
        name: rows for name, rows in born.items() if name != "link"
    }
    assert grown["link"]["3fQz9x"] == born["link"]["3fQz9x"]
    assert len(set(grown["link"].values())) > 5


def test_a_row_that_is_gone_stays_in_the_file():
    """Else its last count would be read from the file before and the file after."""
    born = with_new_rows({}, QUARTER, ROWS, seeded(1))
    assert with_new_rows(born, QUARTER, {}, seeded(2)) == born


def test_nothing_that_was_given_is_changed():
    born = {"language": {"ur": 3}}
    with_new_rows(born, QUARTER, ROWS, seeded(1))
    with_counts(born, ONE)
    assert born == {"language": {"ur": 3}}


def test_what_belongs_to_no_row_is_dropped():
    found = with_counts({"language": {"ur": -3}}, {"language": {"ur": 5, "xx": 1}, "x": {"y": 1}})
    assert found == {"language": {"ur": 2}}


# ---- as files


def test_counts_are_added_to_the_noise(folder):
    added(folder, {})
    before = tables(folder)
    added(folder, {"language": {"ur": 3}})
    added(folder, {"language": {"ur": 4, "pl": 1}})
    assert tables(folder) == with_counts(before, {"language": {"ur": 7, "pl": 1}})


def test_there_are_two_copies_for_this_user_only(folder):
    added(folder, ONE)
    path, copy = paths(folder, QUARTER)
    assert path.read_bytes() == copy.read_bytes()
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}
    assert sorted(p.name for p in folder.iterdir()) == [copy.name, path.name, "lock"]


def test_a_file_is_json_with_what_it_is(folder):
    added(folder, ONE)
    record = json.loads(paths(folder, QUARTER)[0].read_bytes())
    assert sorted(record) == ["checksum", "period", "tables", "version"]
    assert (record["version"], record["period"]) == (1, QUARTER)


def gone(path):
    path.unlink()


def cut(path):
    path.write_bytes(path.read_bytes()[:-20])


def emptied(path):
    path.write_bytes(b"")


def flipped(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)


def linked(path):
    elsewhere = path.parent / "elsewhere"
    elsewhere.write_bytes(pack(QUARTER, {"language": {"ur": 999}}))
    path.unlink()
    path.symlink_to(elsewhere)


DAMAGES = [gone, cut, emptied, flipped, linked]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("which", [0, 1])
def test_one_damaged_copy_is_written_again_from_the_other(folder, damage, which):
    added(folder, ONE)
    before = tables(folder)
    damage(paths(folder, QUARTER)[which])
    assert tables(folder) == before
    assert paths(folder, QUARTER)[0].read_bytes() == paths(folder, QUARTER)[1].read_bytes()
    damage(paths(folder, QUARTER)[which])
    added(folder, ONE)
    assert tables(folder) == with_counts(before, ONE)
    assert not any(path.is_symlink() for path in paths(folder, QUARTER))


@pytest.mark.parametrize("damage", [cut, emptied, flipped])
def test_both_damaged_are_set_aside_and_a_sentence_says_what_is_lost(folder, damage):
    added(folder, ONE)
    for path in paths(folder, QUARTER):
        damage(path)
    damaged = [path.read_bytes() for path in paths(folder, QUARTER)]
    with pytest.raises(CountsError) as caught:
        added(folder, ONE)
    sentence = str(caught.value)
    assert str(paths(folder, QUARTER)[0]) in sentence
    assert "is lost, and counting begins again" in sentence
    assert "\n" not in sentence
    aside = [path.with_name(path.name + ".broken") for path in paths(folder, QUARTER)]
    assert [path.read_bytes() for path in aside] == damaged
    added(folder, ONE)
    assert tables(folder).keys() == with_new_rows({}, QUARTER, ROWS, seeded(1)).keys()


def test_a_damaged_file_without_a_copy_is_set_aside(folder):
    added(folder, ONE)
    gone(paths(folder, QUARTER)[0])
    cut(paths(folder, QUARTER)[1])
    with pytest.raises(CountsError, match="set aside"):
        tables(folder)
    assert tables(folder) is None


def test_what_cannot_be_set_aside_is_said(folder):
    added(folder, ONE)
    for path in paths(folder, QUARTER):
        cut(path)
        (path.with_name(path.name + ".broken") / "inside").mkdir(parents=True)
    with pytest.raises(CountsError, match="cannot be set aside"):
        tables(folder)


def test_nothing_is_left_of_a_period_that_is_removed(folder):
    added(folder, ONE)
    for path in paths(folder, QUARTER):
        for name in (path.name + ".broken", f".{path.name}.new"):
            (folder / name).write_bytes(b"noised")
    added(folder, {}, period=MONTH)
    kept = {name: data for name, data in files(folder).items() if name.startswith(MONTH)}
    with locked_counts(folder):
        remove(folder, QUARTER)
        remove(folder, QUARTER)
    assert files(folder) == kept


def test_what_cannot_be_removed_is_said(folder):
    paths(folder, QUARTER)[1].mkdir()
    with locked_counts(folder), pytest.raises(CountsError, match=r"copy\.json cannot be removed"):
        remove(folder, QUARTER)


def test_a_folder_that_cannot_be_used_is_said(folder):
    (folder / "file").write_bytes(b"")
    with pytest.raises(CountsError, match="file cannot be used: File exists"):
        added(folder / "file", ONE)
    with pytest.raises(CountsError, match="cannot be used: Not a directory"):
        added(folder / "file" / "inside", ONE)


def test_a_file_that_cannot_be_read_is_said_and_left_alone(folder):
    added(folder, ONE)
    with pytest.raises(CountsError, match="cannot be read: Not a directory"):
        read(folder / "lock", QUARTER)
    assert len(files(folder)) == 2


def test_on_a_full_disk_nothing_is_added_and_nothing_lost(tmp_path):
    with small_disk(tmp_path) as disk:
        added(disk, ONE)
        before = tables(disk)
        fill(disk)
        with pytest.raises(CountsError, match=r"2026-Q3\.json cannot be written: No space left"):
            added(disk, ONE)
        assert tables(disk) == before
        (disk / "junk").unlink()
        added(disk, ONE)
        assert tables(disk) == with_counts(before, ONE)


def test_a_file_that_cannot_be_written_is_said_and_stays_as_it_was(folder):
    added(folder, ONE)
    before = tables(folder)
    (folder / ".2026-Q3.json.new" / "in the way").mkdir(parents=True)
    with pytest.raises(CountsError, match=r"2026-Q3\.json cannot be written: Is a directory"):
        added(folder, ONE)
    assert tables(folder) == before


def test_a_copy_that_cannot_be_written_is_not_left_old(folder):
    """An old copy beside a new file differs from it by what was counted in between."""
    added(folder, ONE)
    path, copy = paths(folder, QUARTER)
    (folder / f".{copy.name}.new" / "in the way").mkdir(parents=True)
    added(folder, ONE)
    assert path.exists()
    assert not copy.exists()


# ---- several processes


def adding(folder, times):
    return subprocess.Popen(
        [sys.executable, "-c", ADDING, folder, str(times)], stdout=subprocess.PIPE, cwd=ROOT, text=True
    )  # fmt: skip


def count(folder):
    return tables(folder)["language"]["ur"]


def test_processes_that_flush_at_once_lose_nothing(folder):
    added(folder, {}, {"language": ["ur"]})
    before, times = count(folder), 25
    with ExitStack() as ends:
        others = [ends.enter_context(adding(folder, times)) for _ in range(3)]
        assert [other.communicate(timeout=60)[0].split()[-1] for other in others] == ["25"] * 3
    assert [other.returncode for other in others] == [0, 0, 0]
    assert count(folder) - before == 3 * times
    assert len(files(folder)) == 2


def test_a_process_that_is_killed_loses_only_what_it_was_at(folder):
    added(folder, {}, {"language": ["ur"]})
    for after in (1, 2, 5, 9):
        before = count(folder)
        with adding(folder, 10_000) as other:
            lines = [other.stdout.readline() for _ in range(after)]
            other.kill()
            lines += other.stdout.read().splitlines()
        assert count(folder) - before in (int(lines[-1]), int(lines[-1]) + 1)
    added(folder, {}, {"language": ["ur"]})
    assert len(files(folder)) == 2

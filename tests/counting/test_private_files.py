"""Private files: one step, no links, nothing of the old one left, one process at a time."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.counting.private_files import (
    MOST_BYTES,
    left_behind,
    locked,
    read_private,
    remove_private,
    write_private,
)
from tests.sessions.disks import fill, quick_folder, small_disk

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder():
    with quick_folder() as found:
        yield found


def test_what_was_written_is_read(folder):
    write_private(folder / "a", b"one")
    write_private(folder / "a", b"two")
    assert read_private(folder / "a") == b"two"
    assert [path.name for path in folder.iterdir()] == ["a"]


def test_only_this_user_may_read_it(folder):
    before = os.umask(0)
    try:
        write_private(folder / "a", b"one")
        with locked(folder / "inside"):
            pass
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in sorted(folder.rglob("*"))]
    assert modes == [0o600, 0o700, 0o600]


def test_nothing_is_read_where_nothing_is(folder):
    assert read_private(folder / "a") is None
    remove_private(folder / "a")


def link(path, target):
    path.symlink_to(target)


def folder_of(path, _):
    path.mkdir()


def pipe(path, _):
    os.mkfifo(path)


def long(path, _):
    path.write_bytes(bytes(MOST_BYTES + 1))


@pytest.mark.parametrize("make", [link, folder_of, pipe, long])
def test_what_is_no_plain_file_of_ours_gives_no_bytes(folder, make):
    target = folder / "target"
    target.write_bytes(b"somebody else's")
    make(folder / "a", target)
    assert read_private(folder / "a") == b""


def test_a_link_is_replaced_and_what_it_leads_to_is_left_alone(folder):
    target = folder / "target"
    target.write_bytes(b"somebody else's")
    for name in ("a", ".a.new"):
        (folder / name).symlink_to(target)
    write_private(folder / "a", b"ours")
    assert read_private(folder / "a") == b"ours"
    assert not (folder / "a").is_symlink()
    remove_private(folder / "a")
    assert target.read_bytes() == b"somebody else's"


def test_a_lock_that_is_a_link_is_not_followed(folder):
    (folder / "lock").symlink_to(folder / "target")
    with pytest.raises(OSError, match="symbolic"), locked(folder):
        pass
    assert not (folder / "target").exists()


@pytest.mark.parametrize("done", [lambda path: write_private(path, b"new"), remove_private])
def test_nothing_of_what_stood_there_is_left_in_its_bytes(folder, done):
    path = folder / "a"
    write_private(path, b"the old one")
    with path.open("rb") as old:
        done(path)
        assert old.read() == bytes(len(b"the old one"))


def test_a_file_with_a_second_name_is_not_emptied(folder):
    write_private(folder / "a", b"kept elsewhere")
    (folder / "b").hardlink_to(folder / "a")
    write_private(folder / "a", b"new")
    assert (folder / "b").read_bytes() == b"kept elsewhere"


def test_what_a_kill_left_is_in_the_way_of_nothing(folder):
    for name in left_behind(folder / "a"):
        name.write_bytes(b"half")
    write_private(folder / "a", b"whole")
    assert [path.name for path in folder.iterdir()] == ["a"]


def test_on_a_full_disk_the_file_is_as_it_was(tmp_path):
    with small_disk(tmp_path) as disk:
        write_private(disk / "a", b"as it was")
        fill(disk)
        with pytest.raises(OSError, match="No space left"):
            write_private(disk / "a", b"new" * 10_000)
        assert read_private(disk / "a") == b"as it was"
        assert not (disk / ".a.new").exists()


def test_a_file_whose_place_is_taken_is_not_written(folder):
    (folder / "a" / "inside").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        write_private(folder / "a", b"new")
    assert [path.name for path in folder.iterdir()] == ["a"]


def test_a_locked_folder_is_waited_for(folder):
    """Another process gets it only once this one has given it up."""
    code = (
        "import sys; from pathlib import Path; from bot.counting.private_files import locked\n"
        "print('asks', flush=True)\n"
        "with locked(Path(sys.argv[1])): print(Path(sys.argv[1], 'a').read_text(), flush=True)"
    )
    with locked(folder):
        other = subprocess.Popen(
            [sys.executable, "-c", code, folder], stdout=subprocess.PIPE, cwd=ROOT, text=True
        )
        assert other.stdout.readline() == "asks\n"
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(0.3)
        (folder / "a").write_text("written first", encoding="utf-8")
    assert other.communicate(timeout=30)[0] == "written first\n"

"""The file of the epochs: this user's alone, and whatever stands in it, the program starts."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sessions.sealing import (
    EPOCH_SECONDS,
    KEY_BYTES,
    Epochs,
    write_private,
)
from tests.sessions.clocks import Clock
from tests.sessions.disks import every_byte, fill, quick_folder, small_disk
from tests.sessions.epochs import KEEP, LATEST, keys_in

NOW = 1000.25
ROW = b"0123456789abcdef0123456789abcdef"
SECRET = b"triage.children"


def test_the_keys_are_readable_by_this_user_only_and_nothing_stands_beside_them(clock, path):
    epochs = Epochs(clock, KEEP, path)
    clock.seconds += LATEST
    epochs.wipe_old()
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


KEY = "ab" * KEY_BYTES
BROKEN = {
    "empty": b"",
    "without keys": b"5.0",
    "no numbers": b"the keys were here",
    "not even text": bytes(range(256)),
    "a short key": b"5.0\n0:abcd",
    "a key that is none": b"5.0\n0:" + b"xy" * KEY_BYTES,
    "a start that is no number": f"nan\n0:{KEY}".encode(),
    "an endless start": f"-inf\n0:{KEY}".encode(),
    "a start before the machine's": f"-1e300\n0:{KEY}".encode(),
    "a start ahead of now": f"1001\n0:{KEY}".encode(),
    "an epoch ahead of now": f"5.0\n2:{KEY}".encode(),
    "an epoch before the first": f"5.0\n-1:{KEY}\n0:{KEY}".encode(),
    "an epoch without end": f"5.0\n{10**30}:{KEY}".encode(),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_file_that_cannot_be_used_is_replaced_by_a_fresh_key(clock, path, content):
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    path.write_bytes(content)
    epochs = Epochs(clock, KEEP, path)
    assert epochs.open(sealed, ROW) is None
    assert epochs.open(epochs.seal(SECRET, ROW), ROW) == SECRET
    assert bytes.fromhex(KEY) not in keys_in(path)


def test_without_the_file_everything_is_unreadable(clock, path):
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    path.unlink()
    assert Epochs(clock, KEEP, path).open(sealed, ROW) is None


def test_with_the_file_of_another_machine_everything_is_unreadable(clock, path, tmp_path):
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    Epochs(clock, KEEP, tmp_path / "foreign")
    (tmp_path / "foreign").replace(path)
    assert Epochs(clock, KEEP, path).open(sealed, ROW) is None


def test_the_file_of_an_earlier_boot_is_not_used(clock, path):
    clock.seconds = 500_000.0
    sealed = Epochs(clock, KEEP, path).seal(SECRET, ROW)
    clock.seconds = 12.0
    assert Epochs(clock, KEEP, path).open(sealed, ROW) is None


def test_the_file_of_an_earlier_boot_that_began_as_early_is_not_used_either(clock, path):
    clock.seconds = 5.0
    epochs = Epochs(clock, KEEP, path)
    clock.seconds = 500_000.0
    sealed = epochs.seal(SECRET, ROW)
    clock.seconds = 12.0
    assert Epochs(clock, KEEP, path).open(sealed, ROW) is None


def test_a_file_cut_off_anywhere_never_stops_the_start(clock, path):
    epochs = Epochs(clock, KEEP, path)
    clock.seconds += 2 * EPOCH_SECONDS
    sealed = epochs.seal(SECRET, ROW)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert Epochs(clock, KEEP, path).open(sealed, ROW) in {None, SECRET}


@given(st.binary(max_size=200) | st.text("0123456789:.-+einfa \n").map(str.encode))
def test_no_content_of_the_file_stops_the_start(content):
    with quick_folder() as folder:
        (folder / "epochs").write_bytes(content)
        epochs = Epochs(Clock(1e6), KEEP, folder / "epochs")
    assert epochs.open(epochs.seal(SECRET, ROW), ROW) == SECRET


def test_a_first_key_that_cannot_be_written_is_said_at_once(clock, tmp_path):
    with pytest.raises(OSError, match="No such file"):
        Epochs(clock, KEEP, tmp_path / "no folder" / "epochs")


def test_a_file_that_cannot_be_written_any_more_ends_no_talk(clock, tmp_path):
    folder = tmp_path / "runtime"
    folder.mkdir()
    epochs = Epochs(clock, KEEP, folder / "epochs")
    shutil.rmtree(folder)
    clock.seconds += LATEST
    epochs.wipe_old()
    assert epochs.open(epochs.seal(SECRET, ROW), ROW) == SECRET


def test_a_full_disk_keeps_no_key_that_must_be_gone(clock, tmp_path):
    with small_disk(tmp_path) as disk:
        epochs = Epochs(clock, KEEP, disk / "epochs")
        old = keys_in(disk / "epochs")[0].hex().encode()
        fill(disk)
        clock.seconds += LATEST
        epochs.wipe_old()
        assert old not in every_byte(disk)


def test_what_a_kill_left_beside_a_private_file_is_written_over(path):
    beside = path.with_name(".epochs.new")
    beside.write_bytes(b"an old key")
    write_private(path, b"new")
    assert [path.read_bytes(), beside.exists()] == [b"new", False]


def test_a_private_file_that_cannot_be_placed_leaves_nothing_beside_it(path):
    path.mkdir()
    with pytest.raises(OSError, match="directory"):
        write_private(path, SECRET)
    assert list(path.parent.iterdir()) == [path]
